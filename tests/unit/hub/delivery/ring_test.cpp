#include "hub/delivery/ring.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace noroshi::delivery {
namespace {

journal::StoredPtr alert(Sequence sequence, std::size_t size) {
  auto stored = std::make_shared<journal::Stored>();
  stored->sequence = sequence;
  stored->content = std::make_shared<const std::string>(size, 'x');
  return stored;
}

Slot* next(Ring& ring, Sequence position) { return ring.at(ring.after(position)); }

TEST(Ring, FindsTheNextAlertAfterAPosition) {
  Ring ring(10, 1 << 20);
  EXPECT_EQ(next(ring, 10), nullptr);
  ring.push(alert(12, 10));
  ring.push(alert(15, 10));
  EXPECT_EQ(next(ring, 10)->sequence(), 12u);
  EXPECT_EQ(next(ring, 12)->sequence(), 15u);
  EXPECT_EQ(next(ring, 13)->sequence(), 15u);
  EXPECT_EQ(next(ring, 15), nullptr);
}

TEST(Ring, APlaceStaysRightWhileAlertsComeAndGo) {
  Ring ring(0, 10'000);
  auto place = ring.after(0);
  EXPECT_EQ(ring.at(place), nullptr);
  for (Sequence sequence = 1; sequence <= 100; ++sequence) {
    ring.push(alert(sequence, 1000));
    ASSERT_EQ(ring.at(place)->sequence(), sequence);
    EXPECT_EQ(ring.at(++place), nullptr);
    EXPECT_EQ(ring.after(sequence), place);
  }
}

TEST(Ring, ForgetsTheOldestBeyondItsBoundAndSaysFromWhereOnItHoldsAll) {
  Ring ring(0, 10'000);
  for (Sequence sequence = 1; sequence <= 100; ++sequence) ring.push(alert(sequence, 1000));
  EXPECT_GT(ring.base(), 90u);
  EXPECT_EQ(next(ring, ring.base())->sequence(), ring.base() + 1);
}

TEST(Ring, CountsWhatIsEncodedAndNothingThatIsNot) {
  Ring ring(0, 10'400);
  const auto frame = std::make_shared<const std::string>(3000, 'x');
  ring.push(alert(1, 1000));
  ring.push(alert(2, 1000));
  for (const auto form : {Encoding::stream_protobuf, Encoding::stream_json})
    next(ring, 0)->frame(form) = frame;
  ring.recount(*next(ring, 0));
  ring.push(alert(3, 1000));
  EXPECT_EQ(ring.base(), 0u) << "two forms of the first and three contents are 9,000 bytes";
  next(ring, 1)->frame(Encoding::stream_json) = frame;
  ring.recount(*next(ring, 1));
  ring.recount(*next(ring, 1));
  EXPECT_EQ(ring.base(), 0u) << "nothing goes while somebody may hold a slot";
  ring.push(alert(4, 10));
  EXPECT_EQ(ring.base(), 1u);
  for (Sequence sequence = 5; sequence < 9; ++sequence) ring.push(alert(sequence, 1000));
  EXPECT_EQ(ring.base(), 1u) << "what the first cost is free again";
}

TEST(Ring, CountsNoSlotThatLiesElsewhere) {
  Ring ring(0, 10'000);
  ring.push(alert(1, 1000));
  Slot elsewhere{alert(1, 1'000'000)};
  ring.recount(elsewhere);
  ring.push(alert(2, 1000));
  EXPECT_EQ(ring.base(), 0u);
}

TEST(Ring, KeepsTheNewestHoweverLargeItIs) {
  Ring ring(0, 10);
  ring.push(alert(1, 1000));
  ASSERT_NE(next(ring, 0), nullptr);
  ring.push(alert(2, 1000));
  EXPECT_EQ(ring.base(), 1u);
  EXPECT_EQ(next(ring, 1)->sequence(), 2u);
}

}  // namespace
}  // namespace noroshi::delivery
