#include "hub/webhook/answer_reader.hpp"

#include <algorithm>
#include <string>

#include "proto/wire/retry_after.hpp"

namespace noroshi::webhook {
namespace {

constexpr std::size_t head_bytes_max = std::size_t{8} * 1024;
constexpr std::size_t fields_max = 64;
constexpr std::size_t body_bytes_max = std::size_t{4} * 1024;
constexpr int interims_max = 8;
constexpr std::string_view http_1 = "HTTP/1.";

auto malformed(std::string why) { return failure(ErrorCode::protocol, std::move(why)); }

}  // namespace

AnswerReader::AnswerReader() : head_(head_bytes_max) {}

Result<bool> AnswerReader::feed(std::span<const std::byte> bytes) {
  begun_ = begun_ || !bytes.empty();
  while (!body_left_) {
    if (bytes.empty()) return false;
    bytes = bytes.subspan(head_.feed(bytes));
    if (head_.state() == wire::HeadScanner::State::reading) return false;
    if (head_.state() != wire::HeadScanner::State::complete)
      return malformed("the header of the answer is not HTTP, or longer than 8 KiB");
    if (const auto read = read_head(); !read || *read) return read;
  }
  const auto skipped = std::min(*body_left_, bytes.size());
  *body_left_ -= skipped;
  if (skipped < bytes.size()) reusable_ = false;
  return *body_left_ == 0;
}

// True when nothing more is to be read of it.
Result<bool> AnswerReader::read_head() {
  const auto head = wire::split_head(head_.block());
  if (!head || head->fields.size() > fields_max)
    return malformed("the header of the answer is not HTTP, or has more than 64 fields");
  if (auto status = read_status(head->start_line); !status) return tl::unexpected(status.error());
  if (answer_.status == 101) return malformed("an upgrade nobody asked for");
  if (answer_.status < 200) {
    if (++interims_ > interims_max) return malformed("too many interim answers");
    head_.reset();
    return false;
  }
  read_fields(*head);
  return !reusable_;
}

Result<void> AnswerReader::read_status(std::string_view line) {
  const bool fits = line.size() >= 12 && line.starts_with(http_1) && line[8] == ' ' &&
                    (line.size() == 12 || line[12] == ' ');
  if (!fits) return malformed("the answer has no status line");
  int status = 0;
  for (const char c : line.substr(9, 3)) {
    if (c < '0' || c > '9') return malformed("the answer has no status");
    status = 10 * status + (c - '0');
  }
  if (status < 100 || status > 599) return malformed("the answer has no status");
  answer_.status = status;
  if (line[7] == '0') reusable_ = false;
  return {};
}

void AnswerReader::read_fields(const wire::Head& head) {
  wire::Fields fields;
  for (const auto& field : head.fields) fields.emplace_back(field.name, field.value);
  answer_.retry_after = wire::retry_after(fields);
  body_left_ = 0;
  const auto connection = wire::find(fields, "Connection");
  if (connection && wire::lists_word(*connection, "close")) reusable_ = false;
  if (answer_.status == 204 || answer_.status == 304) return;
  const auto length = wire::find(fields, "Content-Length");
  const auto bytes = length ? wire::read_length(*length) : wire::read_length("");
  if (wire::find(fields, "Transfer-Encoding") || !bytes || *bytes > body_bytes_max)
    reusable_ = false;
  else
    body_left_ = *bytes;
}

}  // namespace noroshi::webhook
