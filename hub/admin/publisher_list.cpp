#include "hub/admin/publisher_list.hpp"

#include <iconv.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "hub/admin/printable.hpp"
#include "hub/admin/terms.hpp"
#include "proto/cap/utf8.hpp"
#include "proto/jp/lg_code.hpp"

namespace noroshi::admin {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::optional<std::string> from_cp932(std::string_view bytes) {
  const auto converter = iconv_open("UTF-8", "CP932");
  if (converter == iconv_t(-1)) return std::nullopt;  // NOLINT: as iconv_open(3) says it
  std::string from(bytes);
  std::string text(3 * bytes.size() + 1, '\0');  // no character of CP932 takes more
  auto* in = from.data();
  auto* out = text.data();
  auto in_left = from.size();
  auto out_left = text.size();
  const auto done = iconv(converter, &in, &in_left, &out, &out_left);
  iconv_close(converter);
  if (done == static_cast<std::size_t>(-1)) return std::nullopt;
  text.resize(text.size() - out_left);
  return text;
}

struct Row {
  std::size_t line = 1;
  std::vector<std::string> fields;

  [[nodiscard]] std::string field(std::size_t index) const {
    return index < fields.size() ? fields[index] : std::string();
  }
  [[nodiscard]] bool empty() const {
    return std::all_of(fields.begin(), fields.end(), [](const auto& f) { return f.empty(); });
  }
};

// Takes the next row off `text`, which must not be empty; `line` moves on to the one after it.
Row take_row(std::string_view& text, std::size_t& line) {
  Row row{line, {""}};
  bool quoted = false;
  while (!text.empty()) {
    const char c = text.front();
    text.remove_prefix(1);
    if (c == '\n') ++line;
    if (quoted && c == '"' && text.starts_with('"')) {
      row.fields.back() += '"';
      text.remove_prefix(1);
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      row.fields.emplace_back();
    } else if (c == '\n' && !quoted) {
      break;
    } else if (c != '\r' || quoted) {
      row.fields.back() += c;
    }
  }
  return row;
}

bool is_header(const Row& row) {
  const auto first = row.field(0);
  return first.find_first_of("0123456789") == std::string::npos;
}

class Reader {
 public:
  explicit Reader(Language language) : language_(language) {}

  void take(const Row& row) {
    auto code = publisher_code(row.field(0), language_);
    if (code && !jp::lg_code(*code))
      code = failure(ErrorCode::invalid, say(language_, Say::bad_code, printable(row.field(0))));
    if (!code) return object(row, 1, code.error().detail);
    auto prefecture = display_name(row.field(1), language_);
    if (!prefecture) return object(row, 2, prefecture.error().detail);
    if (row.field(2).empty() && code->substr(2, 3) != "000")
      return object(row, 3, say(language_, Say::list_without_name, *code));
    auto name = row.field(2).empty() ? prefecture : display_name(row.field(2), language_);
    if (!name) return object(row, 3, name.error().detail);
    if (!seen_.insert(*code).second) return object(row, 1, say(language_, Say::list_twice, *code));
    list.publishers.push_back({std::move(*code), std::move(*name)});
  }
  void object(const Row& row, std::size_t column, std::string why) {
    list.problems.push_back({row.line, column, std::move(why)});
  }

  PublisherList list;

 private:
  Language language_;
  std::set<std::string> seen_;
};

}  // namespace

PublisherList read_publisher_list(std::string_view bytes, Language language) {
  Reader reader(language);
  std::string converted;
  if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  if (cap::utf8::first_fault(bytes) != std::string_view::npos) {
    auto text = from_cp932(bytes);
    if (!text) return {{}, {{1, 1, say(language, Say::list_charset)}}};
    converted = std::move(*text);
    bytes = converted;
  }
  std::size_t line = 1;
  std::size_t rows = 0;
  while (!bytes.empty()) {
    const auto row = take_row(bytes, line);
    if (row.empty() || (rows == 0 && is_header(row))) continue;
    if (++rows > rows_max) {
      reader.object(row, 1, say(language, Say::list_too_long, rows_max));
      break;
    }
    reader.take(row);
  }
  return std::move(reader.list);
}

}  // namespace noroshi::admin
