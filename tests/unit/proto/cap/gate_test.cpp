#include <gtest/gtest.h>

#include <chrono>

#include "proto/cap/limits.hpp"
#include "proto/cap/writer.hpp"
#include "sample.hpp"

namespace noroshi::cap {
namespace {

using std::string_literals::operator""s;

Verdict verdict_of(std::string_view bytes) { return validate(bytes, std::nullopt, sample::noon); }

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(Gate, RefusesWhatIsNotWellFormed) {
  const auto sound = write(sample::acceptable());
  ASSERT_TRUE(verdict_of(sound).accepted());
  const std::string faults[] = {
      "",
      " ",
      "plain text",
      "<alert",
      sound + sound,
      sound + "text",
      "text" + sound,
      sound + "\0"s,
      " " + sound,
      sample::document("<note a='1' a='2'/>"),
      sample::document("<note xmlns:a='u' xmlns:b='u' a:x='1' b:x='2'/>"),
      sample::document("<note>a\0b</note>"s),
      sample::document("<note>\x01</note>"),
      sample::document("<note>\xEF\xBF\xBF</note>"),
      sample::document("<note>&#0;</note>"),
      sample::document("<note>&#xD800;</note>"),
      sample::document("<note>&nbsp;</note>"),
      sample::document("<note>a & b</note>"),
      sample::document("<note>]]></note>"),
      sample::document("<note><!-- a -- b --></note>"),
      sample::document("<note></Note>"),
      sample::document("<note a=1/>"),
      sample::document("<note a='<'/>"),
      sample::document("<p:note/>"),
      sample::document("<note p:a='1'/>"),
      sample::document("<note xmlns:p=''/>"),
      sample::document("<a:b:c xmlns:a='u'/>"),
      sample::document("<?xml version='1.0'?>"),
      "<?xml version='1.1'?>" + sample::document(""),
      "<?xml version='1.0' standalone='maybe'?>" + sample::document(""),
      "<?xml version='1.0' standalone='yes' encoding='UTF-8'?>" + sample::document(""),
      "<?xml encoding='UTF-8'?>" + sample::document(""),
  };
  for (const auto& fault : faults) EXPECT_EQ(verdict_of(fault).code(), "xml.malformed") << fault;
}

TEST(Gate, SaysWhereItStoppedUnderstanding) {
  const auto verdict = verdict_of(sample::document("\n<note>避難</note>\n<note>避</noto>"));
  ASSERT_EQ(verdict.findings.size(), 1U);
  EXPECT_EQ(verdict.findings[0].line, 3U);
  EXPECT_GE(verdict.findings[0].column, 10U);
  EXPECT_LE(verdict.findings[0].column, 15U);
  EXPECT_FALSE(verdict.alert);
}

TEST(Gate, RefusesEveryDoctype) {
  const std::string rest = sample::document("<note>&a;</note>");
  for (const auto& doctype : {"<!DOCTYPE alert>", "<!DOCTYPE alert SYSTEM 'file:///etc/hostname'>",
                              "<!DOCTYPE alert PUBLIC 'a' 'http://127.0.0.1:9/a.dtd'>",
                              "<!DOCTYPE alert [<!ENTITY a 'b'>]>",
                              "<!DOCTYPE alert [<!ENTITY % p SYSTEM 'file:///etc/hostname'> %p;]>",
                              "<!DOCTYPE alert [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]>"})
    EXPECT_EQ(verdict_of(doctype + rest).code(), "xml.doctype") << doctype;
}

TEST(Gate, RefusesInclusion) {
  const auto verdict = verdict_of(sample::document(
      "<i:include xmlns:i='http://www.w3.org/2001/XInclude' href='file:///etc/hostname'/>"));
  EXPECT_EQ(sample::broken(verdict), std::vector<std::string>{"cap.R002"});
  EXPECT_EQ(verdict.code(), "alert.invalid");
}

TEST(Gate, TakesTwoMebibytesAndNoMore) {
  auto document = write(sample::acceptable());
  document.append(document_bytes_max - document.size(), '\n');
  EXPECT_TRUE(verdict_of(document).accepted());
  EXPECT_EQ(verdict_of(document + "\n").code(), "too-large");
}

TEST(Gate, NestsToSixtyFourAndNoDeeper) {
  const auto nested = [](std::size_t depth) {
    return sample::document(repeated("<a>", depth - 1) + repeated("</a>", depth - 1));
  };
  EXPECT_EQ(verdict_of(nested(depth_max)).code(), "alert.invalid");
  EXPECT_EQ(verdict_of(nested(depth_max + 1)).code(), "xml.depth");
}

TEST(Gate, StopsANestingBombWhereTheBoundIs) {
  const auto verdict = verdict_of(sample::document("\n" + repeated("<a>", 600'000)));
  EXPECT_EQ(verdict.code(), "xml.depth") << "not malformed: its end was never looked at";
  EXPECT_EQ(verdict.findings.at(0).line, 2U);
  EXPECT_EQ(verdict_of(repeated("<a>", 1'000'000)).code(), "too-large");
}

TEST(Gate, CountsNodes) {
  // alert, its namespace, note; then one comment each.
  const auto with_comments = [](std::size_t count) {
    return sample::document("<note>" + repeated("<!---->", count) + "</note>");
  };
  EXPECT_EQ(verdict_of(with_comments(nodes_max - 3)).code(), "alert.invalid");
  EXPECT_EQ(verdict_of(with_comments(nodes_max - 2)).code(), "too-large");
}

TEST(Gate, CountsAttributesAndNamespaces) {
  const auto many = [](std::string_view start, std::size_t count) {
    std::string attributes;
    for (std::size_t i = 0; i < count; ++i)
      attributes += " " + std::string(start) + std::to_string(i) + "='u'";
    return sample::document("<note" + attributes + "/>");
  };
  EXPECT_EQ(verdict_of(many("a", element_attributes_max)).code(), "alert.invalid");
  EXPECT_EQ(verdict_of(many("a", element_attributes_max + 1)).code(), "too-large");
  EXPECT_EQ(
      verdict_of(sample::document(repeated("<note xmlns:a='u'/>", namespaces_max - 1))).code(),
      "alert.invalid");
  EXPECT_EQ(verdict_of(sample::document(repeated("<note xmlns:a='u'/>", namespaces_max))).code(),
            "too-large");
}

TEST(Gate, CountsNames) {
  // alert, xmlns and its namespace are names too.
  const auto many = [](std::size_t count) {
    std::string elements;
    for (std::size_t i = 0; i < count; ++i) elements += "<n" + std::to_string(i) + "/>";
    return sample::document(elements);
  };
  EXPECT_EQ(verdict_of(many(names_max - 100)).code(), "alert.invalid");
  EXPECT_EQ(verdict_of(many(names_max + 1)).code(), "too-large");
  EXPECT_EQ(sample::broken(verdict_of(many(names_max + 1))), std::vector<std::string>{"cap.R002"});
}

TEST(Gate, CountsInfos) {
  Alert alert = sample::acceptable();
  alert.info[0].resource.clear();
  alert.info[0].area.clear();
  alert.info.resize(infos_max, alert.info[0]);
  EXPECT_EQ(sample::broken(alert), std::vector<std::string>{});
  alert.info.push_back(alert.info[0]);
  EXPECT_EQ(sample::broken(alert), std::vector<std::string>{"cap.R002"});
}

// Each of these is as large as allowed and made to cost the square of its size somewhere.
TEST(Gate, HostileShapesCostNoMoreThanTheirSize) {
  std::string attributes;
  for (int i = 0; i < 150'000; ++i) attributes += " a" + std::to_string(i) + "=''";
  std::string names;
  for (int i = 0; i < 180'000; ++i) names += "<a" + std::to_string(i) + "/>";
  const std::string hostile[] = {
      "<alert" + attributes + "/>",
      sample::document(repeated("<x/>", 199'000)),
      sample::document(repeated("<info/>", 199'000)),
      sample::document("<info>" + repeated("<area/>", 199'000) + "</info>"),
      sample::document(names),
      sample::document(repeated("<note>a</note>", 60'000)),
      sample::document("<references>" + repeated("a,b,c ", 300'000) + "</references>"),
      sample::document("<note>" + repeated("&amp;", 400'000) + "</note>"),
      sample::document("<note>" + repeated("&lt;b", 400'000) + "</note>"),
      sample::document("<note>" + repeated("<![CDATA[", 1) + repeated("<", 2'000'000) +
                       "]]></note>"),
  };
  const auto start = std::chrono::steady_clock::now();
  for (const auto& document : hostile) EXPECT_FALSE(verdict_of(document).accepted());
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

TEST(Gate, DoesNotTellTheRootFromItsPrefix) {
  auto document = write(sample::acceptable());
  for (auto at = document.find('<'); at != std::string::npos; at = document.find('<', at + 1)) {
    if (document[at + 1] == '?') continue;
    document.insert(document[at + 1] == '/' ? at + 2 : at + 1, "cap:");
  }
  document.insert(document.find("xmlns") + 5, ":cap");
  const auto verdict = verdict_of(document);
  EXPECT_EQ(sample::broken(verdict), std::vector<std::string>{});
  EXPECT_EQ(verdict.alert, sample::acceptable());
}

}  // namespace
}  // namespace noroshi::cap
