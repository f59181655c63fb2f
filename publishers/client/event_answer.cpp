#include "publishers/client/event_answer.hpp"

#include <algorithm>

namespace noroshi::publishers {
namespace {

constexpr std::size_t head_bytes_max = std::size_t{16} * 1024;
constexpr std::size_t event_bytes_max = std::size_t{1024} * 1024;
constexpr std::size_t refusal_bytes_max = std::size_t{64} * 1024;

bool is_event_stream(const wire::Head& head) {
  const bool fine = head.start_line.starts_with("HTTP/1.1 200");
  return fine && std::any_of(head.fields.begin(), head.fields.end(), [](const auto& field) {
           const auto type = field.value.substr(0, field.value.find(';'));
           return wire::same_word(field.name, "Content-Type") &&
                  wire::same_word(wire::without_blanks(type), "text/event-stream");
         });
}

// How long the body is must follow from the end of the connection alone.
bool has_other_framing(const wire::Head& head) {
  return std::any_of(head.fields.begin(), head.fields.end(), [](const auto& field) {
    return wire::same_word(field.name, "Transfer-Encoding") ||
           wire::same_word(field.name, "Content-Length") ||
           wire::same_word(field.name, "Content-Encoding");
  });
}

}  // namespace

EventAnswer::EventAnswer()
    : head_(head_bytes_max), events_(event_bytes_max), refusal_(refusal_bytes_max) {}

Result<void> EventAnswer::feed(std::span<const std::byte> bytes,
                               const EventReader::OnEvent& on_event) {
  if (head_.state() == wire::HeadScanner::State::reading) {
    bytes = bytes.subspan(head_.feed(bytes));
    if (head_.state() == wire::HeadScanner::State::reading) return {};
    if (auto read = read_head(); !read) return read;
  }
  if (open_)
    return events_.feed({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, on_event);
  if (refusal_.complete()) return {};
  const auto taken = refusal_.feed(bytes);
  if (!taken) return tl::unexpected<Error>(taken.error());
  return {};
}

Result<void> EventAnswer::read_head() {
  if (head_.state() != wire::HeadScanner::State::complete)
    return failure(ErrorCode::protocol, "the answer's header is too long, or not one");
  const auto head = wire::split_head(head_.block());
  if (!head) return tl::unexpected<Error>(head.error());
  open_ = is_event_stream(*head);
  if (open_ && has_other_framing(*head))
    return failure(ErrorCode::protocol, "events with a length or an encoding");
  if (open_) return {};
  const auto taken = refusal_.feed(std::as_bytes(std::span(head_.block())));
  if (!taken) return tl::unexpected<Error>(taken.error());
  return {};
}

std::optional<wire::Response> EventAnswer::take_refusal() {
  if (open_ || !refusal_.complete()) return std::nullopt;
  return refusal_.take();
}

}  // namespace noroshi::publishers
