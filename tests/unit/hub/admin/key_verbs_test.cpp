#include "hub/admin/key_verbs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/admin/exit_code.hpp"
#include "proto/hexadecimal.hpp"
#include "tests/unit/hub/admin/administered_city.hpp"
#include "tests/unit/proto/signature/signers.hpp"

namespace noroshi::admin {
namespace {

using Action = AdminRequest::Action;
using signature::Kind;
using testing::HasSubstr;

class KeyVerbs : public AdministeredCity {
 protected:
  AdminAnswer key(Action action, std::string name = "", std::string certificate = "") {
    AdminRequest request;
    request.subject = AdminRequest::Subject::signing_key;
    request.action = action;
    request.id = "36201";  // five digits are completed
    if (!name.empty()) request.name = std::move(name);
    request.signing_certificate = std::move(certificate);
    return carry_out(request);
  }
  const v1::PublisherPolicy& policy() { return judge_.registry().publisher("362018")->policy; }
};

TEST_F(KeyVerbs, AKeyIsPinnedListedAndRemoved) {
  const auto& pair = signature::relay();
  const auto added = key(Action::add, "city-2026", pair.certificate_pem);
  ASSERT_EQ(added.exit_code, exit_code::ok) << added.note;
  EXPECT_THAT(added.note,
              HasSubstr("city-2026: P-256, CN=徳島市, until 2026-11-23T09:00:00+09:00"));
  ASSERT_EQ(policy().signing_keys_size(), 1);
  EXPECT_EQ(policy().signing_keys(0).name(), "city-2026");
  EXPECT_EQ(policy().signing_keys(0).certificate(), pair.certificate);

  const auto listed = key(Action::list);
  EXPECT_THAT(listed.data, HasSubstr("city-2026\tP-256\tCN=徳島市\t"));
  EXPECT_THAT(listed.json, HasSubstr(R"("name":"city-2026")"));

  EXPECT_EQ(key(Action::revoke, "city-2025").exit_code, exit_code::not_found);
  EXPECT_EQ(key(Action::revoke, "city-2026").exit_code, exit_code::ok);
  EXPECT_EQ(policy().signing_keys_size(), 0);
  EXPECT_THAT(key(Action::list).note, HasSubstr("no signing keys"));
}

TEST_F(KeyVerbs, ShowAndListTellAllThatARegistrationHolds) {
  AdminRequest request;
  request.subject = AdminRequest::Subject::publisher;
  request.action = Action::show;
  request.id = "362018";
  const auto bare = carry_out(request);
  EXPECT_THAT(bare.data, HasSubstr("signature required: no\nsigning keys: none\n"));
  EXPECT_THAT(bare.json, HasSubstr(R"("signature_required":false,"signing_keys":[])"));

  ASSERT_EQ(key(Action::add, "first", signature::relay().certificate_pem).exit_code, 0);
  const auto sha256 = hexadecimal(journal::content_hash(signature::relay().certificate));
  now_ms_ += 3'600'000;
  ASSERT_EQ(key(Action::add, "second", signature::city().certificate_pem).exit_code, 0);
  auto set = request;
  set.action = Action::set;
  set.signature_required = true;
  set.two_people = true;
  set.rights.emplace().profile_required = true;
  set.rights->proxies = {"360007:2027-03-31"};
  set.rights->now_ms = now_ms_;
  ASSERT_EQ(carry_out(set).exit_code, exit_code::ok);

  const auto shown = carry_out(request);
  EXPECT_THAT(shown.data, HasSubstr("signature required: yes\n"));
  EXPECT_THAT(shown.data, HasSubstr("two people: yes\n"));
  EXPECT_THAT(shown.data, HasSubstr("360007:2027-04-01T00:00:00+09:00"));
  EXPECT_THAT(shown.data, HasSubstr("first (SHA-256 " + sha256 +
                                    ", pinned 2026-11-22T12:00:00+09:00, valid until "));
  EXPECT_THAT(shown.data, HasSubstr("pinned 2026-11-22T13:00:00+09:00"));
  EXPECT_THAT(shown.json, HasSubstr(R"("sha256":")" + sha256 + '"'));
  EXPECT_THAT(shown.json, HasSubstr(R"("pinned_at":"2026-11-22T12:00:00+09:00")"));
  EXPECT_THAT(shown.json, HasSubstr(R"("signature_required":true)"));
  EXPECT_THAT(shown.json, HasSubstr(R"("profile_required":true,"two_people":true)"));
  request.action = Action::list;
  EXPECT_THAT(carry_out(request).data,
              HasSubstr("\ttwo-people,signature-required,profile-required,keys:2,proxies:1\n"));
}

TEST_F(KeyVerbs, AKeyPinnedAnewIsPinnedSinceThen) {
  ASSERT_EQ(key(Action::add, "city", signature::relay().certificate_pem).exit_code, 0);
  const auto& pinned = judge_.registry().publisher("362018")->pinned_ms;
  const auto first = now_ms_++;
  EXPECT_EQ(pinned.at("city"), first);
  ASSERT_EQ(key(Action::revoke, "city").exit_code, 0);
  EXPECT_TRUE(pinned.empty());
  ASSERT_EQ(key(Action::add, "city", signature::city().certificate_pem).exit_code, 0);
  EXPECT_EQ(pinned.at("city"), now_ms_);
}

TEST_F(KeyVerbs, WhatCannotBePinned) {
  const auto& good = signature::relay();
  ASSERT_EQ(key(Action::add, "one", good.certificate_pem).exit_code, exit_code::ok);
  struct Case {
    const char* name;
    std::string key, certificate;
    int exit;
  };
  const Case cases[] = {
      {"its name taken", "one", signature::city().certificate_pem, exit_code::conflict},
      {"its certificate taken", "two", good.certificate_pem, exit_code::conflict},
      {"no name", "", good.certificate_pem, exit_code::usage},
      {"a comma in its name", "a,b", good.certificate_pem, exit_code::usage},
      {"a space in its name", "a b", good.certificate_pem, exit_code::usage},
      {"a capital", "A", good.certificate_pem, exit_code::usage},
      {"a name too long", std::string(64, 'a'), good.certificate_pem, exit_code::usage},
      {"no certificate", "two", "", exit_code::usage},
      {"a private key", "two", good.key_pem, exit_code::usage},
      {"a weak key", "two", signature::make_pair(Kind::rsa_1024).certificate_pem, exit_code::usage},
      {"another kind", "two", signature::make_pair(Kind::ed25519).certificate_pem,
       exit_code::usage},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(key(Action::add, c.key, c.certificate).exit_code, c.exit) << c.name;
    EXPECT_EQ(policy().signing_keys_size(), 1) << c.name;
  }
}

TEST_F(KeyVerbs, EightAtMost) {
  for (std::size_t i = 0; i < signature::keys_max; ++i)
    ASSERT_EQ(key(Action::add, "key-" + std::to_string(i),
                  signature::make_pair(Kind::p256).certificate_pem)
                  .exit_code,
              exit_code::ok);
  EXPECT_EQ(key(Action::add, "one-more", signature::relay().certificate_pem).exit_code,
            exit_code::conflict);
}

TEST_F(KeyVerbs, OtherChangesKeepTheKeysAndTheRule) {
  ASSERT_EQ(key(Action::add, "one", signature::relay().certificate_pem).exit_code, exit_code::ok);
  AdminRequest set;
  set.subject = AdminRequest::Subject::publisher;
  set.action = Action::set;
  set.id = "362018";
  set.signature_required = true;
  ASSERT_EQ(carry_out(set).exit_code, exit_code::ok);
  EXPECT_TRUE(policy().signature_required());
  set.signature_required.reset();
  set.name = "徳島市";
  ASSERT_EQ(carry_out(set).exit_code, exit_code::ok);
  EXPECT_TRUE(policy().signature_required());
  EXPECT_EQ(policy().signing_keys_size(), 1);
  EXPECT_THAT(key(Action::revoke, "one").note, HasSubstr("none of its alerts will be taken"));
  set.signature_required = false;
  ASSERT_EQ(carry_out(set).exit_code, exit_code::ok);
  EXPECT_FALSE(policy().signature_required());
}

TEST_F(KeyVerbs, NobodysKeys) {
  AdminRequest request;
  request.subject = AdminRequest::Subject::signing_key;
  request.action = Action::list;
  request.id = "271004";
  EXPECT_EQ(carry_out(request).exit_code, exit_code::not_found);
}

}  // namespace
}  // namespace noroshi::admin
