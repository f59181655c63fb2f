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
