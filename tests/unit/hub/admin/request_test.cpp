#include "hub/admin/request.hpp"

#include <gtest/gtest.h>

#include "hub/admin/exit_code.hpp"

namespace noroshi::admin {
namespace {

TEST(AdminRequest, ComesBackFromItsJson) {
  AdminRequest request;
  request.subject = AdminRequest::Subject::subscriber;
  request.action = AdminRequest::Action::set;
  request.id = "demo-tv";
  request.name = "名\n前\"";
  request.areas = {"36", "*"};
  request.events = std::vector<std::string>{};
  request.min_level = 3;
  request.two_people = false;
  request.polygon = "";
  request.texts_language = "ja-JP";
  request.publisher = "362018";
  request.roles = {"drafter", "approver"};
  request.reason = "why";
  request.signing_certificate = "-----BEGIN CERTIFICATE-----\n";
  request.signature_required = false;
  request.certificate = CertificateTerms{
      CertificateTerms::Holder::publisher, "4a01", "0f", "f0", -1, 1LL << 52, 7, 8};
  request.drill = "shakeout";
  request.session = DrillTerms{{"362018"}, {"tv"}, 1, 1LL << 52, 3};
  request.audit = AuditTerms{7, 42, 1ULL << 52, "42-7", 256};
  request.probe = 1ULL << 52;
  request.language = Language::japanese;
  const auto json = to_json(request);
  EXPECT_EQ(json.find('\n'), std::string::npos);
  const auto read = read_request(json);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(*read, request);
}

TEST(AdminRequest, SaysNothingThatAnOlderHubCannotReadUnlessItHasTo) {
  AdminRequest request;
  request.audit = AuditTerms{7, 0, 9};
  const auto json = to_json(request);
  EXPECT_EQ(json.find("\"alert\""), std::string::npos) << json;
  EXPECT_EQ(json.find("\"limit\""), std::string::npos) << json;
}

TEST(AdminAnswer, ComesBackFromItsJson) {
  const AdminAnswer answer{6, "a\nb\n", "note", "{}\n"};
  const auto read = read_answer(to_json(answer));
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, answer);
}

TEST(AdminRequest, WhatIsNotOneIsInvalid) {
  for (const char* text :
       {"", "{", "[]", "null", "{\"subject\":1}", "{\"subject\":\"king\"}", "{\"action\":\"x\"}",
        "{\"areas\":\"36\"}", "{\"areas\":[1]}", "{\"min_level\":-1}", "{\"min_level\":1.5}",
        "{\"min_level\":4294967296}", "{\"colour\":\"red\"}", "{} {}", "[[[[[[[[[]]]]]]]]]"}) {
    const auto read = read_request(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, ErrorCode::invalid) << text;
  }
}

TEST(AnswerOf, CarriesTheExitCodeOfTheContract) {
  EXPECT_EQ(answer_of({ErrorCode::invalid, ""}).exit_code, 2);
  EXPECT_EQ(answer_of({ErrorCode::configuration, ""}).exit_code, 3);
  EXPECT_EQ(answer_of({ErrorCode::refused, ""}).exit_code, 4);
  EXPECT_EQ(answer_of({ErrorCode::not_found, ""}).exit_code, 5);
  EXPECT_EQ(answer_of({ErrorCode::conflict, ""}).exit_code, 6);
  EXPECT_EQ(answer_of({ErrorCode::io, ""}).exit_code, 1);
  EXPECT_EQ(answer_of({ErrorCode::conflict, "x"}).json,
            "{\"code\":\"conflict\",\"detail\":\"x\"}\n");
}

}  // namespace
}  // namespace noroshi::admin
