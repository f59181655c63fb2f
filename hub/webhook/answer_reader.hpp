// Of an endpoint's answer (RFC 9112) only what decides about the webhook: its status and
// Retry-After. Whatever its body is, it is thrown away, and what cannot be thrown away quickly is
// not read: the connection is closed.
//
// Sans-IO. Bounds  a header of 8 KiB and 64 fields, 8 interim answers, a body of 4 KiB.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>

#include "proto/result.hpp"
#include "proto/wire/http_head.hpp"

namespace noroshi::webhook {

struct Answer {
  int status = 0;  // 0: there was none, `detail` says why
  std::string detail = {};
  std::optional<std::chrono::seconds> retry_after = {};

  [[nodiscard]] bool taken() const { return status >= 200 && status < 300; }
};

class AnswerReader {
 public:
  AnswerReader();

  // True once the answer is complete; an error is final. Bytes behind it make the connection
  // unfit for another.
  Result<bool> feed(std::span<const std::byte> bytes);
  [[nodiscard]] const Answer& answer() const { return answer_; }
  // Whether the connection can carry another request, once complete.
  [[nodiscard]] bool reusable() const { return reusable_; }
  // Whether anything has come.
  [[nodiscard]] bool begun() const { return begun_; }

 private:
  Result<bool> read_head();
  Result<void> read_status(std::string_view line);
  void read_fields(const wire::Head& head);

  wire::HeadScanner head_;
  Answer answer_;
  std::optional<std::size_t> body_left_;  // once the header is read
  int interims_ = 0;
  bool begun_ = false;
  bool reusable_ = true;
};

}  // namespace noroshi::webhook
