#include "hub/view/view.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <string>
#include <vector>

#include "tests/unit/hub/drills/channels.hpp"

namespace noroshi::view {
namespace {

class ViewTest : public testing::Test {
 protected:
  ViewTest() {
    directory_ = std::filesystem::temp_directory_path() /
                 ("noroshi-view-" + std::to_string(::getpid()) + "-" +
                  testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(directory_);
  }
  ~ViewTest() override { std::filesystem::remove_all(directory_); }

  v1::EntryBody& next() {
    log_.push_back(std::make_shared<journal::Stored>());
    auto& stored = const_cast<journal::Stored&>(*log_.back());
    stored.sequence = log_.size();
    stored.entry.set_sequence(stored.sequence);
    stored.entry.set_at_ms(static_cast<std::int64_t>(1000 * stored.sequence));
    return *stored.entry.mutable_body();
  }

  void add_subscriber(const std::string& id, const std::string& area) {
    auto& subscriber = *next().mutable_subscriber_registered();
    subscriber.set_id(id);
    subscriber.add_areas(area);
  }

  v1::AlertAccepted& add_alert(const std::string& identifier, const std::string& code,
                               std::uint32_t level, const std::string& type = "Alert") {
    auto& alert = *next().mutable_alert_accepted();
    drills::testing::live().mark(alert);
    alert.mutable_summary()->set_status("Actual");
    alert.mutable_summary()->set_identifier(identifier);
    alert.mutable_summary()->set_level(level);
    alert.mutable_summary()->set_message_type(type);
    alert.mutable_summary()->add_area_codes(code);
    auto& own = *alert.add_routing();
    own.set_sequence(log_.size());
    own.add_area_codes(code);
    own.add_events("evac.l" + std::to_string(level));
    own.set_level(level);
    return alert;
  }

  void add_ack(const std::string& subscriber, Sequence after, Sequence through,
               std::int64_t at_ms) {
    auto& range = *next().mutable_acks_recorded()->add_ranges();
    range.set_subscriber(subscriber);
    range.set_after(after);
    range.set_through(through);
    range.set_at_ms(at_ms);
  }

  void add_receipt(const std::string& subscriber, const std::string& id, Sequence sequence,
                   v1::Receipt::State state, const std::string& medium, std::int64_t at_ms,
                   const std::string& detail = "") {
    auto& part = *next().mutable_receipts_recorded()->add_alerts();
    part.set_sequence(sequence);
    drills::testing::live().mark(part);
    part.set_state(state);
    part.set_medium(medium);
    auto& receipt = *part.add_receipts();
    receipt.set_subscriber(subscriber);
    receipt.set_id(id);
    receipt.set_at_ms(at_ms);
    receipt.set_detail(detail);
  }

  std::unique_ptr<View> open(std::uint64_t epoch = 1) {
    registry::Registry registry;
    Cursors cursors;
    for (const auto& stored : log_) {
      registry.apply(stored->entry);
      for (const auto& range : stored->entry.body().acks_recorded().ranges())
        cursors[range.subscriber()] =
            std::max<Sequence>(cursors[range.subscriber()], range.through());
    }
    auto view = std::make_unique<View>(directory_ / "view.db", epoch, log_.size(), registry,
                                       cursors, [this] { return now_ms_; });
    replayed_ = log_.size() - view->through();
    view->start([this](Sequence after, const View::Page& answer) { read(after, answer); });
    list(*view, {});  // it has caught up
    return view;
  }

  // A page is small here, so that there are several.
  void read(Sequence after, const View::Page& answer) {
    const auto end = std::min<Sequence>(after + 2, log_.size());
    answer(std::vector<journal::StoredPtr>(log_.begin() + static_cast<std::ptrdiff_t>(after),
                                           log_.begin() + static_cast<std::ptrdiff_t>(end)));
  }

  [[nodiscard]] std::unique_ptr<View> empty_view(Sequence head) {
    return std::make_unique<View>(directory_ / "view.db", 1, head, registry::Registry(), Cursors(),
                                  [this] { return now_ms_; });
  }

  static Result<std::vector<Listed>> try_list(View& view) {
    std::promise<Result<std::vector<Listed>>> promise;
    view.list(drills::testing::live(), {},
              [&](auto listed) { promise.set_value(std::move(listed)); });
    return promise.get_future().get();
  }

  static std::vector<Sequence> list(View& view, const Filter& filter,
                                    const drills::Channel& channel = drills::testing::live()) {
    std::promise<Result<std::vector<Listed>>> promise;
    view.list(channel, filter, [&](auto listed) { promise.set_value(std::move(listed)); });
    const auto listed = promise.get_future().get();
    EXPECT_TRUE(listed);
    std::vector<Sequence> sequences;
    if (listed)
      for (const auto& alert : *listed) sequences.push_back(alert.sequence);
    return sequences;
  }

  static Result<Ladder> ladder(View& view, Sequence sequence,
                               const drills::Channel& channel = drills::testing::live()) {
    std::promise<Result<Ladder>> promise;
    view.ladder(channel, sequence, [&](auto found) { promise.set_value(std::move(found)); });
    return promise.get_future().get();
  }

  std::filesystem::path directory_;
  std::vector<journal::StoredPtr> log_;
  std::size_t replayed_ = 0;
  std::int64_t now_ms_ = 0;
};

TEST_F(ViewTest, ListsNewestFirstByWhatIsAskedFor) {
  add_alert("a", "362018", 3);
  add_alert("b", "362026", 4);
  add_alert("c", "131016", 5);
  const auto view = open();
  using Sequences = std::vector<Sequence>;
  EXPECT_EQ(list(*view, {}), (Sequences{3, 2, 1}));
  Filter filter;
  filter.area = "36";
  EXPECT_EQ(list(*view, filter), (Sequences{2, 1}));
  filter.area = "362018";
  EXPECT_EQ(list(*view, filter), (Sequences{1}));
  filter = {};
  filter.level = 4;
  EXPECT_EQ(list(*view, filter), (Sequences{3, 2}));
  filter = {};
  filter.event = "evac.l4";
  EXPECT_EQ(list(*view, filter), (Sequences{2}));
  filter.event = "evac";
  EXPECT_EQ(list(*view, filter), (Sequences{3, 2, 1}));
  filter.event = "eva";
  EXPECT_EQ(list(*view, filter), (Sequences{}));
  filter = {};
  filter.identifier = "c";
  EXPECT_EQ(list(*view, filter), (Sequences{3}));
  filter = {};
  filter.before = 3;
  filter.limit = 1;
  EXPECT_EQ(list(*view, filter), (Sequences{2}));
}

TEST_F(ViewTest, FindsByNameInEveryChannel) {
  add_alert("a", "362018", 3).mutable_summary()->set_sender("city.example");
  drills::testing::drill("spring").mark(add_alert("a", "362018", 3));
  auto& town = add_alert("a", "362026", 3);
  town.mutable_summary()->set_sender("town.example");
  town.set_sent("2026-11-22T12:00:00+09:00");
  add_alert("b", "362018", 3);
  const auto view = open();
  const auto named = [&](const AlertName& name) {
    std::promise<std::vector<Sequence>> promise;
    view->named(name, [&](const auto& found) {
      std::vector<Sequence> sequences;
      for (const auto& each : *found) sequences.push_back(each.sequence);
      promise.set_value(sequences);
    });
    return promise.get_future().get();
  };
  using Sequences = std::vector<Sequence>;
  EXPECT_EQ(named({0, "a"}), (Sequences{3, 2, 1}));
  EXPECT_EQ(named({0, "a", "town.example", "2026-11-22T12:00:00+09:00"}), (Sequences{3}));
  EXPECT_EQ(named({0, "a", "town.example", "2026-11-22T12:00:01+09:00"}), (Sequences{}));
  EXPECT_EQ(named({2}), (Sequences{2}));
  EXPECT_EQ(named({5}), (Sequences{}));
  EXPECT_EQ(named({0, "c"}), (Sequences{}));
}

TEST_F(ViewTest, InForceLeavesOutTheSupersededTheCancelledAndTheExpired) {
  add_alert("a", "362018", 3);
  add_alert("b", "362018", 4, "Update").mutable_summary()->add_referenced_sequences(1);
  add_alert("c", "362018", 4);
  add_alert("d", "362018", 4, "Cancel").mutable_summary()->add_referenced_sequences(3);
  add_alert("e", "362018", 4).set_expires_ms(5000);
  const auto view = open();
  Filter filter;
  filter.standing = Filter::Standing::in_force;
  now_ms_ = 4999;
  EXPECT_EQ(list(*view, filter), (std::vector<Sequence>{5, 2}));
  now_ms_ = 5000;
  EXPECT_EQ(list(*view, filter), (std::vector<Sequence>{2}));
}

TEST_F(ViewTest, InForceIsAnOrderThatRanOutAndNeitherALiftNorANullReport) {
  const auto add_line = [&](const std::string& identifier, const std::string& event, bool lift) {
    auto& alert = add_alert(identifier, "362018", 0);
    alert.set_expires_ms(5000);
    auto& line = *alert.add_lines();
    line.set_event(event);
    line.set_lift(lift);
    line.set_expires_ms(5000);
  };
  add_line("a", "evac.l4", false);
  add_line("b", "evac.l4", true);
  add_line("c", "evac.none", false);
  add_line("d", "rain", false);
  const auto view = open();
  Filter filter;
  filter.standing = Filter::Standing::in_force;
  now_ms_ = 4999;
  EXPECT_EQ(list(*view, filter), (std::vector<Sequence>{4, 1}));
  now_ms_ = 5000;
  EXPECT_EQ(list(*view, filter), (std::vector<Sequence>{1}));
}

TEST_F(ViewTest, TheLadderHasARowForEveryAddressedSubscriber) {
  add_subscriber("tv", "36");
  add_subscriber("radio", "36");
  add_subscriber("elsewhere", "13");
  add_alert("a", "362018", 4);
  add_ack("tv", 1, 4, 4100);
  add_alert("b", "362018", 4);
  add_ack("tv", 1, 6, 6100);
  add_ack("tv", 3, 4, 9999);  // after a redelivery
  const auto view = open();
  const auto found = ladder(*view, 4);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->rungs.size(), 2u);
  EXPECT_EQ(found->rungs[0].subscriber, "radio");
  EXPECT_EQ(found->rungs[0].state, Rung::State::queued);
  EXPECT_EQ(found->rungs[1].subscriber, "tv");
  EXPECT_EQ(found->rungs[1].state, Rung::State::delivered);
  EXPECT_EQ(found->rungs[1].at_ms, 4100) << "the first acknowledgement counts";
  EXPECT_EQ(ladder(*view, 6)->rungs[1].at_ms, 6100);
  ASSERT_FALSE(ladder(*view, 1));
  EXPECT_EQ(ladder(*view, 1).error().code, ErrorCode::not_found);
}

TEST_F(ViewTest, TheLadderSaysWhoShowsAnAlertAndOnWhat) {
  add_subscriber("radio", "36");
  add_subscriber("tv", "36");
  add_alert("a", "362018", 4);
  add_ack("tv", 1, 3, 4100);
  add_ack("radio", 1, 3, 4100);
  add_receipt("tv", "1", 3, v1::Receipt::SHOWN, "tv.lshape", 5000);
  add_receipt("tv", "2", 3, v1::Receipt::SHOWN, "tv.data", 5500);
  add_receipt("radio", "1", 3, v1::Receipt::REFUSED, "radio", 6000, "no studio");
  add_receipt("tv", "3", 3, v1::Receipt::WITHDRAWN, "tv.data", 7000);
  add_receipt("tv", "2", 3, v1::Receipt::SHOWN, "tv.data", 8000);  // sent again late
  const auto view = open();
  const auto found = ladder(*view, 3);
  ASSERT_TRUE(found);
  const auto& radio = found->rungs[0];
  const auto& tv = found->rungs[1];
  EXPECT_EQ(radio.state, Rung::State::refused);
  EXPECT_EQ(radio.media.at(0).detail, "no studio");
  EXPECT_EQ(tv.state, Rung::State::shown);
  ASSERT_EQ(tv.media.size(), 2u);
  EXPECT_EQ(tv.media[0].name, "tv.lshape");
  EXPECT_EQ(tv.media[0].shown_ms, 5000);
  EXPECT_EQ(tv.media[0].recorded_ms, 6000) << "when the entry was written";
  EXPECT_EQ(tv.media[1].state, Medium::State::withdrawn);
  EXPECT_EQ(tv.media[1].at_ms, 7000);
  EXPECT_EQ(tv.media[1].shown_ms, 5500);
}

TEST_F(ViewTest, TheLadderOfACancelCountsWhoHasTakenDownWhatItRefersTo) {
  for (const auto* id : {"a", "b", "c"}) add_subscriber(id, "36");
  add_alert("first", "362018", 3);                                                            // 4
  add_alert("second", "362018", 4, "Update").mutable_summary()->add_referenced_sequences(4);  // 5
  add_receipt("a", "1", 4, v1::Receipt::SHOWN, "tv.lshape", 1);
  add_receipt("b", "1", 4, v1::Receipt::SHOWN, "tv.lshape", 2);
  add_receipt("b", "2", 5, v1::Receipt::SHOWN, "tv.lshape", 3);  // in the place of the first
  const auto& cancel = add_alert("end", "362018", 4, "Cancel");  // 9
  const_cast<v1::AlertAccepted&>(cancel).mutable_summary()->add_referenced_sequences(5);
  for (const auto* id : {"a", "b", "c"}) add_ack(id, 1, 9, 9500);
  const auto before = open();
  EXPECT_EQ(ladder(*before, 4)->rungs[1].media.at(0).state, Medium::State::replaced);
  auto found = ladder(*before, 9);
  EXPECT_EQ(found->refers_to, (std::vector<Sequence>{5, 4}));
  EXPECT_EQ(found->rungs[0].earlier, Rung::Earlier::shown) << "the first is still on air";
  EXPECT_EQ(found->rungs[1].earlier, Rung::Earlier::shown) << "the second is";
  EXPECT_EQ(found->rungs[2].earlier, Rung::Earlier::never_shown);
  EXPECT_EQ(ladder(*before, 4)->rungs[2].state, Rung::State::replaced) << "it has the second";
  before->stop();
  add_receipt("b", "3", 5, v1::Receipt::WITHDRAWN, "tv.lshape", 10);
  const auto after = open();
  found = ladder(*after, 9);
  EXPECT_EQ(found->rungs[0].earlier, Rung::Earlier::shown);
  EXPECT_EQ(found->rungs[1].earlier, Rung::Earlier::withdrawn);
}

// The ladder of the first said `shown` again as soon as a cancel named it beside the second.
TEST_F(ViewTest, ACancelThatNamesEveryRevisionLeavesTheReplacedReplaced) {
  add_subscriber("tv", "36");
  add_alert("first", "362018", 3);                                                            // 2
  add_alert("second", "362018", 4, "Update").mutable_summary()->add_referenced_sequences(2);  // 3
  add_receipt("tv", "1", 2, v1::Receipt::SHOWN, "tv.lshape", 1);
  add_receipt("tv", "2", 3, v1::Receipt::SHOWN, "tv.lshape", 3);
  add_ack("tv", 1, 3, 3500);
  auto& cancel = *add_alert("end", "362018", 4, "Cancel").mutable_summary();  // 7
  cancel.add_referenced_sequences(2);
  cancel.add_referenced_sequences(3);
  const auto view = open();
  const auto first = ladder(*view, 2);
  EXPECT_EQ(first->rungs[0].state, Rung::State::replaced);
  EXPECT_EQ(first->rungs[0].media.at(0).at_ms, 3);
  EXPECT_EQ(ladder(*view, 3)->rungs[0].state, Rung::State::shown) << "nobody took it down";
}

TEST_F(ViewTest, WhatWasPassedIsNotCalledDelivered) {
  add_subscriber("tv", "36");
  add_alert("a", "362018", 4);
  add_ack("tv", 1, 2, 2100);
  const_cast<journal::Stored&>(*log_.back())
      .entry.mutable_body()
      ->mutable_acks_recorded()
      ->mutable_ranges(0)
      ->add_passed(2);
  const auto view = open();
  EXPECT_EQ(ladder(*view, 2)->rungs[0].state, Rung::State::passed);
}

TEST_F(ViewTest, FollowsTheLogAfterStart) {
  const auto view = open();
  add_alert("a", "362018", 4);
  view->entries(std::make_shared<const std::vector<journal::StoredPtr>>(log_));
  EXPECT_EQ(list(*view, {}), (std::vector<Sequence>{1}));
}

TEST_F(ViewTest, GoesOnWhereItWasAfterARestart) {
  add_alert("a", "362018", 4);
  open();
  EXPECT_EQ(replayed_, 1u);
  add_alert("b", "362018", 4);
  const auto view = open();
  EXPECT_EQ(replayed_, 1u);
  EXPECT_EQ(list(*view, {}), (std::vector<Sequence>{2, 1}));
}

TEST_F(ViewTest, CatchesUpWhileTheLogGoesOn) {
  for (const auto* identifier : {"a", "b", "c"}) add_alert(identifier, "362018", 4);
  const auto view = empty_view(3);
  std::promise<View::Page> asked;
  view->start([&, first = true](Sequence after, const View::Page& answer) mutable {
    if (std::exchange(first, false)) return asked.set_value(answer);
    read(after, answer);
  });
  const auto answer = asked.get_future().get();
  const std::vector<journal::StoredPtr> before(log_.begin(), log_.begin() + 1);
  add_alert("d", "362018", 4);
  view->entries(std::make_shared<const std::vector<journal::StoredPtr>>(1, log_.back()));
  answer(before);
  EXPECT_EQ(list(*view, {}), (std::vector<Sequence>{4, 3, 2, 1}));
}

TEST_F(ViewTest, SaysSoWhileMuchIsMissing) {
  const auto view = empty_view(1'000'000);
  view->start([](Sequence, const View::Page&) {});
  const auto listed = try_list(*view);
  ASSERT_FALSE(listed);
  EXPECT_EQ(listed.error().code, ErrorCode::unavailable);
  EXPECT_EQ(listed.error().detail, "view.db: catching up, 0 of 1000000 entries");
}

TEST_F(ViewTest, AsksALogAgainThatWasBusy) {
  add_alert("a", "362018", 4);
  const auto view = empty_view(1);
  view->start([&, first = true](Sequence after, const View::Page& answer) mutable {
    if (std::exchange(first, false)) return answer(failure(ErrorCode::unavailable, "busy"));
    read(after, answer);
  });
  if (!try_list(*view)) {
    EXPECT_TRUE(try_list(*view));
  }
  EXPECT_EQ(list(*view, {}), std::vector<Sequence>{1});
}

TEST_F(ViewTest, AnswersWhoWaitsWhenItEnds) {
  auto view = empty_view(1);
  view->start([](Sequence, const View::Page&) {});
  std::promise<Result<std::vector<Listed>>> promise;
  view->list(drills::testing::live(), {},
             [&](auto listed) { promise.set_value(std::move(listed)); });
  view.reset();
  EXPECT_FALSE(promise.get_future().get());
}

TEST_F(ViewTest, IsMadeAnewWhenItsTablesAreOfAnotherVersion) {
  add_subscriber("demo-tv", "*");
  add_alert("a", "362018", 4);
  open();
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open((directory_ / "view.db").c_str(), &database), SQLITE_OK);
  sqlite3_exec(database, "DROP TABLE acks; CREATE TABLE acks(x); PRAGMA user_version = 1", nullptr,
               nullptr, nullptr);
  sqlite3_close(database);
  add_ack("demo-tv", 0, 2, 5000);
  const auto view = open();
  EXPECT_EQ(replayed_, log_.size());
  EXPECT_EQ(list(*view, {}), std::vector<Sequence>{2});
}

TEST_F(ViewTest, IsMadeAnewWhenItDoesNotFitTheLog) {
  add_alert("a", "362018", 4);
  open(1);
  open(2);
  EXPECT_EQ(replayed_, 1u) << "another log";
  add_alert("b", "362018", 4);
  open(2);
  log_.pop_back();
  open(2);
  EXPECT_EQ(replayed_, 1u) << "ahead of the log";
  std::ofstream(directory_ / "view.db") << "this is no database at all, but long enough to try";
  const auto view = open(2);
  EXPECT_EQ(list(*view, {}), (std::vector<Sequence>{1}));
}

TEST_F(ViewTest, WhatIsOfAnotherChannelIsNotThere) {
  const auto a = drills::testing::drill("a");
  add_subscriber("radio", "*");
  add_subscriber("tv", "*");
  auto& session = *next().mutable_drill_opened();
  session.set_id("a");
  session.add_subscribers("tv");
  add_alert("live", "362018", 4);                       // 4
  auto& exercise = add_alert("exercise", "362018", 4);  // 5
  a.mark(exercise);
  exercise.mutable_summary()->set_status("Exercise");
  add_ack("tv", 0, 5, 6000);  // live: of 4
  const auto view = open();
  EXPECT_EQ(list(*view, {}), std::vector<Sequence>{4});
  EXPECT_EQ(list(*view, {}, a), std::vector<Sequence>{5});
  EXPECT_EQ(list(*view, {}, drills::testing::drill("b")), std::vector<Sequence>{});
  ASSERT_TRUE(ladder(*view, 4));
  EXPECT_EQ(ladder(*view, 4)->rungs.size(), 2u);
  EXPECT_FALSE(ladder(*view, 5));
  EXPECT_FALSE(ladder(*view, 4, a));
  const auto of_drill = ladder(*view, 5, a);
  ASSERT_TRUE(of_drill);
  ASSERT_EQ(of_drill->rungs.size(), 1u);
  EXPECT_EQ(of_drill->rungs[0].subscriber, "tv");
  EXPECT_EQ(of_drill->rungs[0].state, Rung::State::queued) << "what it said live says nothing";
}

}  // namespace
}  // namespace noroshi::view
