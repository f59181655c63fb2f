#include "hub/api/boards.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "hub/api/answers.hpp"
#include "hub/api/board.hpp"
#include "hub/api/ladder.hpp"
#include "hub/api/ladder_json.hpp"

namespace noroshi::api {
namespace {

using journal::Sequence;
using namespace std::chrono_literals;

constexpr auto turn_every = 250ms;
constexpr unsigned turns_a_second = 4;
constexpr std::size_t recent_max = 50;
constexpr auto come_back_after = 1000ms;
constexpr auto hardly_ever = 60'000ms;  // who is not to come back by itself, but does
constexpr int come_back_when_full_seconds = 5;

bool single(const std::vector<std::shared_ptr<Board>>& boards, Sequence sequence) {
  return std::any_of(boards.begin(), boards.end(),
                     [&](const auto& board) { return board->alert() == sequence; });
}

}  // namespace

Boards::Boards(Rooms& rooms) : rooms_(rooms), timer_(rooms.front) {}
Boards::~Boards() = default;

bool Boards::full(const registry::Principal& reader) const {
  std::size_t all = 0;
  std::size_t mine = 0;
  for (const auto& [drill, channel] : channels_)
    for (const auto& board : channel.boards) {
      ++all;
      if (board->reader().kind == reader.kind && board->reader().id == reader.id) ++mine;
    }
  return all >= connections_max || mine >= connections_of_one_max;
}

void Boards::open(const transport::Exchange& exchange, const registry::Principal& reader,
                  const drills::Channel& channel, std::optional<Sequence> alert) {
  if (reader.kind == registry::Principal::Kind::subscriber)
    return refuse(exchange, {403, "auth.role", "", {}});
  if (full(reader)) return refuse(exchange, {503, "hub.busy", "", {}, come_back_when_full_seconds});
  if (!alert) return upgrade(exchange, reader, channel, std::nullopt);
  rooms_.view.ladder(
      channel, *alert, [this, exchange, reader, channel](const Result<view::Ladder>& ladder) {
        boost::asio::post(rooms_.front, [this, exchange, reader, channel, ladder] {
          if (!ladder && ladder.error().code != ErrorCode::not_found)
            return unavailable(exchange, ladder.error().detail);
          if (!ladder) return refuse(exchange, {404, "not-found", ladder.error().detail, {}});
          if (!may_see_ladder(rooms_.identity.registry(), reader, ladder->alert.alert))
            return refuse(exchange, {403, "auth.role", "", {}});
          upgrade(exchange, reader, channel, ladder->alert);
        });
      });
}

void Boards::upgrade(const transport::Exchange& exchange, const registry::Principal& reader,
                     const drills::Channel& channel, std::optional<view::Listed> alert) {
  exchange.upgrade(
      {200, {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}}, ""},
      [this, reader, channel, alert = std::move(alert)](wire::Connection::Handoff handoff,
                                                        const std::string&) {
        auto moved = std::make_shared<wire::Connection::Handoff>(std::move(handoff));
        boost::asio::post(rooms_.front, [this, reader, channel, alert, moved] {
          std::optional<Sequence> sequence;
          if (alert) sequence = alert->sequence;
          begin(std::make_shared<Board>(*this,
                                        wire::Connection::adopt(rooms_.front, std::move(*moved)),
                                        reader, channel, sequence),
                alert);
        });
      });
}

void Boards::begin(const std::shared_ptr<Board>& board, const std::optional<view::Listed>& alert) {
  auto& channel =
      channels_.try_emplace(board->channel().drill(), Channel{board->channel(), {}, {}, 0, false})
          .first->second;
  channel.boards.push_back(board);
  board->start();
  if (stopping_) return board->goodbye("stopping", come_back_after);
  if (!std::exchange(turning_, true)) turn();
  if (!alert) {
    view::Filter recent;
    recent.limit = recent_max;
    list(board, recent);
    view::Filter in_force;
    in_force.standing = view::Filter::Standing::in_force;
    in_force.limit = alerts_max;
    return list(board, in_force);
  }
  auto& known = channel.ladders[alert->sequence];
  known.alert = alert->alert;
  known.marked = true;
  board->owe(alert->sequence);
  for (const auto& [subscriber, row] : known.rows) board->owe_row(subscriber);
  if (!known.totals.empty()) board->write();
}

void Boards::list(const std::shared_ptr<Board>& board, const view::Filter& filter) {
  rooms_.view.list(board->channel(), filter,
                   [this, board](const Result<std::vector<view::Listed>>& alerts) {
                     boost::asio::post(rooms_.front, [this, board, alerts] {
                       if (!alerts) return board->goodbye("journal.unavailable", come_back_after);
                       show_listed(*board, *alerts);
                     });
                   });
}

void Boards::show_listed(Board& board, const std::vector<view::Listed>& alerts) {
  auto* channel = channel_of(board.channel().drill());
  if (channel == nullptr) return;
  for (const auto& alert : alerts) {
    auto& known = channel->ladders[alert.sequence];
    known.alert = alert.alert;
    if (known.totals.empty()) known.marked = true;
    board.owe(alert.sequence);
  }
  board.write();
}

void Boards::gone(const Board& board) {
  auto* channel = channel_of(board.channel().drill());
  if (channel == nullptr) return;
  const auto alive = board.shared_from_this();
  std::erase(channel->boards, alive);
  if (channel->boards.empty()) channels_.erase(board.channel().drill());
}

Boards::Channel* Boards::channel_of(const std::string& drill) {
  const auto found = channels_.find(drill);
  return found == channels_.end() ? nullptr : &found->second;
}

