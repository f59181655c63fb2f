#include <algorithm>
#include <cassert>
#include <utility>

#include "proto/wire/http.hpp"
#include "proto/wire/http_head.hpp"

namespace noroshi::wire {
namespace {

constexpr std::size_t header_bytes_max = 16 * 1024;
constexpr int interim_responses_max = 4;
constexpr std::size_t body_reserved_max = 64 * 1024;

constexpr int switching_protocols = 101;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// RFC 9112, section 4: version SP three digits SP reason, which may be missing altogether.
Result<int> read_status(std::string_view line) {
  constexpr std::string_view version = "HTTP/1.1 ";
  if (line.substr(0, version.size()) != version)
    return failure(ErrorCode::protocol, "the answer is not HTTP/1.1");
  line.remove_prefix(version.size());
  const bool three_digits = line.size() >= 3 && is_digit(line[0]) && is_digit(line[1]) &&
                            is_digit(line[2]) && (line.size() == 3 || line[3] == ' ');
  if (!three_digits || line[0] < '1' || line[0] > '5')
    return failure(ErrorCode::protocol, "the answer has no status");
  return (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
}

bool has_no_body(int status) { return status < 200 || status == 204 || status == 304; }

// Content-Length or nothing: a body that ends with the connection cannot be told from one cut off.
Result<std::size_t> body_length(const Head& head, int status, std::size_t body_bytes_max) {
  std::optional<std::size_t> length;
  for (const RawField& field : head.fields) {
    if (same_word(field.name, "Transfer-Encoding"))
      return failure(ErrorCode::protocol, "the answer has a Transfer-Encoding");
    if (!same_word(field.name, "Content-Length")) continue;
    const auto read = read_length(field.value);
    if (!read) return read;
    if (length) return failure(ErrorCode::protocol, "the answer has two Content-Length");
    length = *read;
  }
  if (has_no_body(status)) return 0;
  if (!length) return failure(ErrorCode::protocol, "the answer has no Content-Length");
  if (*length > body_bytes_max)
    return failure(ErrorCode::protocol,
                   "the answer is larger than " + std::to_string(body_bytes_max) + " bytes");
  return *length;
}

Result<void> scan_failure(HeadScanner::State state) {
  switch (state) {
    case HeadScanner::State::bad_line_end:
      return failure(ErrorCode::protocol, "a CR or LF alone in the answer's header");
    case HeadScanner::State::control_character:
      return failure(ErrorCode::protocol, "a control character in the answer's header");
    case HeadScanner::State::too_long:
      return failure(ErrorCode::protocol, "the answer's header is too long");
    default:
      return {};
  }
}

}  // namespace

struct ResponseReader::Parser {
  explicit Parser(std::size_t body_max) : body_bytes_max(body_max), scanner(header_bytes_max) {}

  Result<std::size_t> feed(std::span<const std::byte> bytes);
  Result<void> read_head();

  enum class State { reading_header, reading_body, complete, failed };
  std::size_t body_bytes_max;
  HeadScanner scanner;
  State state = State::reading_header;
  Response response;
  std::size_t body_left = 0;
  int interim_responses = 0;
  bool closes = false;
  Error error{ErrorCode::protocol, {}};
};

Result<std::size_t> ResponseReader::Parser::feed(std::span<const std::byte> bytes) {
  std::size_t taken = 0;
  while (state == State::reading_header && taken < bytes.size()) {
    taken += scanner.feed(bytes.subspan(taken));
    auto read = scan_failure(scanner.state());
    if (read && scanner.state() == HeadScanner::State::complete) read = read_head();
    if (!read) {
      error = read.error();
      state = State::failed;
    }
  }
  if (state == State::failed) return tl::unexpected(error);
  if (state == State::reading_body) {
    const std::size_t part = std::min(body_left, bytes.size() - taken);
    response.body.append(reinterpret_cast<const char*>(bytes.data() + taken), part);
    body_left -= part;
    taken += part;
    if (body_left == 0) state = State::complete;
  }
  return taken;
}

Result<void> ResponseReader::Parser::read_head() {
  const auto head = split_head(scanner.block());
  if (!head) return tl::unexpected(head.error());
  const auto status = read_status(head->start_line);
  if (!status) return tl::unexpected(status.error());
  const auto length = body_length(*head, *status, body_bytes_max);
  if (!length) return tl::unexpected(length.error());

  if (*status < 200 && *status != switching_protocols) {
    if (++interim_responses > interim_responses_max)
      return failure(ErrorCode::protocol, "interim answers without end");
    scanner.reset();
    return {};
  }
  response.status = *status;
  closes = false;
  for (const RawField& field : head->fields) {
    if (same_word(field.name, "Connection") && lists_word(field.value, "close")) closes = true;
    response.fields.emplace_back(field.name, field.value);
  }
  body_left = *length;
  response.body.reserve(std::min(body_left, body_reserved_max));
  interim_responses = 0;
  scanner.reset();
  state = body_left == 0 ? State::complete : State::reading_body;
  return {};
}

ResponseReader::ResponseReader(std::size_t body_bytes_max)
    : parser_(std::make_unique<Parser>(body_bytes_max)) {}
ResponseReader::~ResponseReader() = default;
ResponseReader::ResponseReader(ResponseReader&&) noexcept = default;
ResponseReader& ResponseReader::operator=(ResponseReader&&) noexcept = default;

Result<std::size_t> ResponseReader::feed(std::span<const std::byte> bytes) {
  return parser_->feed(bytes);
}

bool ResponseReader::complete() const { return parser_->state == Parser::State::complete; }

bool ResponseReader::closes() const { return parser_->closes; }

Response ResponseReader::take() {
  assert(complete());
  parser_->state = Parser::State::reading_header;
  return std::exchange(parser_->response, {});
}

}  // namespace noroshi::wire
