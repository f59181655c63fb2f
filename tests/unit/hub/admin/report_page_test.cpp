#include "hub/admin/report_page.hpp"

#include <gmock/gmock.h>

#include "tests/unit/hub/admin/reported_city.hpp"

namespace noroshi::admin {
namespace {

using testing::HasSubstr;
using testing::Not;
using view::Medium;
using view::Rung;

TEST(HtmlText, SaysWhatItSaidAndNoMore) {
  EXPECT_EQ(html_text("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&#39;");
  EXPECT_EQ(html_text("避難指示"), "避難指示");
  EXPECT_EQ(html_text(std::string("a\0b\x1b[31m", 8)), "ab[31m");
  EXPECT_EQ(html_text("\xff"), "\xef\xbf\xbd");
  // U+FFFE and U+FFFF are no characters of XML
  EXPECT_EQ(html_text("\xef\xbf\xbe|\xef\xbf\xbf"), "\xef\xbf\xbd|\xef\xbf\xbd");
}

TEST(PageOf, WhateverComesFromOutsideIsText) {
  const std::string hostile = "</td><script src=\"https://evil.example/x.js\">alert('1')</script>";
  auto order = reported_city::reported_order();
  order.alert.mutable_summary()->set_headline(hostile);
  order.alert.set_typed_by(hostile);
  order.alert.set_drill(hostile);
  order.ladder.publisher_name = hostile;
  order.ladder.environment = hostile;
  auto& approval = *order.alert.mutable_approval();
  approval.set_author(hostile);
  approval.set_approver(hostile);
  approval.set_break_glass_reason(hostile);
  auto tv = reported_city::rung(hostile, Rung::State::refused, 120);
  tv.name = hostile;
  tv.media = {reported_city::medium(hostile, Medium::State::refused, 0, 900)};
  tv.media.front().detail = hostile;
  order.ladder.rungs = {tv};
  auto report = reported_city::report_of(order);
  report.checkpoint += hostile;
  const auto page = page_of(report);
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("</td></td>")));
  EXPECT_THAT(page, HasSubstr("&lt;script src=&quot;https://evil.example/x.js&quot;&gt;"));
}

TEST(PageOf, NothingIsLoadedFromElsewhere) {
  auto order = reported_city::reported_order();
  order.ladder.rungs = {reported_city::rung("tv", Rung::State::delivered, 120)};
  const auto page = page_of(reported_city::report_of(order));
  for (const auto* way : {"src=", "href=", "@import", "url(", "http://", "https://"})
    EXPECT_THAT(page, Not(HasSubstr(way))) << way;
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
}

TEST(PageOf, SaysWhetherTheDocumentIsStillThere) {
  auto order = reported_city::reported_order();
  EXPECT_THAT(page_of(reported_city::report_of(order)), HasSubstr("is kept beside the log"));
  order.has_content = false;
  EXPECT_THAT(page_of(reported_city::report_of(order)), HasSubstr("was archived or erased"));
}

}  // namespace
}  // namespace noroshi::admin
