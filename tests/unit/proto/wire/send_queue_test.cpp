#include "proto/wire/send_queue.hpp"

#include <gtest/gtest.h>

#include <array>
#include <iostream>
#include <random>

namespace noroshi::wire {
namespace {

Frame frame(std::string bytes) { return std::make_shared<const std::string>(std::move(bytes)); }

std::string text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

TEST(SendQueueTest, GathersSmallFramesAndLeavesLargeOnesWhereTheyAre) {
  std::array<std::byte, 8> scratch{};
  SendQueue queue;
  EXPECT_TRUE(queue.front(scratch).empty());
  queue.push(frame("abc"));
  queue.push(frame(""));
  queue.push(frame("de"));
  const Frame large = frame("0123456789");
  queue.push(large);
  EXPECT_EQ(queue.bytes(), 15U);
  EXPECT_EQ(text(queue.front(scratch)), "abcde012");
  queue.consume(5);
  EXPECT_EQ(static_cast<const void*>(queue.front(scratch).data()), large->data());
  EXPECT_EQ(text(queue.front(scratch)), "0123456789");
  queue.consume(10);
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(large.use_count(), 1);
}

// What a blocked TLS write is repeated with.
TEST(SendQueueTest, WhatItGaveStaysAPrefixWhateverIsPushed) {
  const unsigned seed = std::random_device{}();
  std::cout << "seed " << seed << '\n';
  std::mt19937 random(seed);
  std::array<std::byte, 64> scratch{};
  SendQueue queue;
  std::string expected;
  for (int step = 0; step < 20'000; ++step) {
    std::string bytes(random() % 5 == 0 ? random() % 200 : random() % 20, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random() & 0xFF);
    const std::string before = text(queue.front(scratch));
    queue.push(frame(bytes));
    expected += bytes;
    const std::string after = text(queue.front(scratch));
    ASSERT_EQ(after.substr(0, before.size()), before) << "seed " << seed << " step " << step;
    ASSERT_EQ(expected.substr(0, after.size()), after) << "seed " << seed << " step " << step;
    ASSERT_EQ(after.empty(), queue.empty());
    if (random() % 3 == 0) continue;
    const std::size_t taken = random() % (after.size() + 1);
    queue.consume(taken);
    expected.erase(0, taken);
    ASSERT_EQ(queue.bytes(), expected.size());
  }
}

}  // namespace
}  // namespace noroshi::wire
