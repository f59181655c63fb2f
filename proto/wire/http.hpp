// HTTP/1.1 (RFC 9112) as values and sans-IO readers. Beast's parser does the reading, behind a
// gate that refuses every framing two parties could read differently.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "proto/result.hpp"

namespace noroshi::wire {

using Fields = std::vector<std::pair<std::string, std::string>>;

// The first value of `name`, case-insensitively.
std::optional<std::string_view> find(const Fields& fields, std::string_view name);

struct Request {
  std::string method;
  std::string target;  // as sent: path and query
  std::string path;    // percent-decoded path, always beginning with '/'
  // Percent-decoded, '+' as a blank (as forms and URLSearchParams write it), in order.
  std::vector<std::pair<std::string, std::string>> query;
  Fields fields;
  std::string body;

  [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const;
};

struct Response {
  int status = 200;
  Fields fields;  // Content-Length, Date and Connection are added by encode(), not taken from here
  std::string body;
};

struct RequestLimits {
  std::size_t header_bytes_max = 8 * 1024;
  std::size_t fields_max = 64;
  std::size_t body_bytes_max = 2 * 1024 * 1024;
  std::vector<std::string> hosts;  // allowed Host names without port; empty allows any
};

// Why a request was refused, and with which status; the connection must be closed after it.
struct FramingError {
  int status;  // 400, 413, 414, 417, 421, 431, 501, 505
  std::string detail;
};

// Reads requests off one connection, one after another.
//
// Bounds  as `limits`; each is set before a byte beyond it is kept.
class RequestReader {
 public:
  enum class State { reading_header, reading_body, complete, failed };

  explicit RequestReader(RequestLimits limits);
  ~RequestReader();
  RequestReader(RequestReader&&) noexcept;
  RequestReader& operator=(RequestReader&&) noexcept;

  // Takes bytes up to the end of one request and says how many; looks at no byte behind it.
  std::size_t feed(std::span<const std::byte> bytes);
  [[nodiscard]] State state() const;
  // The request while `complete`: moves it out and is ready for the next.
  Request take();
  [[nodiscard]] const FramingError& error() const;
  // The header once it is read (state reading_body or complete): lets the caller answer
  // `Expect: 100-continue` or refuse before the body comes.
  [[nodiscard]] const Request& header() const;
  // What has come of the body of the request being read is dropped, and what comes not kept.
  void discard_body();

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

enum class Persistence { keep_alive, close };
// A whole response, ready to send. 1xx, 204 and 304 go without body, 101 keeps its Connection
// field. Here and below CR, LF and NUL in field values are dropped, so that a value stays one
// field.
std::string encode(const Response& response, Persistence persistence);
// What answers HEAD: the same header, with the length of the body it does not send.
std::string encode_header(const Response& response, Persistence persistence);
// The header of a response whose body goes on until the connection ends (server-sent events).
std::string encode_endless(const Response& response);
// A whole request; Content-Length is added when there is a body or the method is POST or PUT.
std::string encode(const Request& request, std::string_view host);

// Reads responses off a client's connection, one after another. A body comes with Content-Length or
// not at all (1xx, 204, 304); after 101 it takes no byte more. Interim responses are passed over.
// Not for answers to HEAD.
class ResponseReader {
 public:
  explicit ResponseReader(std::size_t body_bytes_max);
  ~ResponseReader();
  ResponseReader(ResponseReader&&) noexcept;
  ResponseReader& operator=(ResponseReader&&) noexcept;

  // Takes bytes up to the end of one response and says how many. An error is final.
  Result<std::size_t> feed(std::span<const std::byte> bytes);
  [[nodiscard]] bool complete() const;
  // True when the server will close after this response.
  [[nodiscard]] bool closes() const;
  Response take();

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace noroshi::wire
