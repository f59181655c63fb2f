#include "proto/wire/http_gate.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace noroshi::wire {
namespace {

constexpr std::size_t method_bytes_max = 32;

// Announced for another framing, or spelt so that some intermediary takes it for one.
constexpr std::array<std::string_view, 4> fields_never_taken = {
    "Trailer", "HTTP2-Settings", "Content_Length", "Transfer_Encoding"};
// One party would take the first of two, another the last.
constexpr std::array<std::string_view, 5> fields_taken_once = {
    "Authorization", "Content-Type", "Content-Encoding", "Cookie", "Origin"};
// An intermediary takes out what Connection names; it must not take these.
constexpr std::array<std::string_view, 5> fields_for_the_recipient = {
    "Host", "Content-Length", "Transfer-Encoding", "Authorization", "Content-Type"};
constexpr std::array<std::string_view, 3> methods_with_body = {"POST", "PUT", "PATCH"};

using Check = tl::expected<void, FramingError>;

tl::unexpected<FramingError> refuse(int status, std::string detail) {
  return tl::unexpected<FramingError>(FramingError{status, std::move(detail)});
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct StartLine {
  std::string_view method;
  std::string_view target;
};

// RFC 9112, section 3: method SP target SP version.
tl::expected<StartLine, FramingError> check_start_line(std::string_view line) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == last) return refuse(400, "the request line has not three parts");
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (!is_token(method) || method.size() > method_bytes_max)
    return refuse(400, "the method is no token");
  if (version.size() != 8 || version.substr(0, 5) != "HTTP/" || !is_digit(version[5]) ||
      version[6] != '.' || !is_digit(version[7]))
    return refuse(400, "the request line ends in no HTTP version");
  if (version != "HTTP/1.1") return refuse(505, "only HTTP/1.1 is spoken here");
  return StartLine{method, target};
}

std::vector<std::string_view> values_of(const Head& head, std::string_view name) {
  std::vector<std::string_view> values;
  for (const RawField& field : head.fields)
    if (same_word(field.name, name)) values.push_back(field.value);
  return values;
}

// RFC 9110, section 9.3.1: content of a GET has no meaning, and may be a request in hiding.
tl::expected<std::size_t, FramingError> content_length(const Head& head, std::string_view method) {
  const auto values = values_of(head, "Content-Length");
  if (values.empty()) return 0;
  if (values.size() > 1) return refuse(400, "more than one Content-Length");
  const auto length = read_length(values.front());
  if (!length) return refuse(400, length.error().detail);
  const bool may_have_body = std::find(methods_with_body.begin(), methods_with_body.end(),
                                       method) != methods_with_body.end();
  if (*length > 0 && !may_have_body) return refuse(400, "a body that the method has no use for");
  return *length;
}

bool is_name_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' ||
         c == '_';
}

bool is_address_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
}

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
  return !text.empty() && text.size() <= 5 && std::all_of(text.begin(), text.end(), is_digit) &&
         read.ec == std::errc() && port <= 65535;
}

// The name without port and brackets; nothing when it is no host.
std::optional<std::string_view> host_name(std::string_view value) {
  std::string_view name;
  std::string_view rest;
  if (!value.empty() && value.front() == '[') {
    const std::size_t bracket = value.find(']');
    if (bracket == std::string_view::npos) return std::nullopt;
    name = value.substr(1, bracket - 1);
    rest = value.substr(bracket + 1);
    if (!std::all_of(name.begin(), name.end(), is_address_character)) return std::nullopt;
  } else {
    const std::size_t colon = std::min(value.find(':'), value.size());
    name = value.substr(0, colon);
    rest = value.substr(colon);
    if (!std::all_of(name.begin(), name.end(), is_name_character)) return std::nullopt;
  }
  if (name.empty()) return std::nullopt;
  if (!rest.empty() && (rest.front() != ':' || !is_port(rest.substr(1)))) return std::nullopt;
  return name;
}

std::string_view without_brackets(std::string_view host) {
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  return bracketed ? host.substr(1, host.size() - 2) : host;
}

Check check_host(const Head& head, const std::vector<std::string>& allowed) {
  const auto values = values_of(head, "Host");
  if (values.size() != 1) return refuse(400, "not exactly one Host");
  const auto name = host_name(values.front());
  if (!name) return refuse(400, "Host is no host name");
  const bool known =
      allowed.empty() || std::any_of(allowed.begin(), allowed.end(), [&](const std::string& host) {
        return same_word(without_brackets(host), *name);
      });
  if (!known) return refuse(421, "this is not the host of that name");
  return {};
}

Check check_expect(const Head& head) {
  for (const std::string_view value : values_of(head, "Expect"))
    if (!same_word(value, "100-continue")) return refuse(417, "only 100-continue can be expected");
  return {};
}

bool lists_any_other(const std::vector<std::string_view>& lists, std::string_view word) {
  return std::any_of(lists.begin(), lists.end(), [&](std::string_view list) {
    for (;;) {
      const std::size_t comma = list.find(',');
      if (!same_word(without_blanks(list.substr(0, comma)), word)) return true;
      if (comma == std::string_view::npos) return false;
      list.remove_prefix(comma + 1);
    }
  });
}

// What two parties could take for different things although each framing field is sound.
Check check_meaning(const Head& head) {
  for (const auto name : fields_never_taken)
    if (!values_of(head, name).empty())
      return refuse(400, std::string(name) + " is not taken here");
  for (const auto name : fields_taken_once)
    if (values_of(head, name).size() > 1) return refuse(400, "more than one " + std::string(name));
  if (lists_any_other(values_of(head, "Upgrade"), "websocket"))
    return refuse(400, "only an upgrade to websocket is spoken here");
  for (const std::string_view options : values_of(head, "Connection"))
    for (const auto name : fields_for_the_recipient)
      if (lists_word(options, name)) return refuse(400, "Connection names " + std::string(name));
  return {};
}

}  // namespace

tl::expected<PassedHead, FramingError> pass_request(const Head& head, const RequestLimits& limits) {
  const auto line = check_start_line(head.start_line);
  if (!line) return tl::unexpected(line.error());
  if (head.fields.size() > limits.fields_max) return refuse(431, "too many header fields");
  if (!values_of(head, "Transfer-Encoding").empty())
    return refuse(501, "requests come with Content-Length, not Transfer-Encoding");
  const auto length = content_length(head, line->method);
  if (!length) return tl::unexpected(length.error());
  if (const auto host = check_host(head, limits.hosts); !host) return tl::unexpected(host.error());
  auto target = read_target(line->target);
  if (!target) return refuse(400, "the target is not a path in origin form");
  if (const auto expect = check_expect(head); !expect) return tl::unexpected(expect.error());
  if (const auto meaning = check_meaning(head); !meaning) return tl::unexpected(meaning.error());
  if (*length > limits.body_bytes_max)
    return refuse(413,
                  "the body is larger than " + std::to_string(limits.body_bytes_max) + " bytes");
  return PassedHead{std::move(*target), *length};
}

}  // namespace noroshi::wire
