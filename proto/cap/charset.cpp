#include "proto/cap/charset.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <memory>
#include <utility>

#include "proto/cap/findings.hpp"
#include "proto/cap/utf8.hpp"
#include "proto/cap/white_space.hpp"

namespace noroshi::cap {
namespace {

enum class Charset { utf_8, utf_16, utf_16le, utf_16be, iso_8859_1, shift_jis, euc_jp };

struct Name {
  std::string_view name;  // in lower case
  Charset charset;
};

// The registered names and the aliases that are met in practice.
constexpr Name names[] = {
    {"utf-8", Charset::utf_8},           {"utf8", Charset::utf_8},
    {"utf-16", Charset::utf_16},         {"utf-16le", Charset::utf_16le},
    {"utf-16be", Charset::utf_16be},     {"iso-8859-1", Charset::iso_8859_1},
    {"iso_8859-1", Charset::iso_8859_1}, {"latin1", Charset::iso_8859_1},
    {"shift_jis", Charset::shift_jis},   {"shift-jis", Charset::shift_jis},
    {"sjis", Charset::shift_jis},        {"x-sjis", Charset::shift_jis},
    {"ms_kanji", Charset::shift_jis},    {"csshiftjis", Charset::shift_jis},
    {"windows-31j", Charset::shift_jis}, {"cp932", Charset::shift_jis},
    {"euc-jp", Charset::euc_jp},         {"eucjp", Charset::euc_jp},
    {"x-euc-jp", Charset::euc_jp},       {"euc-jp-ms", Charset::euc_jp},
    {"eucjp-ms", Charset::euc_jp},
};

const char* iconv_name(Charset charset) {
  switch (charset) {
    case Charset::utf_16le:
      return "UTF-16LE";
    case Charset::utf_16be:
      return "UTF-16BE";
    case Charset::iso_8859_1:
      return "ISO-8859-1";
    case Charset::shift_jis:
      return "CP932";
    case Charset::euc_jp:
      return "EUC-JP-MS";
    case Charset::utf_8:
    case Charset::utf_16:
      break;
  }
  return "UTF-8";
}

bool is_utf_16(Charset charset) {
  return charset == Charset::utf_16 || charset == Charset::utf_16le || charset == Charset::utf_16be;
}

// Whether a document in `actual`, which is never the byte-orderless UTF-16, may call itself `said`.
bool agree(Charset said, Charset actual) {
  return said == actual || (said == Charset::utf_16 && is_utf_16(actual));
}

std::optional<Charset> charset_of(std::string_view name) {
  std::string lower(name);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const auto* found = std::find_if(std::begin(names), std::end(names),
                                   [&](const Name& known) { return known.name == lower; });
  if (found == std::end(names)) return std::nullopt;
  return found->charset;
}

// The encoding an XML declaration at the start of `text` names. Nothing when there is none, or when
// it is so broken that the parser will refuse it.
std::optional<std::string_view> encoding_of_declaration(std::string_view text) {
  if (!text.starts_with("<?xml") || text.size() < 6 || !is_blank(text.substr(5, 1)))
    return std::nullopt;
  text = text.substr(5, text.find("?>", 5) - 5);
  while (true) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const auto quote = text.find_first_not_of(white_space, equals + 1);
    if (quote == std::string_view::npos || (text[quote] != '"' && text[quote] != '\''))
      return std::nullopt;
    const auto end = text.find(text[quote], quote + 1);
    if (end == std::string_view::npos) return std::nullopt;
    if (collapsed(text.substr(0, equals)) == "encoding")
      return text.substr(quote + 1, end - quote - 1);
    text.remove_prefix(end + 1);
  }
}

struct Opening {
  std::optional<Charset> charset;  // what the first bytes say by themselves
  std::size_t mark_bytes = 0;
};

Opening opening_of(std::string_view bytes) {
  using std::string_view_literals::operator""sv;
  if (bytes.starts_with("\xEF\xBB\xBF"sv)) return {Charset::utf_8, 3};
  if (bytes.starts_with("\xFF\xFE"sv)) return {Charset::utf_16le, 2};
  if (bytes.starts_with("\xFE\xFF"sv)) return {Charset::utf_16be, 2};
  if (bytes.starts_with("<\0"sv)) return {Charset::utf_16le, 0};
  if (bytes.starts_with("\0<"sv)) return {Charset::utf_16be, 0};
  return {};
}

struct CloseIconv {
  void operator()(iconv_t converter) const { iconv_close(converter); }
};

// The text so far is in `text`, also when the bytes cannot be decoded to their end.
bool convert(std::string_view bytes, Charset charset, std::string& text) {
  const std::unique_ptr<void, CloseIconv> converter(iconv_open("UTF-8", iconv_name(charset)));
  auto* input = const_cast<char*>(bytes.data());  // iconv's signature; it does not write there
  std::size_t left = bytes.size();
  while (left > 0) {
    std::array<char, 16384> buffer;
    char* output = buffer.data();
    std::size_t room = buffer.size();
    const bool stopped = iconv(converter.get(), &input, &left, &output, &room) ==
                         std::numeric_limits<std::size_t>::max();
    text.append(buffer.data(), buffer.size() - room);
    if (stopped && errno != E2BIG) return false;
  }
  return true;
}

void unify_line_ends(std::string& text) {
  if (text.find('\r') == std::string::npos) return;
  std::size_t to = 0;
  for (std::size_t from = 0; from < text.size(); ++from) {
    if (text[from] == '\r' && from + 1 < text.size() && text[from + 1] == '\n') continue;
    text[to++] = text[from] == '\r' ? '\n' : text[from];
  }
  text.resize(to);
}

// The place right after `text`.
Place end_of(std::string_view text) {
  const auto lines = static_cast<unsigned>(std::count(text.begin(), text.end(), '\n'));
  const auto last = text.substr(text.rfind('\n') + 1);  // npos + 1 is 0
  return {lines + 1, static_cast<unsigned>(utf8::characters(last)) + 1};
}

tl::unexpected<Finding> refused(std::string_view aspect, std::string_view value, Place place = {}) {
  return tl::unexpected(finding(Severity::error, "R001", {}, place, value, aspect));
}

}  // namespace

