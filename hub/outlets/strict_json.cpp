#include "hub/outlets/strict_json.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace noroshi::outlets {
namespace {

namespace json = boost::json;
using json::error_code;
using json::string_view;

constexpr std::size_t depth_max = 16;

// What the parser reports; only the names of members matter, and that all is inside an object.
struct Handler {
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = max_object_size;
  static constexpr std::size_t max_key_size = max_object_size;
  static constexpr std::size_t max_string_size = max_object_size;

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) {
    names.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t, error_code&) {
    names.pop_back();
    return true;
  }
  bool on_array_begin(error_code& error) { return inside_object(error); }
  bool on_array_end(std::size_t, error_code&) { return true; }
  bool on_key_part(string_view part, std::size_t, error_code&) {
    key.append(part.data(), part.size());
    return true;
  }
  bool on_key(string_view part, std::size_t, error_code& error) {
    key.append(part.data(), part.size());
    twice = !names.back().insert(std::exchange(key, {})).second;
    if (twice) error = json::error::exception;
    return !twice;
  }
  bool on_string_part(string_view, std::size_t, error_code&) { return true; }
  bool on_string(string_view, std::size_t, error_code& error) { return inside_object(error); }
  bool on_number_part(string_view, error_code&) { return true; }
  bool on_int64(std::int64_t, string_view, error_code& error) { return inside_object(error); }
  bool on_uint64(std::uint64_t, string_view, error_code& error) { return inside_object(error); }
  bool on_double(double, string_view, error_code& error) { return inside_object(error); }
  bool on_bool(bool, error_code& error) { return inside_object(error); }
  bool on_null(error_code& error) { return inside_object(error); }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }

  bool inside_object(error_code& error) const {
    if (names.empty()) error = json::error::not_object;
    return !names.empty();
  }

  std::vector<std::set<std::string>> names;  // of the members of each object around this place
  std::string key;
  bool twice = false;
};

}  // namespace

Result<void> check_json(std::string_view text) {
  json::parse_options options;
  options.max_depth = depth_max;
  json::basic_parser<Handler> parser(options);
  error_code error;
  const auto read = parser.write_some(false, text.data(), text.size(), error);
  if (parser.handler().twice) return failure(ErrorCode::invalid, "not JSON: a member twice");
  if (error) return failure(ErrorCode::invalid, "not JSON: " + error.message());
  if (read < text.size()) return failure(ErrorCode::invalid, "not JSON: more behind the object");
  return {};
}

}  // namespace noroshi::outlets
