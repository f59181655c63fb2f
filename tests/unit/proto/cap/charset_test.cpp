#include <gtest/gtest.h>
#include <iconv.h>

#include <optional>
#include <utility>
#include <vector>

#include "proto/cap/writer.hpp"
#include "sample.hpp"

namespace noroshi::cap {
namespace {

using std::string_literals::operator""s;

std::string encoded(std::string text, const char* charset) {
  const iconv_t converter = iconv_open(charset, "UTF-8");
  std::string bytes(text.size() * 4, '\0');
  char* input = text.data();
  std::size_t left = text.size();
  char* output = bytes.data();
  std::size_t room = bytes.size();
  EXPECT_EQ(iconv(converter, &input, &left, &output, &room), 0U) << charset;
  iconv_close(converter);
  bytes.resize(bytes.size() - room);
  return bytes;
}

std::string declaring(const std::string& encoding, const std::string& note) {
  return "<?xml version=\"1.0\" encoding=\"" + encoding + "\"?>\n" +
         sample::document("<note>" + note + "</note>");
}

std::optional<std::string> note_of(const Verdict& verdict) {
  if (!verdict.alert || !verdict.alert->note) return std::nullopt;
  return verdict.alert->note->value;
}

std::string code_of(const std::string& bytes, std::optional<std::string_view> declared = {}) {
  return validate(bytes, declared, sample::noon).code();
}

struct Encoding {
  const char* name;
  const char* iconv_name;
  std::string note;
  std::string mark = {};
};

// ①, 髙 and ～ are what tells CP932 and EUC-JP-MS from the standard's Shift_JIS and EUC-JP.
const Encoding encodings[] = {
    {"UTF-8", "UTF-8", "避難①髙橋～😀"},
    {"utf-8", "UTF-8", "避難①髙橋～😀", "\xEF\xBB\xBF"},
    {"UTF-16", "UTF-16LE", "避難①髙橋～😀", "\xFF\xFE"},
    {"UTF-16", "UTF-16BE", "避難①髙橋～😀", "\xFE\xFF"},
    {"UTF-16", "UTF-16LE", "避難①髙橋～😀"},
    {"UTF-16BE", "UTF-16BE", "避難①髙橋～😀"},
    {"ISO-8859-1", "ISO-8859-1", "évacuation à Gävle"},
    {"Shift_JIS", "CP932", "避難①髙橋～ｱ"},
    {"Windows-31J", "CP932", "避難①髙橋～ｱ"},
    {"EUC-JP", "EUC-JP-MS", "避難①髙橋～ｱ"},
};

TEST(Charset, EveryCharsetIsReadForWhatItSays) {
  for (const auto& encoding : encodings) {
    const auto bytes =
        encoding.mark + encoded(declaring(encoding.name, encoding.note), encoding.iconv_name);
    EXPECT_EQ(note_of(validate(bytes, std::nullopt, sample::noon)), encoding.note) << encoding.name;
    EXPECT_EQ(note_of(validate(bytes, encoding.name, sample::noon)), encoding.note)
        << encoding.name;
  }
}

TEST(Charset, UndeclaredIsUtf8OrUtf16) {
  const auto document = sample::document("<note>é</note>");
  EXPECT_EQ(note_of(validate(document, std::nullopt, 0)), "é");
  EXPECT_EQ(note_of(validate(encoded(document, "UTF-16LE"), std::nullopt, 0)), "é");
  EXPECT_EQ(note_of(validate(encoded(document, "UTF-16BE"), "utf-16", 0)), "é");
}

TEST(Charset, LaterDeclarationsDoNotHideTheEncoding) {
  const auto text = "<?xml version = '1.0'\n encoding = 'Shift_JIS' standalone='yes' ?>" +
                    sample::document("<note>表示</note>");
  EXPECT_EQ(note_of(validate(encoded(text, "CP932"), std::nullopt, 0)), "表示");
}

TEST(Charset, ContentTypeMustAgreeWithTheDocument) {
  const auto shift_jis = encoded(declaring("Shift_JIS", "避難"), "CP932");
  EXPECT_EQ(code_of(shift_jis, "x-sjis"), "alert.invalid");
  EXPECT_EQ(code_of(shift_jis, "utf-8"), "xml.encoding");
  EXPECT_EQ(code_of(shift_jis, "klingon"), "xml.encoding");
  EXPECT_EQ(code_of(sample::document(""), "UTF-8"), "alert.invalid");
  EXPECT_EQ(code_of(sample::document(""), "Shift_JIS"), "xml.encoding");
  EXPECT_EQ(code_of(encoded(sample::document(""), "UTF-16LE"), "utf-16be"), "xml.encoding");
}

TEST(Charset, ContradictionsAreRefused) {
  EXPECT_EQ(code_of("\xEF\xBB\xBF" + declaring("Shift_JIS", "a")), "xml.encoding");
  EXPECT_EQ(code_of(declaring("UTF-16", "a")), "xml.encoding");
  EXPECT_EQ(code_of("\xFF\xFE" + encoded(declaring("UTF-8", "a"), "UTF-16LE")), "xml.encoding");
  EXPECT_EQ(code_of(encoded(declaring("UTF-16BE", "a"), "UTF-16LE")), "xml.encoding");
  EXPECT_EQ(code_of(declaring("EBCDIC-CP-FR", "a")), "xml.encoding");
  EXPECT_EQ(code_of(declaring("ISO-2022-JP", "a")), "xml.encoding");
}

TEST(Charset, BrokenBytesAreRefusedWhereTheyStand) {
  // A lone continuation byte, an overlong slash, a surrogate, beyond U+10FFFF, a cut sequence.
  for (const auto& fault :
       {"\x80"s, "\xC0\xAF"s, "\xED\xA0\x80"s, "\xF4\x90\x80\x80"s, "\xE3\x81"s}) {
    const auto verdict = validate(sample::document("<note>\n避" + fault + "</note>"), {}, 0);
    ASSERT_EQ(verdict.code(), "xml.encoding");
    EXPECT_EQ(verdict.findings[0].line, 2U);
    EXPECT_EQ(verdict.findings[0].column, 2U);
  }
  EXPECT_EQ(code_of(declaring("Shift_JIS", "\x81")), "xml.encoding");
  EXPECT_EQ(code_of(declaring("EUC-JP", "\xFF")), "xml.encoding");
  EXPECT_EQ(code_of("\xFF\xFE<"s), "xml.encoding");
  EXPECT_EQ(code_of("\xFF\xFE"s + encoded(sample::document("<note>"), "UTF-16LE") + "\x00\xD8"s),
            "xml.encoding");
}

// As the table at the top of charset.cpp has them, and in any case.
TEST(Charset, IsKnownByItsNamesAndAliases) {
  const std::pair<const char*, std::vector<std::string>> names[] = {
      {"ISO-8859-1", {"ISO-8859-1", "iso_8859-1", "Latin1"}},
      {"CP932",
       {"Shift_JIS", "SHIFT-JIS", "sjis", "x-sjis", "MS_Kanji", "csShiftJIS", "Windows-31J",
        "CP932"}},
      {"EUC-JP-MS", {"EUC-JP", "eucjp", "x-euc-jp", "EUC-JP-MS", "eucJP-ms"}},
      {"UTF-8", {"UTF-8", "utf8"}},
  };
  for (const auto& [iconv_name, aliases] : names)
    for (const auto& alias : aliases) {
      const std::string note = iconv_name == "ISO-8859-1"s ? "à" : "避難";
      EXPECT_EQ(note_of(validate(encoded(declaring(alias, note), iconv_name), alias, 0)), note)
          << alias;
    }
  for (const auto* other : {"ISO-2022-JP", "ISO-8859-15", "windows-1252", "US-ASCII", "UTF-7",
                            "UTF-32", "GB18030", "EUC-KR", ""})
    EXPECT_EQ(code_of(declaring(other, "a")), "xml.encoding") << other;
}

// What NEC and IBM added, one of each row: circled digits, ㈱, the ladder-shaped 髙, 﨑, small
// Roman numerals; and the characters whose place in Unicode vendors dispute.
TEST(Charset, VendorsCharactersAreThoseOfWindows) {
  const std::pair<std::string, const char*> cp932[] = {
      {"\x87\x40", "①"},  {"\x87\x8A", "㈱"}, {"\xFB\xFC", "髙"}, {"\xEE\xE0", "髙"},
      {"\xFA\xB1", "﨑"}, {"\xED\x95", "﨑"}, {"\xFA\x40", "ⅰ"},  {"\xEE\xEF", "ⅰ"},
      {"\x81\x60", "～"}, {"\x81\x7C", "－"}, {"\x81\x61", "∥"},  {"\x81\x91", "￠"},
      {"\xB1", "ｱ"},      {"\x5C", "\\"},     {"\x7E", "~"},
  };
  for (const auto& [bytes, text] : cp932)
    EXPECT_EQ(note_of(validate(declaring("Shift_JIS", bytes), {}, 0)), text) << text;
  const std::pair<std::string, const char*> euc[] = {
      {"\xAD\xA1", "①"}, {"\xAD\xEA", "㈱"}, {"\xA1\xC1", "～"},     {"\xA1\xDD", "－"},
      {"\x8E\xB1", "ｱ"}, {"\\", "\\"},       {"\x8F\xB0\xA1", "丂"},
  };
  for (const auto& [bytes, text] : euc)
    EXPECT_EQ(note_of(validate(declaring("EUC-JP", bytes), {}, 0)), text) << text;
  for (const std::string ibm : {"髙", "﨑", "ⅰ"}) {  // in three bytes
    const auto bytes = encoded(ibm, "EUC-JP-MS");
    EXPECT_TRUE(bytes.size() == 3 && bytes.starts_with('\x8F')) << ibm;
    EXPECT_EQ(note_of(validate(declaring("EUC-JP", bytes), {}, 0)), ibm);
  }
}

// What the standard's tables made of the wave dash and the yen sign is written as UTF-8 only.
TEST(Charset, TheOtherHalfOfADisputedPairIsKeptApart) {
  for (const auto* text : {"〜", "～", "¥", "\\", "‖", "∥", "−", "－", "‾"})
    EXPECT_EQ(note_of(validate(declaring("UTF-8", text), {}, 0)), text);
}

// Bytes of one charset under the name of another, where they show it: in Shift_JIS and in
// ISO-8859-1 nearly any bytes are characters.
TEST(Charset, WhatIsWrittenInAnotherCharsetThanDeclaredIsRefused) {
  struct Mixed {
    const char* said;
    const char* written;
    const char* text;
  };
  const Mixed mixed[] = {
      {"UTF-8", "CP932", "避難"},        {"UTF-8", "EUC-JP-MS", "避難"},
      {"UTF-8", "ISO-8859-1", "é"},      {"EUC-JP", "CP932", "避難"},
      {"EUC-JP", "UTF-8", "避難"},       {"UTF-16", "CP932", "避難"},
      {"UTF-16LE", "EUC-JP-MS", "避難"}, {"Shift_JIS", "UTF-16LE", "避"},
      {"EUC-JP", "UTF-16BE", "避"},
  };
  for (const auto& [said, written, text] : mixed)
    EXPECT_EQ(code_of(encoded(declaring(said, text), written)), "xml.encoding")
        << said << " " << written;
  for (const auto* written : {"CP932", "EUC-JP-MS"})
    EXPECT_EQ(code_of(encoded(sample::document("<note>避難</note>"), written)), "xml.encoding")
        << "undeclared " << written;
}

TEST(Charset, AMarkStandsOnceAndAgreesWithEverything) {
  const auto utf_8 = declaring("UTF-8", "a");
  EXPECT_EQ(code_of("\xEF\xBB\xBF" + utf_8), "alert.invalid");
  EXPECT_EQ(code_of("\xEF\xBB\xBF\xEF\xBB\xBF" + utf_8), "xml.malformed");
  EXPECT_EQ(code_of("\xEF\xBB\xBF" + utf_8, "Shift_JIS"), "xml.encoding");
  const auto little = encoded(declaring("UTF-16", "a"), "UTF-16LE");
  const auto big = encoded(declaring("UTF-16", "a"), "UTF-16BE");
  EXPECT_EQ(code_of(little), "alert.invalid");
  EXPECT_EQ(code_of(big), "alert.invalid");
  EXPECT_EQ(code_of("\xFE\xFF" + little), "xml.malformed") << "the mark of the other order";
  EXPECT_EQ(code_of("\xFF\xFE" + big), "xml.malformed");
  EXPECT_EQ(code_of("\xFF\xFE" + little, "utf-16le"), "alert.invalid");
  EXPECT_EQ(code_of("\xFF\xFE" + little, "utf-16be"), "xml.encoding");
  EXPECT_EQ(code_of("\xFF\xFE"s + "\xFF\xFE" + little), "xml.malformed");
}

TEST(Charset, CutCharactersAreRefusedWhereverTheyAreCut) {
  struct Cut {
    const char* charset;
    std::string bytes;  // of a character, without its end
  };
  const Cut cuts[] = {
      {"UTF-8", "\xE9"},  {"UTF-8", "\xE9\x81"},  {"UTF-8", "\xF0\x9F\x98"}, {"Shift_JIS", "\x94"},
      {"EUC-JP", "\xC8"}, {"EUC-JP", "\x8F\xB0"}, {"EUC-JP", "\x8E"},
  };
  for (const auto& cut : cuts) {
    const auto whole = declaring(cut.charset, "a");
    EXPECT_EQ(code_of(whole + cut.bytes), "xml.encoding") << cut.charset << " at the end";
    EXPECT_NE(code_of(declaring(cut.charset, cut.bytes)), "alert.invalid")
        << cut.charset << " in the middle";
  }
  for (const auto* charset : {"UTF-16LE", "UTF-16BE"}) {
    const auto whole = encoded(declaring("UTF-16", "避"), charset);
    EXPECT_EQ(code_of(whole), "alert.invalid");
    EXPECT_EQ(code_of(whole + "\n"), "xml.encoding") << "half a unit";
    const bool little = charset == "UTF-16LE"s;
    for (const int half : {0xD8, 0xDC})  // a high surrogate, then a low one, alone
      EXPECT_EQ(
          code_of(whole +
                  (little ? "\0"s + static_cast<char>(half) : static_cast<char>(half) + "\0"s) +
                  encoded("\n", charset)),
          "xml.encoding");
  }
}

TEST(Charset, NulIsNoCharacterInAnyCharset) {
  for (const auto* charset : {"UTF-8", "ISO-8859-1", "Shift_JIS", "EUC-JP"})
    EXPECT_EQ(code_of(declaring(charset, "a\0b"s)), "xml.malformed") << charset;
  for (const auto* charset : {"UTF-16LE", "UTF-16BE"}) {
    auto document = encoded(declaring("UTF-16", "a"), charset);
    EXPECT_EQ(code_of(document + "\0\0"s), "xml.malformed") << charset;
  }
}

TEST(Charset, LineEndsBecomeLineFeeds) {
  const auto verdict = validate(sample::document("<note>a\r\nb\rc&#13;\n</note>"), {}, 0);
  EXPECT_EQ(note_of(verdict), "a\nb\nc\r\n");
}

}  // namespace
}  // namespace noroshi::cap
