#include <gmock/gmock.h>

#include "proto/wire/websocket.hpp"

namespace noroshi::wire {
namespace {

using ::testing::HasSubstr;

// Section 1.3.
constexpr std::string_view sample_key = "dGhlIHNhbXBsZSBub25jZQ==";
constexpr std::string_view sample_accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

constexpr std::array<std::string_view, 2> subprotocols = {"noroshi.v1.protobuf", "noroshi.v1.json"};

Request offering(std::string_view subprotocol) {
  return upgrade_request("/v1/stream", sample_key, subprotocol);
}

void replace(Request& request, std::string_view name, std::string value) {
  for (auto& [field, old] : request.fields)
    if (field == name) old = std::move(value);
}

void erase(Request& request, std::string_view name) {
  std::erase_if(request.fields, [&](const auto& field) { return field.first == name; });
}

TEST(AcceptKeyTest, AnswersTheSampleOfTheStandard) {
  EXPECT_EQ(accept_key(sample_key), sample_accept);
}

TEST(UpgradeTest, BothSidesAgree) {
  for (const std::string_view subprotocol : subprotocols) {
    std::string chosen;
    const Response response = upgrade(offering(subprotocol), subprotocols, chosen);
    EXPECT_EQ(response.status, 101);
    EXPECT_EQ(chosen, subprotocol);
    const auto checked = check_upgrade(response, sample_key, subprotocol);
    EXPECT_TRUE(checked) << checked.error().detail;
  }
}

TEST(UpgradeTest, BothSidesAgreeOverTheWire) {
  RequestReader requests({});
  const std::string asked = encode(offering("noroshi.v1.json"), "hub.test");
  requests.feed(std::as_bytes(std::span(asked)));
  ASSERT_EQ(requests.state(), RequestReader::State::complete);
  std::string chosen;
  const std::string answered =
      encode(upgrade(requests.take(), subprotocols, chosen), Persistence::keep_alive);
  ResponseReader responses(0);
  ASSERT_EQ(responses.feed(std::as_bytes(std::span(answered))), answered.size());
  ASSERT_TRUE(responses.complete());
  EXPECT_TRUE(check_upgrade(responses.take(), sample_key, "noroshi.v1.json"));
}

TEST(UpgradeTest, TheClientsPreferenceDecides) {
  std::string chosen;
  upgrade(offering("chat, noroshi.v1.json, noroshi.v1.protobuf"), subprotocols, chosen);
  EXPECT_EQ(chosen, "noroshi.v1.json");
  upgrade(offering("chat,noroshi.v1.protobuf,noroshi.v1.json"), subprotocols, chosen);
  EXPECT_EQ(chosen, "noroshi.v1.protobuf");
}

TEST(UpgradeTest, WithoutSubprotocolsNoneIsChosen) {
  std::string chosen = "left over";
  const Response response = upgrade(offering("chat"), {}, chosen);
  EXPECT_EQ(response.status, 101);
  EXPECT_EQ(chosen, "");
  EXPECT_TRUE(check_upgrade(response, sample_key, ""));
}

struct Spoiled {
  std::string name;
  void (*spoil)(Request&);
  int status;
};

const Spoiled spoiled[] = {
    {"Post", [](Request& r) { r.method = "POST"; }, 400},
    {"Body", [](Request& r) { r.body = "x"; }, 400},
    {"NoUpgrade", [](Request& r) { erase(r, "Upgrade"); }, 426},
    {"OtherUpgrade", [](Request& r) { replace(r, "Upgrade", "h2c"); }, 426},
    {"NoConnection", [](Request& r) { erase(r, "Connection"); }, 426},
    {"KeepAlive", [](Request& r) { replace(r, "Connection", "keep-alive"); }, 426},
    {"KeepAliveToo", [](Request& r) { replace(r, "Connection", "keep-alive, Upgrade"); }, 101},
    {"UpgradeInCapitals", [](Request& r) { replace(r, "Upgrade", "WebSocket"); }, 101},
    {"NoVersion", [](Request& r) { erase(r, "Sec-WebSocket-Version"); }, 426},
    {"OldVersion", [](Request& r) { replace(r, "Sec-WebSocket-Version", "8"); }, 426},
    {"NoKey", [](Request& r) { erase(r, "Sec-WebSocket-Key"); }, 400},
    {"TwoKeys", [](Request& r) { r.fields.emplace_back("sec-websocket-key", sample_key); }, 400},
    {"ShortKey", [](Request& r) { replace(r, "Sec-WebSocket-Key", "dGhlIHNhbXBsZQ=="); }, 400},
    {"KeyNotBase64",
     [](Request& r) { replace(r, "Sec-WebSocket-Key", "dGhl!HNhbXBsZSBub25jZQ=="); }, 400},
    {"KeyOf17Bytes",
     [](Request& r) { replace(r, "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZTE="); }, 400},
    {"NoSubprotocol", [](Request& r) { erase(r, "Sec-WebSocket-Protocol"); }, 400},
    {"OtherSubprotocol", [](Request& r) { replace(r, "Sec-WebSocket-Protocol", "chat"); }, 400},
    {"SubprotocolTwice",
     [](Request& r) { replace(r, "Sec-WebSocket-Protocol", "noroshi.v1.json, noroshi.v1.json"); },
     400},
    {"SubprotocolNoToken",
     [](Request& r) { replace(r, "Sec-WebSocket-Protocol", "noroshi.v1.json, (x)"); }, 400},
    {"CloseToo", [](Request& r) { replace(r, "Connection", "close, Upgrade"); }, 400},
    {"Extensions",
     [](Request& r) {
       r.fields.emplace_back("Sec-WebSocket-Extensions", "a; b; c=1; d=\"2\" , e");
     },
     101},
    {"ExtensionWithoutName",
     [](Request& r) { r.fields.emplace_back("Sec-WebSocket-Extensions", "; b=1"); }, 400},
    {"ExtensionWithoutValue",
     [](Request& r) { r.fields.emplace_back("Sec-WebSocket-Extensions", "a; b="); }, 400},
    {"ExtensionHalfQuoted",
     [](Request& r) { r.fields.emplace_back("Sec-WebSocket-Extensions", "a; b=\"1"); }, 400},
    {"SubprotocolInOtherCase",
     [](Request& r) { replace(r, "Sec-WebSocket-Protocol", "NOROSHI.v1.json"); }, 400},
};

class SpoiledUpgradeTest : public ::testing::TestWithParam<Spoiled> {};

TEST_P(SpoiledUpgradeTest, IsAnsweredWithTheExpectedStatus) {
  Request request = offering("noroshi.v1.json");
  GetParam().spoil(request);
  std::string chosen;
  const Response response = upgrade(request, subprotocols, chosen);
  EXPECT_EQ(response.status, GetParam().status);
  if (response.status == 426) {
    EXPECT_EQ(find(response.fields, "Sec-WebSocket-Version"), "13");
    EXPECT_EQ(find(response.fields, "Upgrade"), "websocket");
  }
}

INSTANTIATE_TEST_SUITE_P(Requests, SpoiledUpgradeTest, ::testing::ValuesIn(spoiled),
                         [](const auto& request) { return request.param.name; });

TEST(CheckUpgradeTest, RefusesWhatIsNotOurAnswer) {
  std::string chosen;
  const Response good = upgrade(offering("noroshi.v1.json"), subprotocols, chosen);
  const auto reason = [](const Response& response, std::string_view subprotocol) {
    const auto checked = check_upgrade(response, sample_key, subprotocol);
    return checked ? std::string("accepted") : checked.error().detail;
  };
  EXPECT_EQ(reason(good, "noroshi.v1.json"), "accepted");
  EXPECT_THAT(reason(good, "noroshi.v1.protobuf"), HasSubstr("another subprotocol"));
  EXPECT_THAT(reason(good, ""), HasSubstr("another subprotocol"));

  Response bad = good;
  bad.status = 200;
  EXPECT_THAT(reason(bad, "noroshi.v1.json"), HasSubstr("answered with 200"));
  bad = good;
  bad.fields.erase(bad.fields.begin());
  EXPECT_THAT(reason(bad, "noroshi.v1.json"), HasSubstr("not upgraded"));
  bad = good;
  bad.fields.emplace_back("Sec-WebSocket-Extensions", "permessage-deflate");
  EXPECT_THAT(reason(bad, "noroshi.v1.json"), HasSubstr("extension"));
  EXPECT_FALSE(check_upgrade(good, "AAAAAAAAAAAAAAAAAAAAAA==", "noroshi.v1.json"));
}

}  // namespace
}  // namespace noroshi::wire
