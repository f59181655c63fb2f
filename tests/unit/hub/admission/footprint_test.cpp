// Subscriptions with a polygon: from the document to whom it is addressed, through the judge.
#include "hub/admission/footprint.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <random>
#include <string>
#include <variant>
#include <vector>

#include "hub/admission/alert_judge.hpp"
#include "hub/admission/examine.hpp"
#include "hub/journal/reduction.hpp"
#include "tests/unit/hub/admission/credential.hpp"
#include "tests/unit/hub/drills/channels.hpp"

namespace noroshi::admission {
namespace {

using journal::Sequence;

// A square of `size` degrees, as well-known binary or as CAP writes it.
std::vector<cap::Point> square(double south, double west, double size = 0.1) {
  return {{south, west},
          {south, west + size},
          {south + size, west + size},
          {south + size, west},
          {south, west}};
}

std::string wkb(double south, double west, double size = 0.1) {
  return geometry::to_wkb(*geometry::polygon(square(south, west, size)));
}

std::string drawn(double south, double west, double size = 0.1) {
  std::string text;
  for (const auto& [latitude, longitude] : square(south, west, size))
    text += (text.empty() ? "" : " ") + std::to_string(latitude) + "," + std::to_string(longitude);
  return "<polygon>" + text + "</polygon>";
}

std::string area(const std::string& geometry) {
  return "<area><areaDesc>a</areaDesc>" + geometry +
         "<geocode><valueName>profile:CAP-JP:LGCode:0.1</valueName><value>362018</value></geocode>"
         "</area>";
}

struct Document {
  std::string identifier;
  std::string areas;
  std::string type = "Alert";
  std::string references = {};
};

std::string xml(const Document& d) {
  const auto references =
      d.references.empty() ? "" : "<references>" + d.references + "</references>";
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>)" +
         d.identifier +
         R"(</identifier><sender>city.tokushima.lg.jp</sender>
<sent>2026-11-22T03:00:00+09:00</sent><status>Actual</status><msgType>)" +
         d.type + "</msgType><scope>Public</scope>" + references +
         R"(<info><category>Infra</category><event>Outage</event>
<urgency>Immediate</urgency><severity>Severe</severity><certainty>Likely</certainty>
<eventCode><valueName>profile:CAP-JP:Event:0.1</valueName><value>outage.power</value></eventCode>)" +
         d.areas + "</info></alert>";
}

class PolygonTest : public testing::Test {
 protected:
  PolygonTest() {
    v1::EntryBody body;
    auto& publisher = *body.mutable_publisher_registered();
    publisher.set_code("362018");
    publisher.add_senders("*");
    publisher.add_areas("*");
    append(body);
    append(token_of("362018"));
  }

  void subscribe(const std::string& id, const std::string& polygon) {
    v1::EntryBody body;
    auto& registered = *body.mutable_subscriber_registered();
    registered.set_id(id);
    registered.add_areas("36");
    registered.set_polygon(polygon);
    append(body);
  }

  // Whom the alert is addressed to, having been examined, decided and appended.
  std::vector<std::string> sent(const Document& document) {
    auto bytes = std::make_shared<const std::string>(xml(document));
    auto examined =
        examine({"362018", credential_of("362018"), drills::testing::live(), bytes, std::nullopt},
                1'795'000'000'000);
    EXPECT_EQ(examined.code, "") << (examined.findings.empty() ? ""
                                                               : examined.findings.front().rule);
    const auto decision = judge_->decide(examined.proposal, head_ + 1, 0);
    const auto* accepted = std::get_if<journal::Accept>(&decision);
    if (accepted == nullptr) {
      const auto* refused = std::get_if<journal::Refuse>(&decision);
      ADD_FAILURE() << (refused == nullptr ? "known" : refused->code + " " + refused->detail);
      return {};
    }
    append(accepted->body);
    last_ = accepted->body.alert_accepted();
    std::vector<std::string> ids;
    for (const auto& [id, subscriber] : judge_->registry().subscribers())
      if (judge_->registry().addressed(subscriber, last_, head_)) ids.push_back(id);
    EXPECT_EQ(last_.subscribers(), ids.size()) << "counted at the head";
    const auto audience = judge_->registry().audience(last_, head_);
    for (const auto& [id, subscriber] : judge_->registry().subscribers())
      EXPECT_EQ(audience.includes(subscriber),
                judge_->registry().addressed(subscriber, last_, head_));
    return ids;
  }

  void append(const v1::EntryBody& body) {
    v1::Entry entry;
    entry.set_sequence(++head_);
    *entry.mutable_body() = body;
    judge_->apply(entry);
    reduction_.add(entry);
  }

  // The judge of a hub that has just been started.
  void start_anew() {
    judge_.emplace(AlertJudge::Questioning::note);
    EXPECT_TRUE(journal::for_each_reduced(reduction_.take(),
                                          [&](const auto& entry) { judge_->apply(entry); }));
  }

  std::optional<AlertJudge> judge_{std::in_place, AlertJudge::Questioning::note};
  journal::Reduction reduction_;
  Sequence head_ = 0;
  v1::AlertAccepted last_;
};

using Ids = std::vector<std::string>;

