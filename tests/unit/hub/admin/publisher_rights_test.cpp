#include "hub/admin/publisher_rights.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "hub/admin/administer.hpp"
#include "hub/admin/exit_code.hpp"
#include "hub/admission/alert_judge.hpp"
#include "hub/journal/journal.hpp"
#include "proto/cap/instant.hpp"
#include "tests/unit/hub/admin/scratch_directory.hpp"

namespace noroshi::admin {
namespace {

using Action = AdminRequest::Action;
using testing::ElementsAre;
using testing::HasSubstr;

const std::int64_t now_ms = *cap::unix_milliseconds("2026-11-22T12:00:00+09:00");

constexpr auto square =
    R"({"type":"Polygon","coordinates":[[[134,34],[134.5,34],[134.5,34.5],[134,34.5],[134,34]]]})";

class PublisherRights : public ScratchDirectory {
 protected:
  PublisherRights() {
    for (const auto* code : {"362018", "360007"}) {
      auto add = request(Action::add, code);
      add.name = code;
      add.senders = {"city.tokushima.lg.jp"};
      add.token_sha256 = std::string(64, code[2]);
      EXPECT_EQ(carry_out(add).exit_code, exit_code::ok);
    }
  }
  static AdminRequest request(Action action, std::string code) {
    AdminRequest request;
    request.subject = AdminRequest::Subject::publisher;
    request.action = action;
    request.id = std::move(code);
    return request;
  }
  static AdminRequest set(RightsTerms terms) {
    auto set = request(Action::set, "362018");
    terms.now_ms = now_ms;
    set.rights = std::move(terms);
    return set;
  }
  AdminAnswer carry_out(const AdminRequest& typed) {
    const auto read = read_request(to_json(typed));  // as the running hub gets it
    EXPECT_TRUE(read);
    auto [proposals, answer] = administer(*read, judge_.registry());
    if (proposals.empty()) return answer;
    const auto outcomes = log_->append(proposals);
    EXPECT_TRUE(outcomes);
    return conclude(answer, *outcomes, typed.language);
  }
  const registry::Publisher& city() { return *judge_.registry().publisher("362018"); }
  std::string file(const std::string& text) {
    const auto path = scratch_ / "territory.geojson";
    std::ofstream(path) << text;
    return path.string();
  }

  admission::AlertJudge judge_;
  std::unique_ptr<journal::Journal> log_ =
      journal::open_memory(1, "training", judge_, [] { return now_ms; });
};

TEST_F(PublisherRights, EventsAreKeptInOneForm) {
  auto typed = request(Action::set, "362018");
  typed.events = {"outage.*", "outage.", "notice"};
  EXPECT_EQ(carry_out(typed).exit_code, exit_code::ok);
  EXPECT_THAT(city().events, ElementsAre("outage.", "notice"));
  typed.events = {"*"};
  EXPECT_EQ(carry_out(typed).exit_code, exit_code::ok);
  EXPECT_TRUE(city().events.empty());
  typed.events = {"out*"};
  EXPECT_EQ(carry_out(typed).exit_code, exit_code::usage);
}

TEST_F(PublisherRights, ATerritoryIsReadFromGeoJsonAndRemovedAgain) {
  const auto territory = territory_from(file(square), Language::english);
  ASSERT_TRUE(territory) << territory.error().detail;
  RightsTerms terms;
  terms.territory = *territory;
  EXPECT_EQ(carry_out(set(terms)).exit_code, exit_code::ok);
  ASSERT_NE(city().territory, nullptr);
  EXPECT_THAT(carry_out(request(Action::show, "362018")).data, HasSubstr("territory: registered"));
  terms.territory = "";
  EXPECT_EQ(carry_out(set(terms)).exit_code, exit_code::ok);
  EXPECT_EQ(city().territory, nullptr);
}

TEST_F(PublisherRights, AFileThatIsNoTerritoryIsNamedWithTheReason) {
  const auto point =
      territory_from(file(R"({"type":"Point","coordinates":[134,34]})"), Language::english);
  ASSERT_FALSE(point);
  EXPECT_THAT(point.error().detail, HasSubstr("territory.geojson: cannot be used as a territory"));
  EXPECT_THAT(point.error().detail, HasSubstr("neither Polygon nor MultiPolygon"));
  EXPECT_FALSE(territory_from("/nowhere.geojson", Language::japanese));
  EXPECT_FALSE(territory_from(file(""), Language::japanese));
  RightsTerms garbled;
  garbled.territory = "00ff";
  EXPECT_EQ(carry_out(set(garbled)).exit_code, exit_code::usage);
}

TEST_F(PublisherRights, AProxyRightHasAnEndWithinAYear) {
  RightsTerms terms;
  terms.proxies = {"36000:2027-03-31"};
  EXPECT_EQ(carry_out(set(terms)).exit_code, exit_code::ok);
  EXPECT_EQ(city().typed_for_until("360007"), cap::unix_milliseconds("2027-04-01T00:00:00+09:00"));
  terms.proxies = {"360007:2026-12-01T12:00:00+09:00"};
  EXPECT_EQ(carry_out(set(terms)).exit_code, exit_code::ok);
  EXPECT_EQ(city().proxies.size(), 1u) << "given again: its end changes";
  EXPECT_THAT(carry_out(request(Action::show, "362018")).data,
              HasSubstr("proxies: 360007:2026-12-01T12:00:00+09:00"));
  terms.proxies = {};
  terms.no_proxies = {"360007"};
  EXPECT_EQ(carry_out(set(terms)).exit_code, exit_code::ok);
  EXPECT_TRUE(city().proxies.empty());
  EXPECT_EQ(carry_out(set(terms)).exit_code, exit_code::not_found);
}

TEST_F(PublisherRights, AProxyRightThatCannotBeIsRefused) {
  for (const auto* typed : {"360007", "360007:", "360007:tomorrow", "360007:2026-11-21",
                            "360007:2027-11-30", "360008:2027-03-31", "362018:2027-03-31"}) {
    RightsTerms terms;
    terms.proxies = {typed};
    EXPECT_EQ(carry_out(set(terms)).exit_code, exit_code::usage) << typed;
  }
  EXPECT_TRUE(city().proxies.empty());
}

TEST_F(PublisherRights, WhateverIsSetTheRestStays) {
  RightsTerms terms;
  terms.territory = *territory_from(file(square), Language::english);
  terms.proxies = {"360007:2027-03-31"};
  terms.profile_required = true;
  auto typed = set(terms);
  typed.events = {"evac"};
  ASSERT_EQ(carry_out(typed).exit_code, exit_code::ok);
  auto renamed = request(Action::set, "362018");
  renamed.name = "徳島市役所";
  ASSERT_EQ(carry_out(renamed).exit_code, exit_code::ok);
  ASSERT_EQ(carry_out(request(Action::suspend, "362018")).exit_code, exit_code::ok);
  EXPECT_EQ(city().name, "徳島市役所");
  EXPECT_NE(city().territory, nullptr);
  EXPECT_EQ(city().proxies.size(), 1u);
  EXPECT_THAT(city().events, ElementsAre("evac"));
  EXPECT_TRUE(city().policy.profile_required());
  EXPECT_TRUE(city().suspended);
}

}  // namespace
}  // namespace noroshi::admin
