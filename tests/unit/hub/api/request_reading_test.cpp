// Language, media types and queries: what a request asks for besides its path.
#include <gtest/gtest.h>

#include <string>

#include "hub/api/alert_query.hpp"
#include "hub/api/language.hpp"
#include "hub/api/media_type.hpp"
#include "hub/api/times.hpp"

namespace noroshi::api {
namespace {

wire::Request with(const std::string& name, const std::string& value) {
  wire::Request request;
  request.fields.emplace_back(name, value);
  return request;
}

TEST(LanguageOf, IsJapaneseUnlessEnglishIsPreferred) {
  using cap::Language;
  EXPECT_EQ(language_of({}), Language::japanese);
  EXPECT_EQ(language_of(with("Accept-Language", "en")), Language::english);
  EXPECT_EQ(language_of(with("Accept-Language", "en-GB,en;q=0.8")), Language::english);
  EXPECT_EQ(language_of(with("Accept-Language", "en;q=0.8, ja;q=0.9")), Language::japanese);
  EXPECT_EQ(language_of(with("Accept-Language", "ja;q=0.1, en;q=0.2")), Language::english);
  EXPECT_EQ(language_of(with("Accept-Language", "fr")), Language::japanese);
  EXPECT_EQ(language_of(with("Accept-Language", ";;,q=,")), Language::japanese);
}

TEST(MediaType, ThreeNamesAreTakenForCap) {
  for (const auto* type : {"application/cap+xml", "application/xml", "text/xml",
                           "Application/CAP+XML; charset=UTF-8", "text/xml ;charset=utf-8"})
    EXPECT_TRUE(is_cap(type)) << type;
  for (const auto* type : {"", "application/json", "text/plain", "application/cap+xmlx", "xml"})
    EXPECT_FALSE(is_cap(type)) << type;
}

TEST(MediaType, TheCharsetIsReadWithAndWithoutQuotes) {
  EXPECT_EQ(charset_of("text/xml"), std::nullopt);
  EXPECT_EQ(charset_of("text/xml; charset=UTF-8"), "UTF-8");
  EXPECT_EQ(charset_of("text/xml; version=1; Charset=\"Shift_JIS\""), "Shift_JIS");
}

TEST(MediaType, AnAlertIsGivenAsItIsAskedFor) {
  EXPECT_EQ(wanted_form({}), Form::xml);
  EXPECT_EQ(wanted_form(with("Accept", "*/*")), Form::xml);
  EXPECT_EQ(wanted_form(with("Accept", "application/json")), Form::json);
  EXPECT_EQ(wanted_form(with("Accept", "text/html, application/json;q=0.5")), Form::json);
  EXPECT_EQ(wanted_form(with("Accept", "application/geo+json")), Form::none);
}

wire::Request asking(const std::string& name, const std::string& value) {
  wire::Request request;
  request.query.emplace_back(name, value);
  return request;
}

TEST(AlertQuery, EveryParameterIsRead) {
  EXPECT_EQ(alert_query(asking("area", "362018"))->area, "362018");
  EXPECT_EQ(alert_query(asking("area", "36"))->area, "36");
  EXPECT_EQ(alert_query(asking("event", "evac"))->event, "evac");
  EXPECT_EQ(alert_query(asking("level", "5"))->level, 5u);
  EXPECT_EQ(alert_query(asking("identifier", "x"))->identifier, "x");
  EXPECT_EQ(alert_query(asking("before", "77"))->before, 77u);
  EXPECT_EQ(alert_query(asking("limit", "500"))->limit, 500u);
  EXPECT_EQ(alert_query(asking("in_force", "true"))->standing, view::Filter::Standing::in_force);
}

TEST(AlertQuery, WhatIsNotUnderstoodIsRefusedByName) {
  const std::pair<const char*, const char*> wrong[] = {
      {"area", "99"},    {"area", "362017"},  {"area", "*"},    {"level", "6"},
      {"level", "-1"},   {"limit", "0"},      {"limit", "501"}, {"limit", "x"},
      {"before", "1e9"}, {"in_force", "yes"}, {"aera", "36"}};
  for (const auto& [name, value] : wrong) {
    const auto filter = alert_query(asking(name, value));
    ASSERT_FALSE(filter) << name << "=" << value;
    EXPECT_EQ(filter.error().detail, std::string(name) + "=" + value);
  }
}

TEST(Timestamp, IsJapansTimeWithMilliseconds) {
  EXPECT_EQ(timestamp(0), "1970-01-01T09:00:00.000+09:00");
  EXPECT_EQ(timestamp(1'795'000'000'123), "2026-11-18T20:06:40.123+09:00");
}

}  // namespace
}  // namespace noroshi::api
