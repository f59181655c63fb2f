#include "proto/cap/content.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>

#include "proto/cap/utf8.hpp"

namespace noroshi::cap {
namespace {

// Moves `source` past `mark` and gives what was before it. The gate has seen that it is there.
std::string_view take_until(std::string_view& source, std::string_view mark) {
  const auto end = source.find(mark);
  assert(end != std::string_view::npos);
  const auto taken = source.substr(0, end);
  source.remove_prefix(end + mark.size());
  return taken;
}

bool skip(std::string_view& source, std::string_view start) {
  if (!source.starts_with(start)) return false;
  source.remove_prefix(start.size());
  return true;
}

// `name` is what stands between & and ; there are no entities but the predefined ones.
void append_reference(std::string& text, std::string_view name) {
  if (name.starts_with('#')) {
    const bool hexadecimal = name.starts_with("#x");
    const auto digits = name.substr(hexadecimal ? 2 : 1);
    unsigned code = 0;
    const auto read =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal ? 16 : 10);
    assert(read.ec == std::errc());
    utf8::append(text, code);
  } else if (name == "lt") {
    text += '<';
  } else if (name == "gt") {
    text += '>';
  } else if (name == "quot") {
    text += '"';
  } else if (name == "apos") {
    text += '\'';
  } else {
    assert(name == "amp");
    text += '&';
  }
}

bool ends_plain_text(char c) { return c == '<' || c == '&'; }

// Whether a character begins with this byte; the text is sound UTF-8.
bool begins(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

}  // namespace

std::string text_content(std::string_view source) {
  std::string text;
  while (true) {
    const auto plain = std::find_if(source.begin(), source.end(), ends_plain_text);
    assert(plain != source.end());
    const auto length = static_cast<std::size_t>(plain - source.begin());
    text += source.substr(0, length);
    source.remove_prefix(length);
    if (skip(source, "&")) {
      append_reference(text, take_until(source, ";"));
    } else if (skip(source, "<![CDATA[")) {
      text += take_until(source, "]]>");
    } else if (skip(source, "<!--")) {
      take_until(source, "-->");
    } else if (skip(source, "<?")) {
      take_until(source, "?>");
    } else {
      assert(source.starts_with("</"));
      return text;
    }
  }
}

std::string attribute_value(std::string_view source) {
  std::string text;
  while (!source.empty()) {
    const char c = source.front();
    source.remove_prefix(1);
    if (c == '&') {
      append_reference(text, take_until(source, ";"));
    } else {
      text += c == '\n' || c == '\t' ? ' ' : c;
    }
  }
  return text;
}

Place Locator::place_of(const char* at) {
  const auto offset = static_cast<std::size_t>(at - text_.data());
  assert(offset <= text_.size());
  if (offset < offset_) {
    offset_ = 0;
    place_ = {1, 1};
  }
  auto passed = text_.substr(offset_, offset - offset_);
  offset_ = offset;
  if (const auto end = passed.rfind('\n'); end != std::string_view::npos) {
    place_.line += static_cast<unsigned>(std::count(passed.begin(), passed.end(), '\n'));
    place_.column = 1;
    passed.remove_prefix(end + 1);
  }
  place_.column += static_cast<unsigned>(std::count_if(passed.begin(), passed.end(), begins));
  return place_;
}

}  // namespace noroshi::cap
