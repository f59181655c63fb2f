// What is particular to subprotocol noroshi.v1.json, and what ends either of the two.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "tests/unit/hub/outlets/open_stream.hpp"

namespace noroshi::outlets {
namespace {

using testing::OpenStream;

// Bytes of one subprotocol that end it, and the close code they end it with.
struct Broken {
  std::string name;
  Subprotocol subprotocol;
  std::string bytes;
  int close_code;
};
std::string text(std::string_view payload) {
  return wire::client_frame(wire::Opcode::text, payload, {});
}
std::string binary(std::string_view payload) {
  return wire::client_frame(wire::Opcode::binary, payload, {});
}

class StreamBroken : public OpenStream, public ::testing::WithParamInterface<Broken> {};

TEST_P(StreamBroken, EndsWithGoodbyeProtocolAndTheCloseCode) {
  open(GetParam().subprotocol);
  client->send(GetParam().bytes);
  client->flush();
  run_until([&] { return client_handler.closed == 1; });
  ASSERT_FALSE(heard().empty());
  ASSERT_TRUE(heard().back().has_goodbye());
  EXPECT_EQ(heard().back().goodbye().code(), "protocol");
  EXPECT_FALSE(heard().back().goodbye().detail().empty());
  EXPECT_EQ(close_code_, GetParam().close_code);
}

std::string nested(int depth) {
  std::string json = R"({"x":)";
  for (int i = 0; i < depth; ++i) json += '[';
  for (int i = 0; i < depth; ++i) json += ']';
  return json + "}";
}

constexpr auto protobuf = Subprotocol::protobuf;
constexpr auto json = Subprotocol::json;
INSTANTIATE_TEST_SUITE_P(
    Table, StreamBroken,
    ::testing::Values(
        Broken{"Noise", protobuf, std::string(64, '\xFF'), 1002},
        Broken{"Unmasked", protobuf, wire::server_frame(wire::Opcode::binary, "x"), 1002},
        Broken{"TextToProtobuf", protobuf, text("{}"), 1003},
        Broken{"NoMessage", protobuf, binary("\xFF\xFF"), 1007},
        Broken{"NoiseToJson", json, std::string(64, '\xFF'), 1002},
        Broken{"BinaryToJson", json, binary(R"({"hello":{}})"), 1003},
        Broken{"TooLong", json, text(R"({"x":")" + std::string(64 * 1024, 'x') + "\"}"), 1009},
        Broken{"BrokenUtf8", json, text("{\"hello\":{},\"x\":\"\xFF\"}"), 1007},
        Broken{"Empty", json, text(""), 1007},
        Broken{"HalfAnObject", json, text(R"({"hello":{)"), 1007},
        Broken{"TwoObjects", json, text(R"({"hello":{}} {"ack":{}})"), 1007},
        Broken{"List", json, text(R"([{"hello":{}}])"), 1007},
        Broken{"TooDeep", json, text(nested(16)), 1007},
        Broken{"MemberTwice", json, text(R"({"hello":{"window":1,"window":2}})"), 1007},
        Broken{"HelloTwice", json, text(R"({"hello":{},"hello":{}})"), 1007},
        Broken{"HelloAndAck", json, text(R"({"hello":{},"ack":{}})"), 1007},
        Broken{"SingleQuotes", json, text("{'hello':{}}"), 1007},
        Broken{"BareName", json, text("{hello:{}}"), 1007},
        Broken{"Comment", json, text("{/**/\"hello\":{}}"), 1007},
        Broken{"NotANumber", json, text(R"({"hello":{"window":NaN}})"), 1007},
        Broken{"NotANumberInQuotes", json, text(R"({"hello":{"window":"NaN"}})"), 1007},
        Broken{"NegativeWindow", json, text(R"({"hello":{"window":-1}})"), 1007},
        Broken{"HalfAWindow", json, text(R"({"hello":{"window":1.5}})"), 1007},
        Broken{"WindowOf33Bits", json, text(R"({"hello":{"window":4294967297}})"), 1007},
        Broken{"EpochOf65Bits", json, text(R"({"hello":{"epoch":"18446744073709551616"}})"), 1007},
        Broken{"HugeNumber", json, text(R"({"ack":{"through":1e400}})"), 1007},
        Broken{"EndlessDigits", json,
               text(R"({"ack":{"through":)" + std::string(60'000, '9') + "}}"), 1007},
        Broken{"UnknownMessage", json, text(R"({"tomorrow":{}})"), 1008}),
    [](const auto& test) { return test.param.name; });

class JsonStream : public OpenStream {
 protected:
  void open() { OpenStream::open(Subprotocol::json); }

  // The payload of the newest text message.
  std::string last_text() {
    std::string last;
    wire::MessageReader reader(wire::MessageReader::Peer::server, 4u << 20);
    EXPECT_TRUE(
        reader.feed(std::as_bytes(std::span(client_handler.received)), [&](const auto& message) {
          if (message.opcode == wire::Opcode::text) last = message.payload;
        }));
    return last;
  }
};

TEST_F(JsonStream, ADeliveryCarriesTheFullReadingAndNoXml) {
  open();
  hello();
  hear(1);
  const auto sequence = publish_document(
      R"(<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>x</identifier>)"
      R"(<info><event>避難指示</event><area><areaDesc>川内町</areaDesc>)"
      R"(<polygon>34.07,134.550 1,2</polygon></area></info></alert>)");
  const auto delivery = hear(2).back().delivery();
  EXPECT_EQ(delivery.sequence(), sequence);
  EXPECT_FALSE(delivery.has_cap_xml());
  EXPECT_EQ(delivery.reading().info(0).event(), "避難指示");
  EXPECT_EQ(delivery.reading().info(0).area(0).area_desc(), "川内町");
  const auto text = last_text();
  EXPECT_TRUE(text.starts_with("{\"delivery\":{\"sequence\":\"" + std::to_string(sequence) + "\""))
      << text;
  EXPECT_NE(text.find(R"("polygon":[[[34.07,134.550],[1,2]]])"), std::string::npos) << text;
  EXPECT_EQ(text.find("capXml"), std::string::npos);
}

TEST_F(JsonStream, WhatIsNotSetIsPrintedToo) {
  open();
  hello();
  hear(1);
  EXPECT_NE(last_text().find(R"("head":"0")"), std::string::npos) << last_text();
}

TEST_F(JsonStream, TakesBothKindsOfNamesAndSkipsUnknownOnes) {
  open();
  client->send(text(R"( {"hello":{"resume_after":"0","window":3,"tomorrow":[{}]},"x":null} )"));
  client->flush();
  EXPECT_TRUE(hear(1).back().has_welcome());
  const auto sequence = publish();
  hear(2);
  client->send(text(R"({"ack":{"through":)" + std::to_string(sequence) + "}}"));
  client->flush();
  publish();
  EXPECT_TRUE(hear(3).back().has_delivery()) << "still welcome";
}

}  // namespace
}  // namespace noroshi::outlets
