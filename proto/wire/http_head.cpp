#include "proto/wire/http_head.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace noroshi::wire {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_token_character(char c) {
  return is_letter(c) || is_digit(c) ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t') || byte == 0x7F;
}

}  // namespace

std::size_t HeadScanner::feed(std::span<const std::byte> bytes) {
  std::size_t taken = 0;
  while (taken < bytes.size() && state_ == State::reading)
    state_ = take(static_cast<char>(bytes[taken++]));
  return taken;
}

HeadScanner::State HeadScanner::take(char byte) {
  if (block_.size() == bytes_max_) return State::too_long;
  const bool after_return = !block_.empty() && block_.back() == '\r';
  if (after_return != (byte == '\n')) return State::bad_line_end;
  if (is_control(byte) && byte != '\r' && byte != '\n') return State::control_character;
  block_.push_back(byte);
  if (byte != '\n') return State::reading;
  const bool empty_line = block_.size() - line_start_ == 2;
  if (!empty_line) line_start_ = block_.size();
  return empty_line ? State::complete : State::reading;
}

void HeadScanner::reset() {
  state_ = State::reading;
  block_ = {};
  line_start_ = 0;
}

Result<Head> split_head(std::string_view block) {
  Head head;
  bool first = true;
  while (block != "\r\n") {
    const std::size_t end = block.find("\r\n");
    if (end == std::string_view::npos)
      return failure(ErrorCode::protocol, "the header block has no end");
    const std::string_view line = block.substr(0, end);
    block.remove_prefix(end + 2);
    if (std::exchange(first, false)) {
      head.start_line = line;
      continue;
    }
    if (line.front() == ' ' || line.front() == '\t')
      return failure(ErrorCode::protocol, "a folded header line");
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos)
      return failure(ErrorCode::protocol, "a header line without a colon");
    if (!is_token(line.substr(0, colon)))
      return failure(ErrorCode::protocol, "a header field whose name is no token");
    head.fields.push_back({line.substr(0, colon), without_blanks(line.substr(colon + 1))});
  }
  if (head.start_line.empty()) return failure(ErrorCode::protocol, "an empty first line");
  return head;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

bool same_word(std::string_view one, std::string_view other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

bool lists_word(std::string_view list, std::string_view word) {
  for (;;) {
    const std::size_t comma = list.find(',');
    if (same_word(without_blanks(list.substr(0, comma)), word)) return true;
    if (comma == std::string_view::npos) return false;
    list.remove_prefix(comma + 1);
  }
}

std::string_view without_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

Result<std::size_t> read_length(std::string_view digits) {
  if (digits.empty() || !std::all_of(digits.begin(), digits.end(), is_digit))
    return failure(ErrorCode::protocol, "Content-Length is not a number");
  if (digits.size() > 1 && digits.front() == '0')
    return failure(ErrorCode::protocol, "Content-Length begins with a zero");
  std::size_t length = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (read.ec != std::errc()) return std::numeric_limits<std::size_t>::max();
  return length;
}

}  // namespace noroshi::wire
