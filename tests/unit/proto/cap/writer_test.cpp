#include "proto/cap/writer.hpp"

#include "sample.hpp"

namespace noroshi::cap {
namespace {

std::optional<Alert> read_back(const Alert& alert) {
  return validate(write(alert), "utf-8", sample::noon).alert;
}

TEST(Writer, WhatIsWrittenReadsBackEqual) {
  Alert alert = sample::acceptable();
  EXPECT_EQ(read_back(alert), alert);
  alert.info.push_back(alert.info[0]);
  alert.info[1].area.clear();
  alert.info[1].language = "en";
  alert.note.reset();
  EXPECT_EQ(read_back(alert), alert);
}

TEST(Writer, EveryKindOfTextSurvives) {
  for (const auto* text :
       {"", " ", "<b>&amp;</b>", "]]>", "\"'", "a\r\nb\rc\n", "\t 避難 😀 ", "&#0;"}) {
    Alert alert = sample::acceptable();
    alert.note = text;
    alert.info[0].parameter[0].value = text;
    EXPECT_EQ(read_back(alert), alert) << text;
  }
}

TEST(Writer, AnEmptyAlertIsWrittenAndRefused) {
  EXPECT_EQ(read_back(Alert{}), Alert{});
  EXPECT_FALSE(validate(write(Alert{}), {}, 0).accepted());
}

TEST(Writer, WhatXmlCannotCarryBecomesAReplacementCharacter) {
  Alert alert = sample::acceptable();
  alert.note = std::string("a\0b\x1B\xFF\xEF\xBF\xBF", 8);
  EXPECT_EQ(read_back(alert)->note, "a\uFFFDb\uFFFD\uFFFD\uFFFD");
}

TEST(Writer, PlacesAreNoPartOfWhatAnAlertSays) {
  Alert alert = sample::acceptable();
  alert.sent.place = {9, 9};
  EXPECT_EQ(alert, sample::acceptable());
  alert.sent.value += " ";
  EXPECT_NE(alert, sample::acceptable());
}

}  // namespace
}  // namespace noroshi::cap
