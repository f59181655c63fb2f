// One board: a connection that is sent the newest totals, and for a single alert the newest rows.
//
// Bounds     64 KiB and one event queued; 45 s without taking a byte ends it. What it says is read
//            over.
// Threading  the front's thread.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "hub/api/boards.hpp"
#include "hub/registry/principal.hpp"
#include "proto/wire/connection.hpp"

namespace noroshi::api {

class Board : public wire::ConnectionHandler, public std::enable_shared_from_this<Board> {
 public:
  Board(Boards& boards, std::shared_ptr<wire::Connection> connection,
        const registry::Principal& reader, const drills::Channel& channel,
        std::optional<journal::Sequence> alert);

  void start();
  [[nodiscard]] const registry::Principal& reader() const { return reader_; }
  [[nodiscard]] const drills::Channel& channel() const { return channel_; }
  [[nodiscard]] std::optional<journal::Sequence> alert() const { return alert_; }

  void owe(journal::Sequence sequence) { totals_.insert(sequence); }
  void owe_row(const std::string& subscriber) { rows_.insert(subscriber); }
  // As much of what it is owed as it takes.
  void write();
  void tick(std::chrono::steady_clock::time_point now);
  // `code` as in a Goodbye; the board comes again after `retry`.
  void goodbye(const std::string& code, std::chrono::milliseconds retry);

  void on_bytes(std::span<const std::byte>) override {}
  void on_drained() override { write(); }
  void on_closed(const std::string& reason) override;

 private:
  void write_totals(journal::Sequence sequence);
  void write_row(const std::string& subscriber);

  Boards& boards_;
  std::shared_ptr<wire::Connection> connection_;
  const registry::Principal reader_;
  const drills::Channel channel_;
  const std::optional<journal::Sequence> alert_;
  std::set<journal::Sequence> totals_;
  std::set<std::string> rows_;
  std::chrono::steady_clock::time_point heartbeat_due_;
  bool leaving_ = false;
};

}  // namespace noroshi::api