tl::expected<std::string, Finding> decode(std::string_view bytes,
                                          std::optional<std::string_view> declared) {
  const Opening opening = opening_of(bytes);
  bytes.remove_prefix(opening.mark_bytes);
  Charset charset = opening.charset.value_or(Charset::utf_8);
  if (!is_utf_16(charset)) {
    if (const auto said = encoding_of_declaration(bytes)) {
      const auto known = charset_of(*said);
      if (!known) return refused("charset", *said);
      if (is_utf_16(*known) || (opening.charset && *known != charset))
        return refused("contradiction", *said);
      charset = *known;
    }
  }

  std::string text;
  text.reserve(bytes.size());
  if (charset == Charset::utf_8) {
    const auto fault = utf8::first_fault(bytes);
    text = bytes.substr(0, fault);
    if (fault != std::string_view::npos)
      return refused("undecodable", iconv_name(charset), end_of(text));
  } else if (!convert(bytes, charset, text)) {
    return refused("undecodable", iconv_name(charset), end_of(text));
  }
  unify_line_ends(text);

  if (is_utf_16(charset)) {
    if (const auto said = encoding_of_declaration(text)) {
      const auto known = charset_of(*said);
      if (!known || !agree(*known, charset)) return refused("contradiction", *said);
    }
  }
  if (declared) {
    const auto known = charset_of(*declared);
    if (!known || !agree(*known, charset)) return refused("content-type", *declared);
  }
  // The parsers would skip it, and with it hide the declaration from what was read above.
  if (text.starts_with("\xEF\xBB\xBF")) return refused("character", "U+FEFF", {1, 1});
  if (const auto nul = text.find('\0'); nul != std::string::npos)
    return refused("character", "U+0000", end_of(std::string_view(text).substr(0, nul)));
  return text;
}

}  // namespace noroshi::cap
