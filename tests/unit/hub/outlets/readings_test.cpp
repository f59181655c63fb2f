#include "hub/outlets/readings.hpp"

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>

namespace noroshi::outlets {
namespace {

journal::StoredPtr alert(journal::Sequence sequence, const std::string& note = "") {
  auto stored = std::make_shared<journal::Stored>();
  stored->sequence = sequence;
  stored->entry.mutable_body()->mutable_alert_accepted();
  stored->content = std::make_shared<const std::string>(
      "<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><note>" + note + "</note></alert>");
  return stored;
}

wire::Frame made(Readings& readings, const journal::StoredPtr& stored) {
  std::promise<wire::Frame> frame;
  EXPECT_TRUE(readings.delivery(stored, [&](wire::Frame answer) { frame.set_value(answer); }));
  return frame.get_future().get();
}

TEST(Readings, ADeliveryIsMadeOnceForEverybody) {
  Readings readings;
  const auto frame = made(readings, alert(7));
  EXPECT_NE(frame->find(R"({"delivery":{"sequence":"7")"), std::string::npos);
  EXPECT_EQ(made(readings, alert(7)), frame);
  EXPECT_NE(made(readings, alert(8)), frame);
}

TEST(Readings, ForgetsTheOldestDeliveries) {
  Readings readings;
  const auto first = made(readings, alert(1));
  const std::string large(6u << 20, 'x');
  for (journal::Sequence sequence = 2; sequence < 6; ++sequence) {
    auto stored = std::make_shared<journal::Stored>(*alert(sequence));
    stored->entry.mutable_body()->mutable_alert_accepted()->mutable_summary()->set_headline(large);
    made(readings, stored);
  }
  EXPECT_NE(made(readings, alert(1)), first);
}

TEST(Readings, TellWhatTheBytesSayOrNothing) {
  Readings readings;
  const auto reading_of = [&](const journal::StoredPtr& stored) {
    std::promise<std::string> reading;
    EXPECT_TRUE(readings.reading(stored, [&](std::string answer) { reading.set_value(answer); }));
    return reading.get_future().get();
  };
  EXPECT_NE(reading_of(alert(7, "避難")).find(R"("note":"避難")"), std::string::npos);
  auto archived = std::make_shared<journal::Stored>(*alert(7));
  archived->content = nullptr;
  EXPECT_EQ(reading_of(archived), "");
}

TEST(Readings, ADeliveryGoesBeforeReadingsAndTheQueueIsBounded) {
  Readings readings;
  std::promise<void> go_on;
  std::promise<void> busy;
  ASSERT_TRUE(readings.delivery(alert(1), [&](const auto&) {
    busy.set_value();
    go_on.get_future().wait();
  }));
  busy.get_future().wait();
  std::size_t answered = 0;  // of the readings' thread
  std::size_t taken = 0;
  while (taken < 10'000 && readings.reading(alert(2), [&](const auto&) { ++answered; })) ++taken;
  EXPECT_EQ(taken, 64u);
  std::promise<std::size_t> answered_before;
  ASSERT_TRUE(
      readings.delivery(alert(3), [&](const auto&) { answered_before.set_value(answered); }));
  go_on.set_value();
  EXPECT_EQ(answered_before.get_future().get(), 0u);
  readings.stop();
}

TEST(Readings, AfterTheEndNothingIsTakenOrAnswered) {
  Readings readings;
  readings.stop();
  EXPECT_FALSE(readings.delivery(alert(1), [](const auto&) { FAIL(); }));
  EXPECT_FALSE(readings.reading(alert(1), [](const auto&) { FAIL(); }));
  readings.stop();
}

}  // namespace
}  // namespace noroshi::outlets
