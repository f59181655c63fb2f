#include "proto/wire/http.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/beast/http/status.hpp>
#include <ctime>

#include "proto/wire/http_head.hpp"

namespace noroshi::wire {
namespace {

// RFC 9110, section 5.6.7; written out, because strftime speaks the process's language.
std::string http_date(std::time_t at) {
  constexpr std::array days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm utc{};
  ::gmtime_r(&at, &utc);
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
                     days[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                     months[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour,
                     utc.tm_min, utc.tm_sec);
}

bool ends_a_line(char c) { return c == '\r' || c == '\n' || c == '\0'; }

// Whatever a value is made of, it stays one field.
void append_field(std::string& text, std::string_view name, std::string_view value) {
  std::remove_copy_if(name.begin(), name.end(), std::back_inserter(text), ends_a_line);
  text += ": ";
  std::remove_copy_if(value.begin(), value.end(), std::back_inserter(text), ends_a_line);
  text += "\r\n";
}

void append_fields(std::string& text, const Fields& fields,
                   std::initializer_list<std::string_view> except) {
  for (const auto& [name, value] : fields) {
    const bool ours = std::any_of(except.begin(), except.end(),
                                  [&, &field = name](auto word) { return same_word(field, word); });
    if (!ours) append_field(text, name, value);
  }
}

bool has_no_body(int status) { return status < 200 || status == 204 || status == 304; }

std::string begin_response(const Response& response) {
  const auto reason = boost::beast::http::obsolete_reason(
      boost::beast::http::int_to_status(static_cast<unsigned>(response.status)));
  std::string text = fmt::format("HTTP/1.1 {} {}\r\n", response.status,
                                 std::string_view(reason.data(), reason.size()));
  append_field(text, "Date", http_date(std::time(nullptr)));
  return text;
}

}  // namespace

std::optional<std::string_view> find(const Fields& fields, std::string_view name) {
  for (const auto& [field, value] : fields)
    if (same_word(field, name)) return value;
  return std::nullopt;
}

std::optional<std::string_view> Request::parameter(std::string_view name) const {
  for (const auto& [key, value] : query)
    if (key == name) return value;
  return std::nullopt;
}

std::string encode_header(const Response& response, Persistence persistence) {
  std::string text = begin_response(response);
  if (response.status == 101) {
    append_fields(text, response.fields, {"Date", "Content-Length", "Transfer-Encoding"});
  } else {
    append_fields(text, response.fields,
                  {"Date", "Content-Length", "Transfer-Encoding", "Connection"});
    append_field(text, "Connection", persistence == Persistence::close ? "close" : "keep-alive");
  }
  if (!has_no_body(response.status))
    append_field(text, "Content-Length", std::to_string(response.body.size()));
  return text += "\r\n";
}

std::string encode_endless(const Response& response) {
  std::string text = begin_response(response);
  append_fields(text, response.fields,
                {"Date", "Content-Length", "Transfer-Encoding", "Connection"});
  append_field(text, "Connection", "close");
  return text += "\r\n";
}

std::string encode(const Response& response, Persistence persistence) {
  std::string text = encode_header(response, persistence);
  if (!has_no_body(response.status)) text += response.body;
  return text;
}

std::string encode(const Request& request, std::string_view host) {
  std::string text;
  const auto unsafe = [](char c) { return ends_a_line(c) || c == ' '; };
  std::remove_copy_if(request.method.begin(), request.method.end(), std::back_inserter(text),
                      unsafe);
  text += ' ';
  std::remove_copy_if(request.target.begin(), request.target.end(), std::back_inserter(text),
                      unsafe);
  text += " HTTP/1.1\r\n";
  append_field(text, "Host", host);
  append_fields(text, request.fields, {"Host", "Content-Length", "Transfer-Encoding"});
  const bool expects_body = request.method == "POST" || request.method == "PUT";
  if (!request.body.empty() || expects_body)
    append_field(text, "Content-Length", std::to_string(request.body.size()));
  text += "\r\n";
  return text += request.body;
}

}  // namespace noroshi::wire
