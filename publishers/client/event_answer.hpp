// The answer to a request for server-sent events, sans-IO: the events, or an ordinary answer that
// says why there are none.
//
// Bounds  a header of 16 KiB, an event of 1 MiB, an ordinary answer of 64 KiB.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "proto/result.hpp"
#include "proto/wire/http.hpp"
#include "proto/wire/http_head.hpp"
#include "publishers/client/event_reader.hpp"

namespace noroshi::publishers {

class EventAnswer {
 public:
  EventAnswer();

  // An error is final, and means that no hub is speaking.
  Result<void> feed(std::span<const std::byte> bytes, const EventReader::OnEvent& on_event);
  // Events come.
  [[nodiscard]] bool open() const { return open_; }
  // The ordinary answer, once it is whole.
  [[nodiscard]] std::optional<wire::Response> take_refusal();

 private:
  Result<void> read_head();

  wire::HeadScanner head_;
  EventReader events_;
  wire::ResponseReader refusal_;
  bool open_ = false;
};

}  // namespace noroshi::publishers