TEST_F(PolygonTest, OnlyWhatTouchesItIsAddressed) {
  subscribe("all", "");
  subscribe("north", wkb(34.2, 134));
  subscribe("south", wkb(34.0, 134));
  EXPECT_EQ(sent({"a", area(drawn(34.25, 134.05))}), (Ids{"all", "north"}));
  EXPECT_EQ(sent({"b", area(drawn(34.1, 134))}), (Ids{"all", "north", "south"})) << "borders";
  EXPECT_EQ(sent({"c", area(drawn(34.0, 134.2))}), Ids{"all"});
  EXPECT_EQ(sent({"d", area("<circle>34.35,134.05 5</circle>")}), Ids{"all"});
  EXPECT_EQ(sent({"e", area("<circle>34.35,134.05 6</circle>")}), (Ids{"all", "north"}));
  EXPECT_EQ(sent({"f", area(drawn(34.25, 134.05)) + area(drawn(34.05, 134.05))}),
            (Ids{"all", "north", "south"}));
}

TEST_F(PolygonTest, WhatIsNotDrawnInAllItsAreasIsAddressedAsBefore) {
  subscribe("north", wkb(34.2, 134));
  EXPECT_EQ(sent({"a", area("")}), Ids{"north"});
  EXPECT_EQ(sent({"b", area(drawn(34.0, 134)) + area("")}), Ids{"north"});
  EXPECT_FALSE(last_.routing(0).drawn());
  EXPECT_EQ(sent({"c", area(drawn(34.0, 134))}), Ids{});
}

TEST_F(PolygonTest, WhatCannotBeReadIsAddressed) {
  subscribe("broken", "no polygon");
  subscribe("north", wkb(34.2, 134));
  EXPECT_EQ(sent({"a", area(drawn(34.0, 134))}), Ids{"broken"});
  EXPECT_EQ(sent({"b", area("<circle>89.5,134 5</circle>")}), (Ids{"broken", "north"}))
      << "no circle on our map";
}

TEST_F(PolygonTest, AFollowUpReachesWhomeverItsReferencesReached) {
  subscribe("north", wkb(34.2, 134));
  subscribe("south", wkb(34.0, 134));
  EXPECT_EQ(sent({"a", area(drawn(34.25, 134.05))}), Ids{"north"});
  const std::string a = "city.tokushima.lg.jp,a,2026-11-22T03:00:00+09:00";
  EXPECT_EQ(sent({"b", area(drawn(34.05, 134.05)), "Update", a}), (Ids{"north", "south"}));
  const std::string b = "city.tokushima.lg.jp,b,2026-11-22T03:00:00+09:00";
  EXPECT_EQ(sent({"c", area(drawn(35, 135)), "Cancel", b}), (Ids{"north", "south"}));
}

TEST_F(PolygonTest, APolygonThatChangedUnderWayLosesNobodyTheEndOfWhatTheyShow) {
  subscribe("tv", wkb(34.2, 134));
  EXPECT_EQ(sent({"a", area(drawn(34.25, 134.05))}), Ids{"tv"});
  subscribe("tv", wkb(34.0, 134));
  const std::string a = "city.tokushima.lg.jp,a,2026-11-22T03:00:00+09:00";
  EXPECT_EQ(sent({"b", area(drawn(34.25, 134.05)), "Update", a}), Ids{"tv"});
  EXPECT_EQ(last_.routing_size(), 2) << "one part from before the change, one from after";
  EXPECT_EQ(sent({"c", area(drawn(34.25, 134.05))}), Ids{}) << "but of what is new only its own";
  subscribe("tv", "");
  EXPECT_EQ(sent({"d", area(drawn(34.25, 134.05))}), Ids{"tv"});
  EXPECT_FALSE(last_.routing(0).drawn()) << "nobody asks";
}

TEST_F(PolygonTest, AStartFromTheReducedLogForgetsNothingOfIt) {
  subscribe("north", wkb(34.2, 134));
  subscribe("south", wkb(34.0, 134));
  EXPECT_EQ(sent({"a", area(drawn(34.25, 134.05))}), Ids{"north"});
  start_anew();
  const std::string a = "city.tokushima.lg.jp,a,2026-11-22T03:00:00+09:00";
  EXPECT_EQ(sent({"b", area(drawn(35, 135)), "Cancel", a}), Ids{"north"});
  EXPECT_EQ(sent({"c", area(drawn(34.05, 134.05))}), Ids{"south"});
}

TEST_F(PolygonTest, WhomItReachesIsWhatComparingEveryPairSays) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> north(34, 35);
  std::uniform_real_distribution<double> east(134, 135);
  std::vector<std::string> polygons;
  for (int i = 10; i < 30; ++i) {
    polygons.push_back(wkb(north(random), east(random), 0.2));
    subscribe("s" + std::to_string(i), polygons.back());
  }
  for (int i = 0; i < 60; ++i) {
    const auto south = north(random);
    const auto west = east(random);
    Ids expected;
    const auto alert = *geometry::polygon(square(south, west));
    for (std::size_t j = 0; j < polygons.size(); ++j) {
      const auto polygon = *geometry::area_from_wkb(polygons[j]);
      if (GEOSIntersects_r(alert.context().handle(), alert.get(), polygon.get()) == 1)
        expected.push_back("s" + std::to_string(10 + j));
    }
    ASSERT_EQ(sent({"a" + std::to_string(i), area(drawn(south, west))}), expected);
  }
}

}  // namespace
}  // namespace noroshi::admission
