// How an order lives (ops/docs/profile.md, "Behaviour", 1 to 4): each test is a short history.
#include "hub/admission/life.hpp"

#include <gtest/gtest.h>

#include "tests/unit/hub/admission/story.hpp"

namespace noroshi::admission {
namespace {

const std::string kawauchi = "362018:kawauchi";
const std::string ojin = "362018:ojin";
const std::string kokufu = "362018:kokufu";
const std::string whole_city = "362018:*";

class Life : public testing::Test {
 protected:
  Life() { story_.send(Order("a1", "A", 1).issue(evac(4, {kawauchi, ojin}))); }
  // Revision 2 of what stands.
  static Order second() { return Order("a2", "A", 2).updates({"a1"}); }

  Story story_;
};

TEST_F(Life, AForgottenLiftIsRefused) {
  EXPECT_EQ(story_.tell(second().issue(evac(4, {kawauchi}))),
            "alert.invalid life.uncovered 362018:ojin");
  EXPECT_EQ(story_.tell(second()),
            "alert.invalid life.uncovered 362018:kawauchi life.uncovered 362018:ojin");
  EXPECT_EQ(story_.tell(second().issue(evac(4, {kawauchi})).lift(evac(4, {ojin}))), "ok");
}

TEST_F(Life, ALiftIsListedOnceAndNoMore) {
  ASSERT_EQ(story_.send(second().issue(evac(4, {kawauchi})).lift(evac(4, {ojin}))), "ok");
  EXPECT_EQ(story_.tell(Order("a3", "A", 3).updates({"a2"}).issue(evac(4, {kawauchi}))), "ok");
}

TEST_F(Life, ANamedDistrictBeatsTheWholeMunicipality) {
  EXPECT_EQ(story_.send(second().issue(evac(4, {kawauchi})).lift(evac(4, {whole_city}))), "ok")
      << "the rest is lifted";
  EXPECT_EQ(story_.tell(Order("a3", "A", 3).updates({"a2"}).issue(evac(5, {kawauchi}))), "ok");
}

TEST_F(Life, TheWholeMunicipalityCoversItsDistrictsAndNotTheOtherWayRound) {
  ASSERT_EQ(story_.send(second().issue(evac(4, {whole_city}))), "ok");
  EXPECT_EQ(story_.tell(Order("a3", "A", 3).updates({"a2"}).issue(evac(4, {kawauchi, ojin}))),
            "alert.invalid life.uncovered 362018:*");
  EXPECT_EQ(story_.tell(Order("a3", "A", 3)
                            .updates({"a2"})
                            .issue(evac(4, {kawauchi, ojin}))
                            .lift(evac(4, {whole_city}))),
            "ok")
      << "coarse first, refined later";
}

TEST_F(Life, AnotherMunicipalityIsNotCovered) {
  EXPECT_EQ(story_.tell(second().issue(evac(4, {"362026:*"}))),
            "alert.invalid life.uncovered 362018:kawauchi life.uncovered 362018:ojin");
}

TEST_F(Life, ADesignatedCityCoversItsWards) {
  ASSERT_EQ(story_.send(Order("b1", "B", 1).issue(evac(3, {"141011:a"}))), "ok");
  EXPECT_EQ(story_.tell(Order("b2", "B", 2).updates({"b1"}).issue(evac(3, {"141003:*"}))), "ok");
}

TEST_F(Life, WithARegisterAllDistrictsAreTheWholeAndAGroupIsItsMembers) {
  story_.register_districts("362018", {"kawauchi", "ojin"}, "yoshino");
  ASSERT_EQ(story_.send(second().issue(evac(4, {whole_city}))), "ok");
  EXPECT_EQ(story_.tell(Order("a3", "A", 3).updates({"a2"}).issue(evac(4, {kawauchi, ojin}))),
            "ok");
  EXPECT_EQ(story_.tell(Order("a3", "A", 3).updates({"a2"}).issue(evac(4, {"362018:yoshino"}))),
            "ok");
}

TEST_F(Life, ALevelRisesInPlaceAndFallsInPlace) {
  ASSERT_EQ(story_.send(second().issue(evac(5, {kawauchi})).issue(evac(4, {ojin}))), "ok");
  ASSERT_EQ(story_.send(Order("a3", "A", 3).updates({"a2"}).issue(evac(5, {kawauchi, ojin}))),
            "ok");
  EXPECT_EQ(story_.send(Order("a4", "A", 4).updates({"a3"}).issue(evac(3, {kawauchi, ojin}))),
            "ok");
}

TEST_F(Life, AnotherDangerLeftOutWhereOneIsStillOrderedWantsConfirming) {
  ASSERT_EQ(story_.send(second()
                            .issue(evac(4, {kawauchi, ojin}))
                            .issue({"evac.l3", {kawauchi}, "landslide"})
                            .issue({"evac.zone", {ojin}})),
            "ok");
  EXPECT_EQ(story_.tell(Order("a3", "A", 3).updates({"a2"}).issue(evac(4, {kawauchi, ojin}))),
            "ok ? life.hazard 362018:kawauchi ? life.hazard 362018:ojin");
  EXPECT_EQ(story_.tell(Order("a3", "A", 3)
                            .updates({"a2"})
                            .issue(evac(4, {kawauchi, ojin}))
                            .lift({"evac.l3", {kawauchi}, ""})
                            .lift({"evac.zone", {ojin}})),
            "ok");
}

TEST_F(Life, TheNewestRevisionIsReferredToOrTheUpdateIsStale) {
  ASSERT_EQ(story_.send(second().issue(evac(4, {kawauchi, ojin}))), "ok");
  const auto third = [] { return Order("a3", "A", 3).issue(evac(4, {kawauchi, ojin})); };
  EXPECT_EQ(story_.tell(third().updates({"a1"})), "alert.stale life.stale a2");
  EXPECT_EQ(story_.tell(third()), "alert.stale life.stale a2") << "an Alert that refers to nothing";
  EXPECT_EQ(story_.tell(third().updates({"a1", "a2"})), "ok");
  EXPECT_EQ(story_.tell(third().updates({"a2", "a1"})), "ok");
  EXPECT_EQ(story_.tell(third().updates({"a2"})), "ok");
  EXPECT_EQ(story_.tell(third().updates({"a2", "lost"})), "ok");
}

TEST_F(Life, RevisionsGrow) {
  EXPECT_EQ(story_.tell(Order("a2", "A", 1).updates({"a1"}).issue(evac(4, {kawauchi, ojin}))),
            "alert.invalid life.revision 1");
  EXPECT_EQ(story_.tell(Order("a2", "A", 7).updates({"a1"}).issue(evac(4, {kawauchi, ojin}))),
            "ok");
}

TEST_F(Life, ARevisionStaysInItsDocument) {
  EXPECT_EQ(story_.tell(Order("b1", "B", 1).updates({"a1"}).issue(evac(4, {kawauchi, ojin}))),
            "alert.invalid life.document A");
}

TEST_F(Life, AfterACancelANewDocumentBegins) {
  ASSERT_EQ(story_.send(Order("c", "", 0).cancels({"a1"})), "ok");
  EXPECT_EQ(story_.tell(second().issue(evac(4, {kawauchi, ojin}))),
            "alert.invalid cap.R091 a1 life.cancelled A");
  EXPECT_EQ(story_.tell(Order("a2", "A", 2).issue(evac(4, {kawauchi}))),
            "alert.invalid life.cancelled A");
  EXPECT_EQ(story_.tell(Order("b1", "B", 1).issue(evac(4, {kawauchi}))), "ok");
}

TEST_F(Life, ACancelNamesTheNewestAndSomethingKnown) {
  ASSERT_EQ(story_.send(second().issue(evac(4, {kawauchi, ojin}))), "ok");
  EXPECT_EQ(story_.tell(Order("c", "", 0).cancels({"a1"})), "alert.stale life.stale a2");
  EXPECT_EQ(story_.tell(Order("c", "", 0).cancels({"lost"})), "alert.invalid cap.R091 lost");
  ASSERT_EQ(story_.send(Order("c", "", 0).cancels({"a1", "a2"})), "ok");
  EXPECT_EQ(story_.tell(Order("d", "", 0).cancels({"a2"})), "alert.invalid cap.R091 a2");
}

TEST_F(Life, WhatCameBeforeACancelledRevisionIsNotTakenUpAgain) {
  ASSERT_EQ(story_.send(second().issue(evac(4, {kawauchi, ojin}))), "ok");
  ASSERT_EQ(story_.send(Order("c", "", 0).cancels({"a2"})), "ok");
  EXPECT_EQ(story_.tell(Order("b1", "B", 1).updates({"a1"}).issue(evac(4, {kawauchi, ojin}))),
            "alert.invalid life.cancelled a2");
}

TEST_F(Life, AnExpiredOrderCanBeLiftedAndIsNotForgotten) {
  story_.now_ms += 100 * hour_ms;
  EXPECT_EQ(story_.tell(second().issue(evac(4, {kawauchi}))),
            "alert.invalid life.uncovered 362018:ojin");
  EXPECT_EQ(story_.send(second().lift(evac(4, {whole_city}))), "ok");
  EXPECT_EQ(story_.documents().standing(story_.sequence("a2")), nullptr);
}

TEST_F(Life, WhatIsMeasuredIsForgottenOnceItHasRunOut) {
  const auto rain = [](std::vector<std::string> at) { return Said{"rain", std::move(at), ""}; };
  ASSERT_EQ(story_.send(Order("r1", "R", 1).issue(rain({kawauchi, ojin}))), "ok");
  const auto next = Order("r2", "R", 2).updates({"r1"}).issue(rain({kawauchi}));
  EXPECT_EQ(story_.tell(next), "alert.invalid life.uncovered 362018:ojin");
  story_.now_ms += 48 * hour_ms;
  EXPECT_EQ(story_.tell(next), "ok");
}

TEST_F(Life, ANoticeMayLeaveOutWhatItSaidBefore) {
  const auto notice = [](std::vector<std::string> at) {
    return Said{"notice.living", std::move(at), ""};
  };
  ASSERT_EQ(story_.send(Order("n1", "N", 1).issue(notice({kawauchi, ojin}))), "ok");
  EXPECT_EQ(story_.tell(Order("n2", "N", 2).updates({"n1"}).issue(notice({ojin}))), "ok");
}

TEST_F(Life, ASecondDocumentOverTheSameDistrictsWantsConfirming) {
  EXPECT_EQ(story_.tell(Order("b1", "B", 1).issue(evac(3, {ojin, kokufu}))),
            "ok ? life.overlap 362018:ojin");
  EXPECT_EQ(story_.tell(Order("b1", "B", 1).issue(evac(3, {whole_city}))),
            "ok ? life.overlap 362018:kawauchi ? life.overlap 362018:ojin");
  EXPECT_EQ(story_.tell(Order("b1", "B", 1).issue(evac(3, {kokufu}))), "ok");
  EXPECT_EQ(story_.tell(Order("b1", "B", 1).issue({"evac.l3", {ojin}, "landslide"})), "ok");
  EXPECT_EQ(story_.tell(Order("b1", "B", 1).issue({"shelter", {ojin}})), "ok");
  EXPECT_EQ(story_.tell(Order("b1", "B", 1).by("pref").issue(evac(3, {ojin}))), "ok");
  EXPECT_EQ(story_.tell(Order("b1", "B", 1).on("drill:x").issue(evac(3, {ojin}))), "ok");
}

TEST_F(Life, ReferencesTheHubHasNeverSeenAreTakenOnTheSendersWord) {
  EXPECT_EQ(story_.send(Order("b4", "B", 4).updates({"b3"}).issue(evac(4, {kokufu}))),
            "ok ! life.unknown");
  const auto restored = Order("a5", "A", 5).updates({"a4"}).issue(evac(4, {kawauchi}));
  EXPECT_EQ(story_.send(restored), "ok ! life.unknown ! life.uncovered");
  EXPECT_EQ(story_.documents().standing(story_.sequence("a1")), nullptr) << "a5 takes its place";
  EXPECT_EQ(story_.tell(Order("a5b", "A", 5).updates({"a4"}).issue(evac(4, {kawauchi}))),
            "alert.invalid life.revision 5 ! life.unknown")
      << "two of one revision";
}

TEST_F(Life, PlainAlertsAreReplacedOnceOnly) {
  ASSERT_EQ(story_.send(Order("p1", "", 0)), "ok");
  ASSERT_EQ(story_.send(Order("p2", "", 0).updates({"p1"})), "ok");
  EXPECT_EQ(story_.tell(Order("p3", "", 0).updates({"p1"})), "alert.stale life.stale p2");
  EXPECT_EQ(story_.tell(Order("p3", "", 0).cancels({"p1"})), "alert.stale life.stale p2");
  ASSERT_EQ(story_.send(Order("p3", "", 0).updates({"p2", "p1"})), "ok");
  EXPECT_EQ(story_.tell(Order("p4", "", 0).updates({"p1", "p2"})), "alert.stale life.stale p3");
  EXPECT_EQ(story_.tell(Order("p4", "", 0).updates({"p3"})), "ok");
}

TEST_F(Life, TwoChainsMayBecomeOne) {
  ASSERT_EQ(story_.send(Order("p1", "", 0)), "ok");
  ASSERT_EQ(story_.send(Order("q1", "", 0)), "ok");
  ASSERT_EQ(story_.send(Order("q2", "", 0).updates({"q1"})), "ok");
  EXPECT_EQ(story_.tell(Order("r", "", 0).updates({"p1", "q1"})), "alert.stale life.stale q2");
  EXPECT_EQ(story_.send(Order("r", "", 0).updates({"p1", "q2"})), "ok");
}

TEST_F(Life, AProfileOrderIsNotReplacedByAnAlertThatSaysNothingOfItsDistricts) {
  EXPECT_EQ(story_.tell(Order("p", "", 0).updates({"a1"})),
            "alert.invalid life.uncovered 362018:kawauchi life.uncovered 362018:ojin");
}

}  // namespace
}  // namespace noroshi::admission
