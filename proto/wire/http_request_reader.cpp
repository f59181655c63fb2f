#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <cassert>

#include "proto/wire/http.hpp"
#include "proto/wire/http_gate.hpp"
#include "proto/wire/http_head.hpp"

namespace noroshi::wire {
namespace {

namespace beast_http = boost::beast::http;

// Room made for a body before any of it has come; a peer that only announces one gets no more.
constexpr std::size_t body_reserved_max = 64 * 1024;

// The second opinion on a header block that has passed the gate: fields as Beast reads them, or
// nothing when it refuses the block or reads a different number of fields.
std::optional<Request> read_by_beast(const std::string& block, std::size_t fields) {
  beast_http::request_parser<beast_http::empty_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(block.size() + 1));
  parser.skip(true);
  boost::system::error_code error;
  const std::size_t taken = parser.put(boost::asio::buffer(block), error);
  if (error || !parser.is_header_done() || taken != block.size()) return std::nullopt;
  Request request;
  request.method = std::string(parser.get().method_string());
  request.target = std::string(parser.get().target());
  request.fields.reserve(fields);
  for (const auto& field : parser.get())
    request.fields.emplace_back(std::string(field.name_string()), std::string(field.value()));
  if (request.fields.size() != fields) return std::nullopt;
  return request;
}

}  // namespace

struct RequestReader::Parser {
  explicit Parser(RequestLimits given)
      : limits(std::move(given)), scanner(limits.header_bytes_max) {}

  std::size_t feed(std::span<const std::byte> bytes);
  void after_scan();
  void read_head();
  void take_body(std::span<const std::byte> bytes);
  void fail(FramingError why);

  RequestLimits limits;
  HeadScanner scanner;
  State state = State::reading_header;
  Request request;
  std::size_t body_left = 0;
  bool discarding = false;
  FramingError error{0, {}};
};

std::size_t RequestReader::Parser::feed(std::span<const std::byte> bytes) {
  std::size_t taken = 0;
  if (state == State::reading_header) {
    taken = scanner.feed(bytes);
    after_scan();
  }
  if (state == State::reading_body) {
    const std::size_t part = std::min(body_left, bytes.size() - taken);
    take_body(bytes.subspan(taken, part));
    taken += part;
  }
  return taken;
}

void RequestReader::Parser::after_scan() {
  switch (scanner.state()) {
    case HeadScanner::State::reading:
      return;
    case HeadScanner::State::complete:
      return read_head();
    case HeadScanner::State::bad_line_end:
      return fail({400, "a CR or LF alone in the header"});
    case HeadScanner::State::control_character:
      return fail({400, "a control character in the header"});
    case HeadScanner::State::too_long:
      return scanner.in_first_line() ? fail({414, "the request line is too long"})
                                     : fail({431, "the header is too long"});
  }
}

void RequestReader::Parser::read_head() {
  const auto head = split_head(scanner.block());
  if (!head) return fail({400, head.error().detail});
  auto passed = pass_request(*head, limits);
  if (!passed) return fail(std::move(passed.error()));
  auto read = read_by_beast(scanner.block(), head->fields.size());
  if (!read) return fail({400, "the header cannot be parsed"});
  request = std::move(*read);
  request.path = std::move(passed->target.path);
  request.query = std::move(passed->target.query);
  body_left = passed->content_length;
  discarding = false;
  request.body.reserve(std::min(body_left, body_reserved_max));
  scanner.reset();
  state = body_left == 0 ? State::complete : State::reading_body;
}

void RequestReader::Parser::take_body(std::span<const std::byte> bytes) {
  if (!discarding) request.body.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  body_left -= bytes.size();
  if (body_left == 0) state = State::complete;
}

void RequestReader::Parser::fail(FramingError why) {
  error = std::move(why);
  scanner.reset();
  state = State::failed;
}

RequestReader::RequestReader(RequestLimits limits)
    : parser_(std::make_unique<Parser>(std::move(limits))) {}
RequestReader::~RequestReader() = default;
RequestReader::RequestReader(RequestReader&&) noexcept = default;
RequestReader& RequestReader::operator=(RequestReader&&) noexcept = default;

std::size_t RequestReader::feed(std::span<const std::byte> bytes) { return parser_->feed(bytes); }

RequestReader::State RequestReader::state() const { return parser_->state; }

Request RequestReader::take() {
  assert(parser_->state == State::complete);
  parser_->state = State::reading_header;
  return std::exchange(parser_->request, {});
}

void RequestReader::discard_body() {
  parser_->discarding = true;
  parser_->request.body = std::string();
}

const FramingError& RequestReader::error() const {
  assert(parser_->state == State::failed);
  return parser_->error;
}

const Request& RequestReader::header() const {
  assert(parser_->state == State::reading_body || parser_->state == State::complete);
  return parser_->request;
}

}  // namespace noroshi::wire
