// Signed alerts through examine, the check of a worker, and the head of the log.
#include "hub/admission/signature.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/admission/alert_judge.hpp"
#include "proto/signature/sign.hpp"
#include "tests/unit/hub/admission/credential.hpp"
#include "tests/unit/proto/signature/signers.hpp"

namespace noroshi::admission {
namespace {

using signature::day_ms;
using signature::foreigner;
using signature::now_ms;
using signature::relay;
using testing::Contains;
using testing::ElementsAre;

std::string signed_by(const std::string& document, const signature::Pair& pair) {
  return signature::sign(document, pair.key_pem, pair.certificate_pem, now_ms).value();
}

class SignedAlerts : public testing::Test {
 protected:
  SignedAlerts() { append(token_of("362018")); }

  void registers(std::vector<signature::PinnedKey> keys, bool required = false) {
    v1::EntryBody body;
    auto& publisher = *body.mutable_publisher_registered();
    publisher.set_code("362018");
    publisher.add_senders("city.tokushima.lg.jp");
    publisher.add_areas("*");
    policy_.Clear();
    policy_.set_signature_required(required);
    for (const auto& key : keys) {
      auto& added = *policy_.add_signing_keys();
      added.set_name(key.name);
      added.set_certificate(key.certificate);
    }
    *publisher.mutable_policy() = policy_;
    append(body);
  }

  void append(const v1::EntryBody& body) {
    v1::Entry entry;
    entry.set_sequence(++head_);
    *entry.mutable_body() = body;
    judge_.apply(entry);
  }

  // As far as a worker: the keys are those registered last.
  [[nodiscard]] Examined examined(const std::string& document) const {
    const Submission submission{"362018", credential_of("362018"),
                                drills::Channel::of(v1::TokenIssued()),
                                std::make_shared<const std::string>(document), std::nullopt};
    auto result = examine(submission, now_ms);
    EXPECT_EQ(result.code, "");
    check_signatures(result, submission, policy_, now_ms);
    return result;
  }

  // "" with the names when accepted, else the first rule.
  struct Said {
    std::string refused;
    std::string signed_by;
    std::vector<std::string> warnings;
  };
  Said decide(const Examined& examined, std::int64_t at_ms = now_ms) {
    const auto decision = judge_.decide(examined.proposal, head_ + 1, at_ms);
    if (const auto* refused = std::get_if<journal::Refuse>(&decision)) {
      EXPECT_EQ(refused->code, "alert.invalid");
      EXPECT_EQ(refused->audit->alert_refused().rules_size(), 1);
      return {refused->rules.empty() ? refused->code : refused->rules.front(), "", {}};
    }
    const auto& alert = std::get<journal::Accept>(decision).body.alert_accepted();
    return {"", alert.signed_by(), {alert.warnings().begin(), alert.warnings().end()}};
  }
  Said submit(const std::string& document) { return decide(examined(document)); }

