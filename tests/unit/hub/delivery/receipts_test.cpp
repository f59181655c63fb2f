#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "hub/delivery/receipt.hpp"
#include "hub/delivery/shard.hpp"
#include "tests/unit/hub/delivery/running_shard.hpp"

namespace noroshi::delivery {
namespace {

using namespace std::chrono_literals;

v1::Receipt shown(const std::string& id, Sequence sequence) {
  v1::Receipt receipt;
  receipt.set_id(id);
  receipt.set_sequence(sequence);
  receipt.set_state(v1::Receipt::SHOWN);
  receipt.set_medium("tv.lshape");
  return receipt;
}

TEST(ReadReceipt, NamesWhatIsWrongWithItsForm) {
  struct Case {
    const char* wrong;
    std::function<void(v1::Receipt&)> spoil;
  };
  const std::vector<Case> cases = {
      {"id", [](auto& r) { r.set_id(""); }},
      {"id", [](auto& r) { r.set_id(std::string(65, 'a')); }},
      {"id", [](auto& r) { r.set_id("a/b"); }},
      {"id", [](auto& r) { r.set_id("a\n"); }},
      {"sequence", [](auto& r) { r.set_sequence(0); }},
      {"state", [](auto& r) { r.clear_state(); }},
      {"state", [](auto& r) { r.set_state(static_cast<v1::Receipt::State>(9)); }},
      {"medium", [](auto& r) { r.set_medium("tv"); }},
      {"at", [](auto& r) { r.mutable_at()->set_seconds(-1); }},
      {"at", [](auto& r) { r.mutable_at()->set_seconds(INT64_MAX); }},
      {"at", [](auto& r) { r.mutable_at()->set_nanos(1'000'000'000); }},
      {"detail", [](auto& r) { r.set_detail(std::string(201, 'x')); }},
      {"detail", [](auto& r) { r.set_state(v1::Receipt::REFUSED); }},
  };
  for (const auto& [wrong, spoil] : cases) {
    auto receipt = shown("a", 1);
    ASSERT_TRUE(read_receipt(receipt, "tv", drills::testing::live(), "stream", 5));
    spoil(receipt);
    const auto read = read_receipt(receipt, "tv", drills::testing::live(), "stream", 5);
    ASSERT_FALSE(read) << wrong;
    EXPECT_EQ(read.error().detail, wrong);
  }
}

TEST(ReadReceipt, WithoutATimeItIsTheHubs) {
  auto receipt = shown("a", 1);
  EXPECT_EQ(read_receipt(receipt, "tv", drills::testing::live(), "stream", 5)->at_ms, 5);
  receipt.mutable_at()->set_seconds(2);
  receipt.mutable_at()->set_nanos(7'000'000);
  EXPECT_EQ(read_receipt(receipt, "tv", drills::testing::live(), "stream", 5)->at_ms, 2007);
}

class ReceiptsTest : public ::testing::Test, public testing::RunningShard {
 protected:
  void TearDown() override { end(); }

  // A receipt from where the shard's own outlets would bring it; its fate once that is known.
  std::string report(const v1::Receipt& receipt) {
    const auto fate = std::make_shared<std::promise<std::string>>();
    auto told = fate->get_future();
    fanout_->shard_of("tv").post([this, receipt, fate] {
      fanout_->shard_of("tv").report(
          principal(), Outlet::stream, receipt, [fate](const ReceiptOutcome& outcome) {
            const auto* declined = std::get_if<Declined>(&outcome);
            fate->set_value(declined != nullptr                         ? declined->code
                            : std::holds_alternative<Recorded>(outcome) ? "recorded"
                                                                        : "not taken");
          });
    });
    if (told.wait_for(10s) != std::future_status::ready) return "no answer";
    return told.get();
  }

  // What the log holds of the alert.
  int recorded(Sequence sequence) {
    std::promise<int> count;
    EXPECT_TRUE(journal_->read(0, {10'000, 1 << 24}, [&](const auto& entries) {
      int found = 0;
      for (const auto& stored : *entries)
        for (const auto& part : stored->entry.body().receipts_recorded().alerts())
          if (part.sequence() == sequence) found += part.receipts_size();
      count.set_value(found);
    }));
    return count.get_future().get();
  }

  // The subscriber has stored everything up to `through`, in an earlier life of the hub.
  void acknowledged(Sequence through) {
    v1::EntryBody body;
    auto& range = *body.mutable_acks_recorded()->add_ranges();
    range.set_subscriber("tv");
    drills::testing::live().mark(range);
    range.set_outlet("stream");
    range.set_through(through);
    append(body);
  }
};

TEST_F(ReceiptsTest, AreInTheLogOnceHoweverOftenTheyCome) {
  begin(1 << 20);
  const auto alert = publish();
  acknowledged(alert);
  EXPECT_EQ(report(shown("a", alert)), "recorded");
  EXPECT_EQ(report(shown("a", alert)), "recorded");
  EXPECT_EQ(recorded(alert), 1);
  EXPECT_EQ(report(shown("b", alert)), "recorded");
  EXPECT_EQ(recorded(alert), 2);
}

TEST_F(ReceiptsTest, OfOneTurnAreOneEntry) {
  begin(1 << 20);
  const auto alert = publish();
  acknowledged(alert);
  const auto head_before = journal_->gauges().head;
  std::atomic<int> answers{0};
  std::promise<void> all;
  on_shard([&](Shard& shard) {
    for (int i = 0; i < 100; ++i)
      shard.report(principal(), Outlet::stream, shown(std::to_string(i), alert),
                   [&](const ReceiptOutcome&) {
                     if (++answers == 100) all.set_value();
                   });
    return 0;
  });
  ASSERT_EQ(all.get_future().wait_for(10s), std::future_status::ready);
  EXPECT_EQ(journal_->gauges().head, head_before + 1);
  EXPECT_EQ(recorded(alert), 100);
}

TEST_F(ReceiptsTest, OfWhatTheSubscriberNeverGotAreDeclined) {
  begin(1 << 20);
  const auto mine = publish();
  const auto elsewhere = publish("131016");
  acknowledged(elsewhere);
  const auto later = publish();
  EXPECT_EQ(report(shown("a", mine)), "recorded");
  EXPECT_EQ(report(shown("b", elsewhere)), "receipt.not-addressed");
  EXPECT_EQ(report(shown("c", later)), "receipt.not-delivered");
  EXPECT_EQ(report(shown("d", later + 100)), "receipt.unknown");
  EXPECT_EQ(report(shown("e", 1)), "receipt.unknown") << "no alert at all";
  EXPECT_EQ(report(shown("", mine)), "receipt.invalid");
}

TEST_F(ReceiptsTest, OfAnAlertLongGoneAreCheckedAgainstTheLog) {
  begin();  // a ring of one alert
  const auto old = publish();
  const auto elsewhere = publish("131016");
  for (int i = 0; i < 600; ++i) publish();
  acknowledged(elsewhere + 600);
  EXPECT_EQ(report(shown("a", old)), "recorded");
  EXPECT_EQ(report(shown("b", elsewhere)), "receipt.not-addressed");
}

TEST_F(ReceiptsTest, OfOneSubscriberAreTakenAsFastAsAPersonCanMakeThem) {
  begin(1 << 20);
  const auto alert = publish();
  acknowledged(alert);
  for (std::size_t i = 0; i < ReceiptLog::a_minute_max; ++i)
    on_shard([&](Shard& shard) {
      shard.report(principal(), Outlet::stream, shown(std::to_string(i), alert),
                   [](const ReceiptOutcome&) {});
      return 0;
    });
  EXPECT_EQ(report(shown("one too many", alert)), "receipt.invalid") << "a blank is no id";
  EXPECT_EQ(report(shown("one-too-many", alert)), "not taken");
}

}  // namespace
}  // namespace noroshi::delivery
