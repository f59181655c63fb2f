#include "hub/transport/strangers.hpp"

#include <gtest/gtest.h>

#include <boost/asio/ip/address.hpp>
#include <chrono>

namespace noroshi::transport {
namespace {

using namespace std::chrono_literals;
using Kind = Strangers::Room::Kind;

const auto begin = Strangers::Time(1000s);
const auto first = boost::asio::ip::make_address("192.0.2.1");
const auto second = boost::asio::ip::make_address("192.0.2.2");
const auto third = boost::asio::ip::make_address("2001:db8::3");

TEST(Strangers, ComeInWhileThereIsRoom) {
  Strangers strangers(4, 2);
  EXPECT_EQ(strangers.room_for(first, begin).kind, Kind::free);
  strangers.add(1, first, begin);
  EXPECT_EQ(strangers.room_for(first, begin).kind, Kind::free);
  strangers.add(2, first, begin);
  EXPECT_EQ(strangers.room_for(second, begin).kind, Kind::free);
  EXPECT_EQ(strangers.size(), 2u);
}

TEST(Strangers, AtItsBoundAnAddressLosesItsOwnOldest) {
  Strangers strangers(100, 2);
  strangers.add(1, second, begin);
  strangers.add(2, first, begin + 1s);
  strangers.add(3, first, begin + 2s);
  const auto room = strangers.room_for(first, begin + 10s);
  EXPECT_EQ(room.kind, Kind::evict);
  EXPECT_EQ(room.evicted, 2u);
  EXPECT_EQ(strangers.room_for(second, begin + 10s).kind, Kind::free);
}

TEST(Strangers, InAllTheOldestOfTheFullestAddressGoes) {
  Strangers strangers(4, 4);
  strangers.add(1, second, begin);
  strangers.add(2, first, begin);
  strangers.add(3, first, begin);
  strangers.add(4, first, begin);
  const auto room = strangers.room_for(third, begin + 10s);
  EXPECT_EQ(room.kind, Kind::evict);
  EXPECT_EQ(room.evicted, 2u);
}

TEST(Strangers, NobodyIsDisturbedInTheFirstSecond) {
  Strangers strangers(2, 1);
  strangers.add(1, first, begin);
  EXPECT_EQ(strangers.room_for(first, begin + 999ms).kind, Kind::none);
  EXPECT_EQ(strangers.room_for(first, begin + 1s).kind, Kind::evict);
  EXPECT_EQ(strangers.room_at_door(begin + 999ms).kind, Kind::none);
  EXPECT_EQ(strangers.room_at_door(begin + 1s).kind, Kind::evict);
}

TEST(Strangers, WhoHasShownWhoItIsIsNeverSentAway) {
  Strangers strangers(2, 2);
  strangers.add(1, first, begin);
  strangers.add(2, first, begin);
  strangers.remove(1);
  strangers.remove(2);
  strangers.remove(2);
  EXPECT_EQ(strangers.size(), 0u);
  EXPECT_EQ(strangers.room_at_door(begin + 10s).kind, Kind::none);
}

TEST(Strangers, TellWhenHalfOfThePlacesAreTaken) {
  Strangers strangers(4, 4);
  strangers.add(1, first, begin);
  EXPECT_FALSE(strangers.filling());
  strangers.add(2, second, begin);
  EXPECT_TRUE(strangers.filling());
  strangers.remove(1);
  EXPECT_FALSE(strangers.filling());
}

}  // namespace
}  // namespace noroshi::transport
