#include "hub/api/board.hpp"

#include <utility>

#include "hub/outlets/greeting.hpp"

namespace noroshi::api {
namespace {

constexpr std::size_t queue_bytes_max = 64 * 1024;
constexpr std::size_t read_in_10_ms = 1024;  // it has nothing to say

std::string event(const std::string& id, std::string_view name, const std::string& json) {
  std::string text = "id: " + id + "\nevent: ";
  return text.append(name).append("\ndata: ").append(json).append("\n\n");
}

}  // namespace

Board::Board(Boards& boards, std::shared_ptr<wire::Connection> connection,
             const registry::Principal& reader, const drills::Channel& channel,
             std::optional<journal::Sequence> alert)
    : boards_(boards),
      connection_(std::move(connection)),
      reader_(reader),
      channel_(channel),
      alert_(alert),
      heartbeat_due_(outlets::first_heartbeat()) {}

void Board::start() {
  connection_->pace_reading(read_in_10_ms);
  connection_->start(*this);
  connection_->send("retry: " + std::to_string(outlets::come_back_after.count()) + "\n\n");
  connection_->flush();
}

// The totals first: what a row adds up to is on the board before it.
void Board::write() {
  if (leaving_) return;
  while (!totals_.empty() || !rows_.empty()) {
    if (!outlets::takes_more(*connection_, queue_bytes_max)) break;
    if (!totals_.empty())
      write_totals(*totals_.begin());
    else
      write_row(*rows_.begin());
  }
  connection_->flush();
}

void Board::write_totals(journal::Sequence sequence) {
  totals_.erase(sequence);
  if (const auto* known = boards_.find(*this, sequence))
    connection_->send(event(boards_.event_id(), "ladder", known->totals));
}

void Board::write_row(const std::string& subscriber) {
  const auto* known = boards_.find(*this, *alert_);
  if (known != nullptr)
    if (const auto row = known->rows.find(subscriber); row != known->rows.end())
      connection_->send(event(boards_.event_id(), "row", row->second));
  rows_.erase(subscriber);
}

void Board::tick(std::chrono::steady_clock::time_point now) {
  if (leaving_) return;
  if (connection_->queued_bytes() > 0 && now - connection_->last_progress() > outlets::silent_max)
    return connection_->close("blocked");
  if (now < heartbeat_due_) return;
  heartbeat_due_ = now + outlets::heartbeat_every;
  const auto peer = connection_->tcp_progress();
  if (peer.unacknowledged_bytes > 0 && peer.since_acknowledgement > outlets::silent_max)
    return connection_->close("dead");
  if (connection_->queued_bytes() > 0) return;
  connection_->send(std::string(": heartbeat\n\n"));
  connection_->flush();
}

void Board::goodbye(const std::string& code, std::chrono::milliseconds retry) {
  if (std::exchange(leaving_, true)) return;
  connection_->send("retry: " + std::to_string(retry.count()) +
                    "\nevent: goodbye\ndata: {\"code\":\"" + code + "\"}\n\n");
  connection_->close_after_flush(outlets::leaving_max);
}

void Board::on_closed(const std::string&) {
  leaving_ = true;
  boards_.gone(*this);
}

}  // namespace noroshi::api
