#include "hub/api/problem.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "hub/api/words.hpp"

namespace noroshi::api {
namespace {

TEST(Problem, SaysWhatAndWhereInTheLanguageAskedFor) {
  const Problem problem{403,
                        "auth.area",
                        "271004",
                        {admission_finding("auth.area", "271004", "/alert/info[1]", 5, 3)}};
  for (const auto language : {cap::Language::japanese, cap::Language::english}) {
    const auto answer = response(problem, language);
    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(wire::find(answer.fields, "Content-Type"), "application/problem+json");
    const auto body = boost::json::parse(answer.body).as_object();
    EXPECT_EQ(body.at("status"), 403);
    EXPECT_EQ(body.at("code"), "auth.area");
    const auto& finding = body.at("findings").as_array().at(0).as_object();
    EXPECT_EQ(finding.at("line"), 5);
    EXPECT_EQ(finding.at("column"), 3);
    EXPECT_EQ(finding.at("path"), "/alert/info[1]");
    EXPECT_NE(finding.at("message").as_string().find("271004"), std::string::npos);
    EXPECT_EQ(body.at("title").as_string(), words("auth.area", language).title);
  }
}

TEST(Problem, BeforeTheLanguageIsKnownBothAreSpoken) {
  const auto answer = response_in_both({400, "request.malformed", "two Hosts", {}});
  const auto body = boost::json::parse(answer.body).as_object();
  for (const auto language : {cap::Language::japanese, cap::Language::english}) {
    const auto said = words("request.malformed", language);
    EXPECT_NE(body.at("title").as_string().find(said.title), std::string::npos);
    EXPECT_NE(body.at("detail").as_string().find(said.advice), std::string::npos);
  }
  EXPECT_NE(body.at("detail").as_string().find("two Hosts"), std::string::npos);
}

// Asking for the words of a code that has none ends the hub.
TEST(Words, AreThereForEveryCodeTheHubAnswersWith) {
  for (const auto* code : {"request.malformed",
                           "request.timeout",
                           "xml.malformed",
                           "xml.doctype",
                           "xml.depth",
                           "xml.encoding",
                           "auth.required",
                           "auth.sender",
                           "auth.area",
                           "auth.status",
                           "auth.scope",
                           "auth.role",
                           "auth.suspended",
                           "not-found",
                           "method",
                           "alert.conflict",
                           "too-large",
                           "media-type",
                           "alert.invalid",
                           "journal.unavailable",
                           "stopping",
                           "query.invalid",
                           "not-acceptable",
                           "admission.type",
                           "cap.R090",
                           "cap.R091",
                           "admission.references"})
    for (const auto language : {cap::Language::japanese, cap::Language::english}) {
      EXPECT_FALSE(words(code, language).title.empty()) << code;
      EXPECT_FALSE(words(code, language).advice.empty()) << code;
    }
}

TEST(Problem, WhatComesFromOutsideCannotForgeTheAnswer) {
  const auto answer =
      response({404, "not-found", "/\x1b[31m\"},\r\n{", {}}, cap::Language::english);
  const auto body = boost::json::parse(answer.body).as_object();
  EXPECT_EQ(body.at("status"), 404);
  EXPECT_EQ(body.at("detail").as_string().find('\x1b'), std::string::npos);
}

TEST(Problem, RetryAfterAndTheSchemeAreSaid) {
  const auto full = response({503, "journal.unavailable", "", {}, 2}, cap::Language::english);
  EXPECT_EQ(wire::find(full.fields, "Retry-After"), "2");
  const auto anonymous = response({401, "auth.required", "", {}}, cap::Language::english);
  EXPECT_EQ(wire::find(anonymous.fields, "WWW-Authenticate"), "Bearer");
}

}  // namespace
}  // namespace noroshi::api