const KnownLadder* Boards::find(const Board& board, Sequence sequence) const {
  const auto channel = channels_.find(board.channel().drill());
  if (channel == channels_.end()) return nullptr;
  const auto known = channel->second.ladders.find(sequence);
  if (known == channel->second.ladders.end() || known->second.totals.empty()) return nullptr;
  const auto& registry = rooms_.identity.registry();
  return may_see_ladder(registry, board.reader(), known->second.alert) ? &known->second : nullptr;
}

std::string Boards::event_id() const {
  return std::to_string(rooms_.epoch) + "-" + std::to_string(head_);
}

void Boards::entries(const journal::Batch& batch) {
  head_ = batch->back()->sequence;
  if (channels_.empty()) return;
  for (const auto& stored : *batch) take_entry(stored->entry);
}

void Boards::take_entry(const v1::Entry& entry) {
  const auto& body = entry.body();
  if (body.has_alert_accepted()) {
    const auto& alert = body.alert_accepted();
    auto* channel = channel_of(alert.drill());
    if (channel == nullptr) return;
    channel->ladders[entry.sequence()] = {alert, "", {}, true, {}};
    for (const auto& board : channel->boards)
      if (!board->alert()) board->owe(entry.sequence());
  }
  for (const auto& range : body.acks_recorded().ranges())
    if (auto* channel = channel_of(drills::Channel::of(range).drill()))
      mark(channel->ladders, range.after(), range.through());
  for (const auto& part : body.receipts_recorded().alerts())
    if (auto* channel = channel_of(drills::Channel::of(part).drill()))
      mark(channel->ladders, part.sequence() - 1, part.sequence());
}

// Nothing is asked before what was asked last has been answered.
void Boards::turn() {
  if (channels_.empty()) {
    turning_ = false;
    return;
  }
  if (++turns_ % turns_a_second == 0) {
    std::vector<std::string> drills;  // channels go with their last board
    for (const auto& [drill, channel] : channels_) drills.push_back(drill);
    for (const auto& drill : drills) look_after(drill);
  }
  if (asked_.empty()) {
    for (auto& [drill, channel] : channels_) {
      mark_due(channel.ladders, rooms_.clock());
      mark_related(channel.ladders);
      for (auto& [sequence, known] : channel.ladders)
        if (std::exchange(known.marked, false)) asked_.push_back({drill, sequence});
    }
    ask_next();
  }
  timer_.expires_after(turn_every);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) turn();
  });
}

void Boards::look_after(const std::string& drill) {
  const auto now = std::chrono::steady_clock::now();
  const auto& registry = rooms_.identity.registry();
  const auto* session = registry.drills().find(drill);
  const bool over = !drill.empty() && (session == nullptr || !session->open_at(rooms_.clock()));
  const auto boards = channel_of(drill)->boards;
  for (const auto& board : boards) {
    if (over)
      board->goodbye("drill.closed", hardly_ever);
    else if (registry.suspended(board->reader()) ||
             !registry.current(board->reader(), rooms_.clock()))
      board->goodbye("suspended", hardly_ever);
    else
      board->tick(now);
  }
  count_connected(drill);
  auto& ladders = channel_of(drill)->ladders;
  for (auto known = ladders.begin(); known != ladders.end() && ladders.size() > alerts_max;)
    known = single(boards, known->first) ? std::next(known) : ladders.erase(known);
}

void Boards::ask_next() {
  while (!asked_.empty() && channel_of(asked_.front().drill) == nullptr) asked_.pop_front();
  if (asked_.empty()) return;
  const auto& [drill, sequence] = asked_.front();
  const auto& channel = *channel_of(drill);
  const bool with_rows = single(channel.boards, sequence);
  rooms_.view.ladder(
      channel.channel, sequence,
      [this, with_rows, of = channel.channel](const Result<view::Ladder>& ladder) {
        const auto answer = [this, ladder](const std::vector<delivery::SubscriberState>& states) {
          boost::asio::post(rooms_.front, [this, ladder, states] { take(ladder, states); });
        };
        with_rows ? rooms_.fanout.states(of, answer) : answer({});
      });
}

void Boards::take(const Result<view::Ladder>& ladder,
                  const std::vector<delivery::SubscriberState>& states) {
  const auto asked = asked_.front();
  asked_.pop_front();
  if (auto* channel = channel_of(asked.drill)) {
    const auto known = channel->ladders.find(asked.sequence);
    if (known == channel->ladders.end()) return ask_next();
    if (ladder)
      tell(*channel, asked.sequence, *ladder, states);
    else if (ladder.error().code == ErrorCode::not_found)
      channel->ladders.erase(known);
    else
      known->second.marked = true;
  }
  ask_next();
}

void Boards::tell(Channel& channel, Sequence sequence, const view::Ladder& ladder,
                  const std::vector<delivery::SubscriberState>& states) {
  const auto boards = channel.boards;
  auto& known = channel.ladders.at(sequence);
  const auto deadlines =
      deadlines_at(rooms_.alarms.watcher().deadlines(), ladder.alert, rooms_.clock());
  known.due_ms = next_due(deadlines);
  auto totals = boost::json::serialize(totals_json(ladder, deadlines));
  const bool other = std::exchange(known.totals, totals) != totals;
  std::vector<std::string> rows;
  if (single(boards, sequence))
    rows = changed_rows(known, ladder, states, deadlines);
  else
    known.rows.clear();
  for (const auto& board : boards) {
    if (board->alert() && board->alert() != sequence) continue;
    if (other) board->owe(sequence);
    if (board->alert())
      for (const auto& row : rows) board->owe_row(row);
    board->write();
  }
}

void Boards::stop() {
  stopping_ = true;
  timer_.cancel();
  for (const auto& [drill, channel] : channels_) {
    const auto boards = channel.boards;
    for (const auto& board : boards) board->goodbye("stopping", come_back_after);
  }
}

}  // namespace noroshi::api
