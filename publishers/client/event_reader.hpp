// Reads server-sent events off a byte stream (WHATWG HTML, section 9.2.6), sans-IO.
//
// Bounds  an event, or a line, of more than `event_bytes_max` bytes is an error before more of it
//         is kept; comments count as lines, and for nothing else.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "proto/result.hpp"

namespace noroshi::publishers {

struct ServerEvent {
  std::string name;  // "message" unless the server named it
  std::string data;  // its lines with line feeds between them; any bytes
};

class EventReader {
 public:
  using OnEvent = std::function<void(const ServerEvent&)>;

  explicit EventReader(std::size_t event_bytes_max) : event_bytes_max_(event_bytes_max) {}

  // Hands on each event that is whole; what is not yet stays inside until the next call. An error
  // is final.
  Result<void> feed(std::string_view bytes, const OnEvent& on_event);
  // What a request that goes on from here names as Last-Event-ID; empty when there is none.
  [[nodiscard]] const std::string& last_id() const { return last_id_; }
  // What the server asks to be waited before that request.
  [[nodiscard]] std::optional<std::chrono::milliseconds> retry() const { return retry_; }

 private:
  Result<void> keep(std::string_view part);
  void take_line(const OnEvent& on_event);
  void take_field(std::string_view name, std::string_view value);
  void dispatch(const OnEvent& on_event);

  std::size_t event_bytes_max_;
  std::string line_;
  bool first_line_ = true;
  bool after_cr_ = false;  // a line feed now ends no line of its own
  ServerEvent event_;
  std::string id_;
  std::string last_id_;
  std::optional<std::chrono::milliseconds> retry_;
};

}  // namespace noroshi::publishers
