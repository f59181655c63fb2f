#include "publishers/client/event_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

namespace noroshi::publishers {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t retry_digits_max = 9;
// It comes back as a header field, where nobody wants more.
constexpr std::size_t id_bytes_max = 256;

bool fits_a_header(std::string_view id) {
  return id.size() <= id_bytes_max && std::all_of(id.begin(), id.end(), [](char c) {
           return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F;
         });
}

}  // namespace

Result<void> EventReader::feed(std::string_view bytes, const OnEvent& on_event) {
  while (!bytes.empty()) {
    if (std::exchange(after_cr_, false) && bytes.front() == '\n') {
      bytes.remove_prefix(1);
      continue;
    }
    const auto end = bytes.find_first_of("\r\n");
    if (auto kept = keep(bytes.substr(0, end)); !kept) return kept;
    if (end == std::string_view::npos) break;
    after_cr_ = bytes[end] == '\r';
    bytes.remove_prefix(end + 1);
    take_line(on_event);
  }
  return {};
}

Result<void> EventReader::keep(std::string_view part) {
  if (line_.size() + part.size() + event_.data.size() > event_bytes_max_)
    return failure(ErrorCode::protocol,
                   "an event of more than " + std::to_string(event_bytes_max_) + " bytes");
  line_ += part;
  return {};
}

void EventReader::take_line(const OnEvent& on_event) {
  const auto whole = std::exchange(line_, {});
  std::string_view line = whole;
  if (std::exchange(first_line_, false) && line.starts_with(byte_order_mark))
    line.remove_prefix(byte_order_mark.size());
  if (line.empty()) return dispatch(on_event);
  const auto colon = line.find(':');
  if (colon == 0) return;  // a comment
  auto value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  take_field(line.substr(0, colon), value);
}

void EventReader::take_field(std::string_view name, std::string_view value) {
  if (name == "event") {
    event_.name = value;
  } else if (name == "data") {
    event_.data.append(value).append("\n");
  } else if (name == "id") {
    if (fits_a_header(value)) id_ = value;
  } else if (name == "retry" && value.size() <= retry_digits_max) {
    std::int64_t milliseconds = 0;
    const auto* const end = value.data() + value.size();
    const bool digits = !value.empty() && std::all_of(value.begin(), value.end(),
                                                      [](char c) { return c >= '0' && c <= '9'; });
    if (digits && std::from_chars(value.data(), end, milliseconds).ec == std::errc())
      retry_ = std::chrono::milliseconds(milliseconds);
  }
}

void EventReader::dispatch(const OnEvent& on_event) {
  last_id_ = id_;
  auto event = std::exchange(event_, {});
  if (event.data.empty()) return;
  event.data.pop_back();
  if (event.name.empty()) event.name = "message";
  on_event(event);
}

}  // namespace noroshi::publishers
