#include "hub/outlets/greeting.hpp"

#include <random>

#include "hub/outlets/stream_message.hpp"

namespace noroshi::outlets {

std::string_view goodbye_code(const Error& refusal) {
  if (refusal.code == ErrorCode::conflict) return "log.rolled_back";
  return refusal.code == ErrorCode::closed ? "drill.closed" : "suspended";
}

v1::ServerMessage welcome_message(const delivery::Shard& shard,
                                  const registry::Principal& subscriber,
                                  const delivery::Shard::Attached& attached) {
  v1::ServerMessage message;
  auto& welcome = *message.mutable_welcome();
  welcome.set_subscriber(subscriber.id);
  welcome.set_channel(subscriber.channel.name());
  welcome.set_environment(shard.environment());
  welcome.set_epoch(shard.epoch());
  welcome.set_cursor(attached.cursor);
  welcome.set_head(attached.last_alert);
  welcome.set_language(attached.language);
  set_time(*welcome.mutable_hub_time(), shard.now_ms());
  return message;
}

v1::ServerMessage passed_message(delivery::Sequence sequence, const delivery::Fate& fate) {
  v1::ServerMessage message;
  message.mutable_passed()->set_sequence(sequence);
  message.mutable_passed()->set_reason(fate.reason);
  message.mutable_passed()->set_by(fate.by);
  return message;
}

v1::ServerMessage probe_message(delivery::Sequence sequence) {
  v1::ServerMessage message;
  message.mutable_probe()->set_sequence(sequence);
  return message;
}

v1::ServerMessage goodbye_message(const std::string& code, const std::string& detail,
                                  std::chrono::milliseconds retry_after) {
  v1::ServerMessage message;
  auto& goodbye = *message.mutable_goodbye();
  goodbye.set_code(code);
  goodbye.set_detail(detail);
  goodbye.set_retry_after_ms(static_cast<std::uint32_t>(retry_after.count()));
  return message;
}

std::chrono::steady_clock::time_point first_heartbeat() {
  static thread_local std::minstd_rand random{std::random_device{}()};
  const auto most = std::chrono::duration_cast<std::chrono::milliseconds>(heartbeat_every).count();
  std::uniform_int_distribution<std::int64_t> within(most / 3, most);
  return std::chrono::steady_clock::now() + std::chrono::milliseconds(within(random));
}

bool takes_more(wire::Connection& connection, std::size_t queue_bytes_max) {
  if (connection.queued_bytes() < queue_bytes_max) return true;
  connection.tell_when_drained();
  return false;
}

bool has_arrived(wire::Connection& connection) {
  return connection.queued_bytes() == 0 && connection.tcp_progress().unacknowledged_bytes == 0;
}

}  // namespace noroshi::outlets
