#include "hub/alarms/notification.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "proto/merkle/base64.hpp"

namespace noroshi::alarms {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

Call hostile() {
  Call call;
  auto& raised = call.alarm.raised;
  raised.set_id("webhook.dead:portal");
  raised.set_kind("webhook.dead");
  raised.add_subscribers("portal");
  raised.set_missing(1);
  raised.set_detail("500\r\nBcc: everybody@example.jp\n\n\x1b[31mred");
  return call;
}

config::Notify mail() {
  config::Notify rule;
  rule.kind = config::Notify::Kind::mail;
  rule.to = {"ops@example.jp", "night@example.jp"};
  rule.from = "noroshi@example.jp";
  return rule;
}

TEST(Notification, AMailHasTheHeadersItWasMeantToHave) {
  const auto text = notification_mail(hostile(), mail(), "training", 1'800'000'000'000);
  const auto headers = text.substr(0, text.find("\n\n"));
  EXPECT_THAT(headers, Not(HasSubstr("Bcc")));
  EXPECT_THAT(text, Not(HasSubstr("\r")));
  EXPECT_THAT(headers, HasSubstr("\nTo: ops@example.jp, night@example.jp\n"));
  EXPECT_THAT(headers, HasSubstr("\nDate: Fri, 15 Jan 2027 08:00:00 +0000\n"));
  for (std::size_t at = 0, end = 0; end != std::string::npos; at = end + 1) {
    end = text.find('\n', at);
    EXPECT_LE(std::min(end, text.size()) - at, 78u);
  }
}

TEST(Notification, AHeaderIsEncodedInWordsThatSplitNoCharacter) {
  std::string long_text;
  for (int i = 0; i < 40; ++i) long_text += "徳a";
  const auto header = encoded_header(long_text);
  std::string decoded;
  for (std::size_t at = 0; at < header.size();) {
    const auto end = std::min(header.find("?=", at), header.size());
    const auto begin = header.find("?B?", at) + 3;
    EXPECT_LE(end + 2 - header.find("=?", at), 75u);
    const auto piece = merkle::from_base64(header.substr(begin, end - begin));
    ASSERT_TRUE(piece);
    EXPECT_NE(static_cast<unsigned char>(piece->front()) & 0xC0, 0x80);
    decoded += *piece;
    at = end + 2;
  }
  EXPECT_EQ(decoded, long_text);
}

TEST(Notification, TheEnvironmentHasTheFactsOnOneLineEach) {
  const auto variables = notification_environment(hostile(), "live");
  EXPECT_THAT(variables, Contains("NOROSHI_ALARM=webhook.dead:portal"));
  EXPECT_THAT(variables, Contains("NOROSHI_ALARM_SUBSCRIBERS=portal"));
  EXPECT_THAT(variables, Contains("NOROSHI_ENVIRONMENT=live"));
  for (const auto& variable : variables) {
    if (!variable.starts_with("NOROSHI_")) continue;
    EXPECT_EQ(variable.find_first_of("\r\n\x1b"), std::string::npos);
  }
}

TEST(Notification, AWebhookSaysAsStandardWebhooksDoWhatTheOthersSay) {
  auto call = hostile();
  call.alarm.entry = 7;
  const auto body =
      boost::json::parse(notification_webhook(call, "live", 1'800'000'000'000)).as_object();
  EXPECT_EQ(body.at("type"), "noroshi.alarm");
  EXPECT_EQ(body.at("timestamp"), "2027-01-15T17:00:00+09:00");
  const auto& data = body.at("data").as_object();
  EXPECT_EQ(data, boost::json::parse(notification_json(call, "live")).as_object());
  EXPECT_EQ(data.at("told"), "raised");
  EXPECT_EQ(data.at("id"), "webhook.dead:portal");
  EXPECT_EQ(notification_id(call, 5), "5-7-alarm-1");
}

TEST(Notification, ThatItIsOverIsSaidAndNothingIsAsked) {
  auto call = hostile();
  call.word = Call::Word::over;
  call.alarm.cleared_ms = 1'800'000'000'000;
  EXPECT_EQ(notification_id(call, 5), "5-0-alarm-over");
  const auto object = boost::json::parse(notification_json(call, "live")).as_object();
  EXPECT_EQ(object.at("told"), "over");
  EXPECT_EQ(object.at("state"), "cleared");
  EXPECT_TRUE(object.at("text").at("ja").as_string().starts_with("【終了】"));
  EXPECT_TRUE(object.at("text").at("en").as_string().starts_with("[OVER] "));
  EXPECT_THAT(notification_environment(call, "live"), Contains("NOROSHI_ALARM_TOLD=over"));
  const auto mail_text = notification_mail(call, mail(), "live", 1'800'000'000'000);
  std::string base64 = mail_text.substr(mail_text.find("\n\n") + 2);
  std::erase(base64, '\n');
  const auto text = merkle::from_base64(base64);
  ASSERT_TRUE(text);
  EXPECT_THAT(*text, Not(HasSubstr("alarm ack")));
  EXPECT_THAT(*text, HasSubstr("2027-01-15T17:00:00+09:00"));
}

}  // namespace
}  // namespace noroshi::alarms
