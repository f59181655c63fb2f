#include <gmock/gmock.h>

#include <iostream>
#include <random>

#include "proto/wire/websocket.hpp"

namespace noroshi::wire {
namespace {

using Peer = MessageReader::Peer;
using Received = std::vector<std::pair<Opcode, std::string>>;
using ::testing::ElementsAre;
using ::testing::Pair;

constexpr std::size_t message_max = 70'000;
constexpr std::array<std::byte, 4> mask = {std::byte{0x37}, std::byte{0xFA}, std::byte{0x21},
                                           std::byte{0x3D}};

std::string raw(std::initializer_list<int> bytes) {
  std::string text;
  for (const int byte : bytes) text.push_back(static_cast<char>(byte));
  return text;
}

struct Outcome {
  Received messages;
  std::uint16_t close_code = 0;  // 0: no error
  bool operator==(const Outcome&) const = default;
};

// Feeds `bytes` in pieces of `piece` bytes.
Outcome read(Peer peer, std::string_view bytes, std::size_t piece) {
  MessageReader reader(peer, message_max);
  Outcome outcome;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    const std::string_view part = bytes.substr(at, piece);
    const auto fed = reader.feed(std::as_bytes(std::span(part.data(), part.size())),
                                 [&](const MessageReader::Message& message) {
                                   outcome.messages.emplace_back(message.opcode, message.payload);
                                 });
    if (!fed) outcome.close_code = reader.close_code();
  }
  return outcome;
}

Outcome read(Peer peer, const std::string& bytes) {
  const Outcome whole = read(peer, bytes, bytes.size());
  EXPECT_TRUE(whole == read(peer, bytes, 1)) << "byte by byte it reads differently";
  return whole;
}

// Section 5.7.
TEST(ExamplesOfTheStandardTest, AreReadAsItSays) {
  const std::string hello = "Hello";
  EXPECT_THAT(read(Peer::server, raw({0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f})).messages,
              ElementsAre(Pair(Opcode::text, hello)));
  EXPECT_THAT(
      read(Peer::client, raw({0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58}))
          .messages,
      ElementsAre(Pair(Opcode::text, hello)));
  EXPECT_THAT(
      read(Peer::server, raw({0x01, 0x03, 0x48, 0x65, 0x6c, 0x80, 0x02, 0x6c, 0x6f})).messages,
      ElementsAre(Pair(Opcode::text, hello)));
  EXPECT_THAT(read(Peer::server, raw({0x89, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f})).messages,
              ElementsAre(Pair(Opcode::ping, hello)));
  EXPECT_THAT(
      read(Peer::client, raw({0x8a, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58}))
          .messages,
      ElementsAre(Pair(Opcode::pong, hello)));
  const std::string bytes256(256, 'b');
  EXPECT_THAT(read(Peer::server, raw({0x82, 0x7E, 0x01, 0x00}) + bytes256).messages,
              ElementsAre(Pair(Opcode::binary, bytes256)));
  const std::string bytes65536(65536, 'c');
  EXPECT_THAT(read(Peer::server, raw({0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0}) + bytes65536).messages,
              ElementsAre(Pair(Opcode::binary, bytes65536)));
}

TEST(ExamplesOfTheStandardTest, AreWrittenAsItSays) {
  EXPECT_EQ(server_frame(Opcode::text, "Hello"), raw({0x81, 0x05}) + "Hello");
  EXPECT_EQ(client_frame(Opcode::text, "Hello", mask),
            raw({0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58}));
  EXPECT_EQ(server_frame(Opcode::binary, std::string(256, 'b')).substr(0, 4),
            raw({0x82, 0x7E, 0x01, 0x00}));
  EXPECT_EQ(server_frame(Opcode::binary, std::string(65536, 'c')).substr(0, 10),
            raw({0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0}));
}

TEST(FrameTest, EveryBorderOfLengthIsReadBack) {
  for (const std::size_t size : {0U, 1U, 125U, 126U, 127U, 65535U, 65536U, 70000U}) {
    const std::string payload(size, 'p');
    EXPECT_THAT(read(Peer::server, server_frame(Opcode::binary, payload)).messages,
                ElementsAre(Pair(Opcode::binary, payload)));
    EXPECT_THAT(read(Peer::client, client_frame(Opcode::binary, payload, mask)).messages,
                ElementsAre(Pair(Opcode::binary, payload)));
  }
}

TEST(FrameTest, ControlFramesComeBetweenFragments) {
  const std::string bytes = raw({0x01, 0x01, 'a'}) + raw({0x89, 0x01, '?'}) + raw({0x00, 0x00}) +
                            raw({0x8A, 0x00}) + raw({0x80, 0x01, 'b'});
  EXPECT_THAT(
      read(Peer::server, bytes).messages,
      ElementsAre(Pair(Opcode::ping, "?"), Pair(Opcode::pong, ""), Pair(Opcode::text, "ab")));
}

TEST(FrameTest, ACharacterMayBeSplitBetweenFragments) {
  const std::string bytes = raw({0x01, 0x01, 0xE7}) + raw({0x80, 0x02, 0x81, 0xAB});
  EXPECT_THAT(read(Peer::server, bytes).messages, ElementsAre(Pair(Opcode::text, "火")));
}

TEST(FrameTest, NothingIsHandedOnAfterAClose) {
  const std::string bytes = server_frame(Opcode::close, close_payload(1001, "bye")) +
                            server_frame(Opcode::text, "unheard") + raw({0xFF, 0xFF});
  const Outcome outcome = read(Peer::server, bytes);
  EXPECT_THAT(outcome.messages, ElementsAre(Pair(Opcode::close, raw({0x03, 0xE9}) + "bye")));
  EXPECT_EQ(outcome.close_code, 0);
}

TEST(ClosePayloadTest, IsCutOnTheBorderOfACharacter) {
  EXPECT_EQ(close_payload(1000, ""), raw({0x03, 0xE8}));
  EXPECT_EQ(close_payload(1000, std::string(123, 'x')).size(), 125U);
  EXPECT_EQ(close_payload(1000, std::string(124, 'x')).size(), 125U);
  std::string fires;
  for (int count = 0; count < 42; ++count) fires += "火";
  EXPECT_EQ(close_payload(1000, fires).size(), 2U + 123U);
  EXPECT_EQ(close_payload(1000, "x" + fires).size(), 2U + 121U);
}

struct Violation {
  std::string name;
  std::string bytes;
  std::uint16_t close_code;
  Peer peer = Peer::server;
};

std::string close_with(int high, int low, const std::string& reason = "") {
  return raw({0x88, static_cast<int>(2 + reason.size()), high, low}) + reason;
}

std::string text(const std::string& payload) { return server_frame(Opcode::text, payload); }

const Violation violations[] = {
    {"ReservedBit1", raw({0xC1, 0x00}), 1002},
    {"ReservedBit2", raw({0xA1, 0x00}), 1002},
    {"ReservedBit3", raw({0x91, 0x00}), 1002},
    {"ReservedBitOfContinuation", raw({0x01, 0x00, 0xC0, 0x00}), 1002},
    {"ReservedOpcode3", raw({0x83, 0x00}), 1002},
    {"ReservedOpcode7", raw({0x87, 0x00}), 1002},
    {"ReservedOpcode11", raw({0x8B, 0x00}), 1002},
    {"ReservedOpcode15", raw({0x8F, 0x00}), 1002},
    {"PingInFragments", raw({0x09, 0x00}), 1002},
    {"CloseInFragments", raw({0x08, 0x00}), 1002},
    {"PingOf126Bytes", raw({0x89, 0x7E, 0x00, 0x7E}) + std::string(126, 'x'), 1002},
    {"PingWithLongLength", raw({0x89, 0x7F, 0, 0, 0, 0, 0, 0, 0, 1, 'x'}), 1002},
    {"ContinuationOfNothing", raw({0x80, 0x00}), 1002},
    {"ContinuationAfterTheEnd", raw({0x01, 0x00, 0x80, 0x00, 0x80, 0x00}), 1002},
    {"MessageInsideMessage", raw({0x01, 0x00, 0x81, 0x00}), 1002},
    {"FragmentOfAnotherMessage", raw({0x01, 0x00, 0x02, 0x00}), 1002},
    {"Length125InTwoBytes", raw({0x82, 0x7E, 0x00, 0x7D}) + std::string(125, 'x'), 1002},
    {"Length65535InEightBytes", raw({0x82, 0x7F, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}), 1002},
    {"LengthWithTopBit", raw({0x82, 0x7F, 0x80, 0, 0, 0, 0, 1, 0, 0}), 1002},
    {"MaskedServer", client_frame(Opcode::text, "x", mask), 1002},
    {"UnmaskedClient", text("x"), 1002, Peer::client},
    {"UnmaskedPingOfClient", raw({0x89, 0x00}), 1002, Peer::client},
    {"HalfACloseCode", raw({0x88, 0x01, 0x03}), 1002},
    {"CloseCode0", close_with(0x00, 0x00), 1002},
    {"CloseCode999", close_with(0x03, 0xE7), 1002},
    {"CloseCode1004", close_with(0x03, 0xEC), 1002},
    {"CloseCode1005", close_with(0x03, 0xED), 1002},
    {"CloseCode1006", close_with(0x03, 0xEE), 1002},
    {"CloseCode1015", close_with(0x03, 0xF7), 1002},
    {"CloseCode1016", close_with(0x03, 0xF8), 1002},
    {"CloseCode2999", close_with(0x0B, 0xB7), 1002},
    {"CloseCode5000", close_with(0x13, 0x88), 1002},
    {"CloseReasonNotUtf8", close_with(0x03, 0xE8, "\xC0\xAF"), 1007},
    {"TextOverlong", text("\xC0\xAF"), 1007},
    {"TextSurrogate", text("\xED\xA0\x80"), 1007},
    {"TextAboveUnicode", text("\xF4\x90\x80\x80"), 1007},
    {"TextOverlongOfThree", text("\xE0\x9F\xBF"), 1007},
    {"TextOverlongOfFour", text("\xF0\x8F\xBF\xBF"), 1007},
    {"TextLead0xFF", text("\xFF"), 1007},
    {"TextContinuationAlone", text("\x80"), 1007},
    {"TextCutOff", text("\xE7\x81"), 1007},
    {"TextCutOffInFragments", raw({0x01, 0x01, 0xE7, 0x80, 0x01, 0x81}), 1007},
    {"TooBig", raw({0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0x11, 0x71}), 1009},
    {"FarTooBig", raw({0x82, 0x7F, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}), 1009},
    {"TooBigInSum",
     raw({0x02, 0x7E, 0xFF, 0xFF}) + std::string(65535, 'x') + raw({0x80, 0x7E, 0x11, 0x72}), 1009},
};

class ViolationTest : public ::testing::TestWithParam<Violation> {};

TEST_P(ViolationTest, EndsWithItsCloseCode) {
  const Outcome outcome = read(GetParam().peer, GetParam().bytes);
  EXPECT_EQ(outcome.close_code, GetParam().close_code);
  EXPECT_TRUE(outcome.messages.empty() || GetParam().name == "ContinuationAfterTheEnd");
}

TEST_P(ViolationTest, IsFinal) {
  MessageReader reader(GetParam().peer, message_max);
  const auto ignore = [](const MessageReader::Message&) {};
  EXPECT_FALSE(reader.feed(std::as_bytes(std::span(GetParam().bytes)), ignore));
  const std::string good = GetParam().peer == Peer::server ? server_frame(Opcode::text, "x")
                                                           : client_frame(Opcode::text, "x", mask);
  int messages = 0;
  const auto fed = reader.feed(std::as_bytes(std::span(good)),
                               [&](const MessageReader::Message&) { ++messages; });
  EXPECT_FALSE(fed);
  EXPECT_EQ(messages, 0);
  EXPECT_EQ(reader.close_code(), GetParam().close_code);
}

INSTANTIATE_TEST_SUITE_P(Frames, ViolationTest, ::testing::ValuesIn(violations),
                         [](const auto& violation) { return violation.param.name; });

TEST(CloseCodeTest, WhatMayBeSentIsHandedOn) {
  for (const int code : {1000, 1001, 1002, 1003, 1007, 1011, 1012, 1014, 3000, 3999, 4000, 4999}) {
    const std::string bytes = close_with(code >> 8, code & 0xFF, "火");
    EXPECT_EQ(read(Peer::server, bytes).close_code, 0) << code;
    EXPECT_EQ(read(Peer::server, bytes).messages.size(), 1U) << code;
  }
  EXPECT_THAT(read(Peer::server, raw({0x88, 0x00})).messages, ElementsAre(Pair(Opcode::close, "")));
}

// A message cut into fragments at random, with pings between them, in pieces of random size.
TEST(RandomFragmentsTest, GiveBackTheMessages) {
  const unsigned seed = std::random_device{}();
  std::cout << "seed " << seed << '\n';
  std::mt19937 random(seed);
  for (int round = 0; round < 300; ++round) {
    Received expected;
    std::string bytes;
    const auto frame = [&](int first, std::string_view payload) {
      std::array<std::byte, 4> key{};
      for (std::byte& byte : key) byte = static_cast<std::byte>(random() & 0xFF);
      std::string made = client_frame(Opcode::binary, payload, key);
      made[0] = static_cast<char>(first);
      bytes += made;
    };
    for (unsigned message = 0; message < 1 + random() % 4; ++message) {
      std::string payload(random() % 3 == 0 ? random() % 70'000 : random() % 300, '\0');
      for (char& byte : payload) byte = static_cast<char>(random() & 0xFF);
      std::string_view rest = payload;
      int opcode = 0x02;
      while (random() % 3 != 0) {
        const std::size_t part = random() % (rest.size() + 1);
        frame(opcode, rest.substr(0, part));
        rest.remove_prefix(part);
        opcode = 0x00;
        if (random() % 2 == 0) continue;
        frame(0x89, "ping");
        expected.emplace_back(Opcode::ping, "ping");
      }
      frame(0x80 | opcode, rest);
      expected.emplace_back(Opcode::binary, payload);
    }
    const Outcome outcome = read(Peer::client, bytes, 1 + random() % 5000);
    ASSERT_EQ(outcome.close_code, 0) << "seed " << seed << " round " << round;
    ASSERT_TRUE(outcome.messages == expected) << "seed " << seed << " round " << round;
  }
}

}  // namespace
}  // namespace noroshi::wire
