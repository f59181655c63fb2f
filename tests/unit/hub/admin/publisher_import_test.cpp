#include "hub/admin/publisher_import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/admin/exit_code.hpp"
#include "hub/admin/publisher_list.hpp"
#include "hub/admission/alert_judge.hpp"

namespace noroshi::admin {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string good =
    "\"団体コード\",\"都道府県名\n(漢字)\",\"市区町村名\n(漢字)\",\"ｶﾅ\",\"ｶﾅ\"\r\n"
    "360007,徳島県,,ﾄｸｼﾏｹﾝ,\r\n"
    "362018,徳島県,徳島市,ﾄｸｼﾏｹﾝ,ﾄｸｼﾏｼ\r\n"
    "\r\n"
    "36202,徳島県,\"鳴門市\",ﾄｸｼﾏｹﾝ,ﾅﾙﾄｼ";

PublisherList read(const std::string& text) { return read_publisher_list(text, Language::english); }

TEST(PublisherList, IsReadWithHeaderQuotesAndByteOrderMark) {
  for (const auto& text : {good, "\xEF\xBB\xBF" + good, good.substr(good.find("360007"))}) {
    const auto list = read(text);
    EXPECT_TRUE(list.problems.empty()) << list.problems.front().why;
    EXPECT_THAT(list.publishers, ElementsAre(ListedPublisher{"360007", "徳島県"},
                                             ListedPublisher{"362018", "徳島市"},
                                             ListedPublisher{"362026", "鳴門市"}));
  }
}

TEST(PublisherList, IsReadAsSpreadsheetsWriteIt) {
  const auto list = read("362018,\x93\xBF\x93\x87\x8C\xA7,\x93\xBF\x93\x87\x8E\x73\r\n");  // CP932
  EXPECT_TRUE(list.problems.empty());
  EXPECT_THAT(list.publishers, ElementsAre(ListedPublisher{"362018", "徳島市"}));
}

TEST(PublisherList, EachBadRowIsNamedWithItsPlace) {
  const auto list = read(good +
                         "\n362019,徳島県,徳島市\n362034,,小松島市\n362042,徳島県,\n"
                         "362018,徳島県,徳島市\nrelay,徳島県,x\n362051,徳島県,\x1b[2J\n");
  EXPECT_EQ(list.publishers.size(), 3u);
  ASSERT_EQ(list.problems.size(), 6u);
  const std::size_t columns[] = {1, 2, 3, 1, 1, 3};
  for (std::size_t i = 0; i < list.problems.size(); ++i) {
    EXPECT_EQ(list.problems[i].line, 8 + i);
    EXPECT_EQ(list.problems[i].column, columns[i]) << list.problems[i].why;
  }
  EXPECT_THAT(list.problems[0].why, HasSubstr("362018 would be right"));
}

TEST(PublisherList, WhatIsNoTextOrTooLongIsOneProblem) {
  EXPECT_EQ(read("\xFF\xFF\xFF").problems.size(), 1u);
  std::string rows;
  for (std::size_t i = 0; i <= rows_max + 5; ++i) rows += "362018,徳島県,徳島市\n";
  EXPECT_THAT(read(rows).problems.back().why, HasSubstr(std::to_string(rows_max)));
}

class PublisherImport : public testing::Test {
 protected:
  AdminAnswer imported(const std::vector<ListedPublisher>& listed, bool dry_run = false) {
    AdminRequest request;
    request.subject = AdminRequest::Subject::publisher;
    request.action = AdminRequest::Action::import_;
    request.dry_run = dry_run;
    for (const auto& [code, name] : listed) request.listed.emplace_back(code, name);
    const auto read = read_request(to_json(request));
    EXPECT_TRUE(read);
    EXPECT_EQ(*read, request);
    auto [proposals, answer] = administer(*read, judge_.registry());
    written_ = proposals.size();
    for (const auto& proposal : proposals) {
      v1::Entry entry;
      entry.set_sequence(++head_);
      *entry.mutable_body() = proposal.body;
      judge_.apply(entry);
    }
    return answer;
  }

  admission::AlertJudge judge_;
  journal::Sequence head_ = 0;
  std::size_t written_ = 0;
};

TEST_F(PublisherImport, RegistersForTheirOwnAreaAndMayNotYetSend) {
  const auto answer = imported({{"360007", "徳島県"}, {"362018", "徳島市"}});
  EXPECT_EQ(answer.exit_code, exit_code::ok);
  EXPECT_EQ(written_, 2u);
  EXPECT_THAT(judge_.registry().publisher("360007")->areas, ElementsAre("36"));
  EXPECT_TRUE(judge_.registry().publisher("362018")->senders.empty());
}

TEST_F(PublisherImport, AgainWritesNothingAndARenamingKeepsTheRest) {
  v1::Entry known;
  known.set_sequence(++head_);
  auto& registered = *known.mutable_body()->mutable_publisher_registered();
  registered.set_code("362018");
  registered.set_name("徳島市役所");
  registered.add_senders("city.tokushima.lg.jp");
  registered.set_suspended(true);
  judge_.apply(known);
  EXPECT_EQ(imported({{"362018", "徳島市"}}).json,
            "{\"added\":0,\"renamed\":1,\"unchanged\":0,\"dry_run\":false}\n");
  EXPECT_TRUE(judge_.registry().publisher("362018")->suspended);
  EXPECT_TRUE(judge_.registry().publisher("362018")->may_send_as("city.tokushima.lg.jp"));
  imported({{"362018", "徳島市"}});
  EXPECT_EQ(written_, 0u);
}

TEST_F(PublisherImport, ADryRunWritesNothing) {
  EXPECT_THAT(imported({{"362018", "徳島市"}}, true).note, HasSubstr("1"));
  EXPECT_EQ(written_, 0u);
  EXPECT_EQ(judge_.registry().publisher("362018"), nullptr);
}

}  // namespace
}  // namespace noroshi::admin