  AlertJudge judge_;
  v1::PublisherPolicy policy_;
  journal::Sequence head_ = 0;
};

TEST_F(SignedAlerts, WithoutRegisteredKeysASignatureOnlyWarns) {
  registers({});
  const auto said = submit(signed_by(signature::plain_alert(), signature::city()));
  EXPECT_EQ(said.refused, "");
  EXPECT_EQ(said.signed_by, "");
  EXPECT_THAT(said.warnings, Contains("cap.R080"));
  EXPECT_THAT(submit(signature::plain_alert()).warnings, testing::Not(Contains("cap.R080")));
}

TEST_F(SignedAlerts, AVerifiedOneSaysByWhom) {
  registers({signature::city().pinned("city-2026"), relay().pinned("prefecture")});
  const auto once = signed_by(signature::plain_alert(), signature::city());
  EXPECT_EQ(submit(once).signed_by, "city-2026");
  EXPECT_THAT(submit(once).warnings, testing::Not(Contains("cap.R080")));
  EXPECT_EQ(submit(signed_by(once, relay())).signed_by, "city-2026,prefecture");
}

TEST_F(SignedAlerts, AWrongOneIsRefusedWithItsPlace) {
  registers({signature::city().pinned("city-2026")});
  const auto result = examined(signed_by(signature::plain_alert(), foreigner()));
  EXPECT_EQ(decide(result).refused, "cap.R080 foreign");
  const auto mark = std::find_if(result.marks.begin(), result.marks.end(),
                                 [](const auto& one) { return one.rule == "cap.R080"; });
  ASSERT_NE(mark, result.marks.end());
  EXPECT_EQ(mark->path, "/alert/Signature[1]");
  EXPECT_EQ(mark->place.line, 24u);
}

TEST_F(SignedAlerts, AChangedDocumentIsRefused) {
  registers({signature::city().pinned("city-2026")});
  const auto document = signed_by(signature::plain_alert(), signature::city());
  EXPECT_EQ(submit(signature::replaced(document, "全員避難", "自宅待機")).refused,
            "cap.R080 changed");
}

TEST_F(SignedAlerts, WhatIsNotVerifiableIsRefusedOnlyWhereASignatureIsNeeded) {
  const auto document = signature::replaced(signed_by(signature::plain_alert(), signature::city()),
                                            "<info>", "<info><!-- made by a vendor -->");
  registers({signature::city().pinned("city-2026")});
  EXPECT_EQ(submit(document).refused, "");
  EXPECT_THAT(submit(document).warnings, Contains("cap.R080"));
  registers({signature::city().pinned("city-2026")}, true);
  EXPECT_EQ(submit(document).refused, "cap.R080 comment");
  EXPECT_EQ(submit(signature::plain_alert()).refused, "cap.R080 missing");
  EXPECT_EQ(submit(signed_by(signature::plain_alert(), signature::city())).signed_by, "city-2026");
}

TEST_F(SignedAlerts, NeededAndNoKeyRegisteredMeansNothingIsTaken) {
  registers({}, true);
  EXPECT_EQ(submit(signature::plain_alert()).refused, "cap.R080 missing");
  EXPECT_EQ(submit(signed_by(signature::plain_alert(), signature::city())).refused,
            "cap.R080 unpinned");
}

// The check was made with a key that is gone, or over, when the alert comes to the head.
TEST_F(SignedAlerts, TheKeysAtTheHeadCount) {
  registers({signature::city().pinned("city-2026")});
  const auto checked = examined(signed_by(signature::plain_alert(), signature::city()));
  EXPECT_EQ(decide(checked).signed_by, "city-2026");
  EXPECT_EQ(decide(checked, now_ms + 2 * day_ms).refused, "cap.R080 expired city-2026");
  registers({relay().pinned("city-2026")});
  EXPECT_EQ(decide(checked).refused, "cap.R080 removed city-2026") << "another under its name";
  registers({signature::city().pinned("renamed")});
  EXPECT_EQ(decide(checked).refused, "cap.R080 removed city-2026");
  registers({});
  EXPECT_EQ(decide(checked).refused, "cap.R080 removed city-2026");
}

TEST_F(SignedAlerts, AKeyRegisteredTooLateIsNotAWrongSignature) {
  registers({});
  const auto unchecked = examined(signed_by(signature::plain_alert(), signature::city()));
  registers({signature::city().pinned("city-2026")});
  EXPECT_EQ(decide(unchecked).refused, "");
  EXPECT_EQ(decide(unchecked).signed_by, "");
  registers({signature::city().pinned("city-2026")}, true);
  EXPECT_EQ(decide(unchecked).refused, "cap.R080 unpinned");
}

TEST_F(SignedAlerts, WhatWasAcceptedStaysKnownWhenItsKeyIsGone) {
  registers({signature::city().pinned("city-2026")}, true);
  const auto document = signed_by(signature::plain_alert(), signature::city());
  const auto first = judge_.decide(examined(document).proposal, head_ + 1, now_ms);
  append(std::get<journal::Accept>(first).body);
  registers({relay().pinned("city-2027")}, true);
  const auto again = judge_.decide(examined(document).proposal, head_ + 1, now_ms);
  EXPECT_TRUE(std::holds_alternative<journal::AlreadyKnown>(again));
}

// Whoever proposes without having looked proposes something unsigned.
TEST_F(SignedAlerts, NothingIsSignedThatNobodyChecked) {
  registers({signature::city().pinned("city-2026")}, true);
  auto result = examined(signed_by(signature::plain_alert(), signature::city()));
  result.proposal.body.mutable_alert_accepted()->set_signed_by("city-2026");
  result.proposal.circumstances = nullptr;
  EXPECT_EQ(decide(result).refused, "cap.R080 missing");
  registers({signature::city().pinned("city-2026")});
  EXPECT_EQ(decide(result).signed_by, "");
}

}  // namespace
}  // namespace noroshi::admission
