// GET /v1/ladders, and GET /v1/alerts/{sequence}/deliveries as server-sent events: ladders as they
// change, for boards (contract, "Ladders").
//
// While boards of a channel are connected, the last ladders of what they watch are kept here. An
// entry that may have changed one marks it, and a deadline that comes, and for boards with rows who
// connects and leaves (looked at once a second); four times a second the marked ones are asked of
// the view, one after the other, and what came out other than before is owed to every board that
// may see it.
//
// Bounds     connections_max boards in all, of which connections_of_one_max of one reader; of a
//            channel the newest alerts_max alerts are watched, and what single boards ask for. A
//            board is owed sequences and names, never bytes: however slow, it is sent the newest.
// Threading  the front's thread.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/api/known_ladder.hpp"
#include "hub/api/rooms.hpp"
#include "hub/journal/journal_thread.hpp"
#include "hub/transport/exchange.hpp"

namespace noroshi::api {

class Board;

class Boards {
 public:
  static constexpr std::size_t connections_max = 128;
  static constexpr std::size_t connections_of_one_max = 16;
  static constexpr std::size_t alerts_max = 200;

  explicit Boards(Rooms& rooms);
  ~Boards();

  // A board of the channel, or of one alert of it, with its rows. Refused when there are too many.
  void open(const transport::Exchange& exchange, const registry::Principal& reader,
            const drills::Channel& channel, std::optional<journal::Sequence> alert = std::nullopt);
  // Entries that the registry of these rooms has taken already.
  void entries(const journal::Batch& batch);
  // Every board is told to come again.
  void stop();

 private:
  friend class Board;
  struct Channel {
    drills::Channel channel;
    KnownLadders ladders;
    std::vector<std::shared_ptr<Board>> boards;
    std::size_t connected = 0;  // a sum over the subscribers that are
    bool counting = false;
  };
  struct Asked {
    std::string drill;
    journal::Sequence sequence;
  };

  void upgrade(const transport::Exchange& exchange, const registry::Principal& reader,
               const drills::Channel& channel, std::optional<view::Listed> alert);
  void begin(const std::shared_ptr<Board>& board, const std::optional<view::Listed>& alert);
  void gone(const Board& board);
  void list(const std::shared_ptr<Board>& board, const view::Filter& filter);
  void show_listed(Board& board, const std::vector<view::Listed>& alerts);
  void take_entry(const v1::Entry& entry);
  void turn();
  void look_after(const std::string& drill);
  void count_connected(const std::string& drill);
  void connected_now(const std::string& drill, std::size_t sum);
  void ask_next();
  void take(const Result<view::Ladder>& ladder,
            const std::vector<delivery::SubscriberState>& states);
  void tell(Channel& channel, journal::Sequence sequence, const view::Ladder& ladder,
            const std::vector<delivery::SubscriberState>& states);
  [[nodiscard]] bool full(const registry::Principal& reader) const;
  [[nodiscard]] Channel* channel_of(const std::string& drill);
  // What `board` may see of a ladder it watches; null when it may not, or nothing is known yet.
  [[nodiscard]] const KnownLadder* find(const Board& board, journal::Sequence sequence) const;
  // Of every event: the log, and how far it had been read.
  [[nodiscard]] std::string event_id() const;

  Rooms& rooms_;
  boost::asio::steady_timer timer_;
  std::map<std::string, Channel> channels_;  // by drill, while it has boards
  std::deque<Asked> asked_;                  // the first is under way
  journal::Sequence head_ = 0;
  unsigned turns_ = 0;
  bool turning_ = false;
  bool stopping_ = false;
};

}  // namespace noroshi::api
