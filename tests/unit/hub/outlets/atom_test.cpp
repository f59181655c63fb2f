#include "hub/outlets/atom.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libxml/parser.h>

#include <memory>
#include <random>

#include "hub/outlets/xml_text.hpp"

namespace noroshi::outlets {
namespace {

using ::testing::HasSubstr;

v1::AlertAccepted order() {
  v1::AlertAccepted alert;
  alert.set_publisher("362018");
  alert.set_sent("2026-11-22T03:00:00+09:00");
  auto& summary = *alert.mutable_summary();
  summary.set_identifier("jp-362018-1");
  summary.set_sender("city.tokushima.lg.jp");
  summary.set_event("evac.l4");
  summary.set_level(4);
  summary.set_headline("徳島市 避難指示");
  summary.set_status("Actual");
  summary.set_message_type("Alert");
  return alert;
}

AtomFeed feed_with(const v1::AlertAccepted& alert) {
  AtomFeed feed;
  feed.base = "https://hub.example.jp:8443/v1";
  feed.updated = "2026-11-22T03:00:01+09:00";
  AtomEntry entry;
  entry.sequence = 7;
  entry.alert = &alert;
  entry.published = entry.updated = feed.updated;
  entry.publisher = "徳島市";
  feed.entries.push_back(entry);
  return feed;
}

bool is_well_formed(const std::string& text) {
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
      xmlReadMemory(text.data(), static_cast<int>(text.size()), "feed", nullptr,
                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
      xmlFreeDoc);
  return document != nullptr;
}

TEST(XmlText, WhatXmlCannotCarryIsReplacedAndMarkupIsText) {
  struct Case {
    std::string text, written;
  };
  const Case cases[] = {{"<a b=\"c\">&amp;'", "&lt;a b=&quot;c&quot;&gt;&amp;amp;&apos;"},
                        {std::string("\0\x01\x1f", 3), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
                        {"\t\n\r", "\t\n&#13;"},
                        {"\xc3\x28", "\xef\xbf\xbd("},                             // broken UTF-8
                        {"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},  // a surrogate
                        {"\xef\xbf\xbe\xef\xbf\xbf", "\xef\xbf\xbd\xef\xbf\xbd"},  // U+FFFE, U+FFFF
                        {"\xf0\x9f\x94\xa5", "\xf0\x9f\x94\xa5"}};
  for (const auto& [text, written] : cases) EXPECT_EQ(xml_text(text), written) << text;
}

TEST(Atom, AnyBytesOfADocumentGiveAWellFormedFeed) {
  const auto seed = std::random_device{}();
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> byte(0, 255);
  const auto noise = [&] {
    std::string text;
    for (int i = 0; i < 64; ++i) text += static_cast<char>(byte(random));
    return text;
  };
  for (int i = 0; i < 200; ++i) {
    auto alert = order();
    alert.set_sent(noise());
    auto& summary = *alert.mutable_summary();
    summary.set_headline(noise());
    summary.set_event(noise());
    summary.set_identifier(noise());
    summary.set_sender(noise());
    auto feed = feed_with(alert);
    feed.entries[0].publisher = noise();
    feed.entries[0].places = {{noise(), noise()}};
    feed.self = noise();
    ASSERT_TRUE(is_well_formed(atom(feed))) << "seed " << seed;
  }
}

TEST(Atom, WhatIsNoLongerTrueIsSaidInFront) {
  using Standing = AtomEntry::Standing;
  const auto alert = order();
  for (const auto& [standing, mark] :
       {std::pair(Standing::cancelled, "<title>【取消】徳島市"),
        std::pair(Standing::superseded, "<title>【更新済み】徳島市"),
        std::pair(Standing::expired, "<title>【期限切れ】徳島市"),
        std::pair(Standing::expired_unlifted, "<title>【期限切れ・未解除】徳島市"),
        std::pair(Standing::current, "<title>徳島市")}) {
    auto feed = feed_with(alert);
    feed.entries[0].standing = standing;
    EXPECT_THAT(atom(feed), HasSubstr(mark));
  }
}

TEST(Atom, ADrillSaysSoOnceWhateverItsDocumentSays) {
  for (const auto* headline : {"徳島市 避難指示", "【訓練】徳島市 避難指示"}) {
    auto alert = order();
    alert.mutable_summary()->set_headline(headline);
    auto feed = feed_with(alert);
    feed.drill = true;
    EXPECT_THAT(atom(feed), HasSubstr("<title>【訓練】徳島市 避難指示</title>"));
  }
}

TEST(Atom, WithoutAHeadlineTheTitleIsMadeOfWhatIsKnown) {
  auto alert = order();
  alert.mutable_summary()->clear_headline();
  EXPECT_THAT(atom(feed_with(alert)), HasSubstr("<title>徳島市 避難指示</title>"));
}

TEST(Atom, TheLevelNobodyKnowsIsSaidToBeUnknown) {
  auto alert = order();
  alert.mutable_summary()->set_level(255);
  auto feed = feed_with(alert);
  EXPECT_THAT(atom(feed), HasSubstr("警戒レベル不明。"));
  feed.language = cap::Language::english;
  EXPECT_THAT(atom(feed), HasSubstr("Issued by 徳島市. Warning level unknown.</summary>"));
}

TEST(Atom, AnEntryIsNamedByWhatMakesItTheSameAlertAndByNothingElse) {
  const auto id = entry_id(order());
  EXPECT_EQ(id.size(), std::string("urn:uuid:").size() + 36);
  EXPECT_EQ(id[23], '8');
  auto other = order();
  other.set_sent("2027-01-01T00:00:00+09:00");
  other.mutable_summary()->set_headline("x");
  EXPECT_EQ(entry_id(other), id);
  for (auto change : {+[](v1::AlertAccepted& a) { a.set_publisher("362026"); },
                      +[](v1::AlertAccepted& a) { a.set_drill("autumn"); },
                      +[](v1::AlertAccepted& a) { a.mutable_summary()->set_sender("x"); },
                      +[](v1::AlertAccepted& a) { a.mutable_summary()->set_identifier("x"); }}) {
    auto changed = order();
    change(changed);
    EXPECT_NE(entry_id(changed), id);
  }
}

}  // namespace
}  // namespace noroshi::outlets
