#include "hub/outlets/stream_message.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace noroshi::outlets {
namespace {

TEST(StreamMessage, InJsonIsTheProtobufMappingWithEverythingPrinted) {
  v1::ServerMessage message;
  message.mutable_passed()->set_sequence(9'007'199'254'740'993);
  message.mutable_passed()->set_reason(v1::Passed::CANCELLED);
  EXPECT_EQ(text_of(message, Subprotocol::json),
            R"({"passed":{"sequence":"9007199254740993","reason":"CANCELLED","by":"0"}})");
  set_time(*message.mutable_heartbeat()->mutable_hub_time(), 1'795'316'400'012);
  EXPECT_EQ(text_of(message, Subprotocol::json),
            R"({"heartbeat":{"head":"0","through":"0","hubTime":"2026-11-22T03:00:00.012Z"}})");
  message.mutable_goodbye()->set_detail("\x1b\"避難\n");
  EXPECT_EQ(text_of(message, Subprotocol::json),
            R"({"goodbye":{"code":"","detail":"\u001b\"避難\n","retryAfterMs":0}})");
}

journal::Stored stored_with(std::shared_ptr<const std::string> content) {
  journal::Stored stored;
  stored.sequence = 7;
  stored.entry.set_at_ms(1'795'316'400'000);
  auto& alert = *stored.entry.mutable_body()->mutable_alert_accepted();
  alert.set_publisher("362018");
  alert.mutable_summary()->set_level(4);
  alert.mutable_summary()->add_area_codes("362018");
  stored.content = std::move(content);
  return stored;
}

constexpr auto without_reading =
    R"({"delivery":{"sequence":"7","publisher":"362018",)"
    R"("summary":{"identifier":"","sender":"","document":"","revision":0,"level":4,"event":"",)"
    R"("areaCodes":["362018"],"headline":"","referencedSequences":[],"messageType":"",)"
    R"("status":"","flags":[]},"acceptedAt":"2026-11-22T03:00:00Z"}})";

TEST(StreamMessage, ADeliveryInJsonHasTheReadingInPlaceOfTheXml) {
  const auto json = delivery_json(stored_with(std::make_shared<const std::string>(
      R"(<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><note>x</note></alert>)")));
  std::string expected(without_reading);
  expected.resize(expected.size() - 2);
  expected +=
      R"(,"reading":{"identifier":"","sender":"","sent":"","status":"","msgType":"","scope":"",)"
      R"("code":[],"note":"x","info":[]}}})";
  EXPECT_EQ(json, expected);
}

TEST(StreamMessage, WithoutReadableBytesADeliveryInJsonHasNoReading) {
  EXPECT_EQ(delivery_json(stored_with(nullptr)), without_reading);
  EXPECT_EQ(delivery_json(stored_with(std::make_shared<const std::string>("<a/>"))),
            without_reading);
}

}  // namespace
}  // namespace noroshi::outlets
