#include "hub/admin/check.hpp"

#include <gmock/gmock.h>

#include "hub/admin/init.hpp"
#include "tests/unit/hub/admin/scratch_directory.hpp"

namespace noroshi::admin {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::int64_t made_ms = 1'795'000'000'000;
constexpr std::int64_t day_ms = 86'400'000;

class CheckTest : public ScratchDirectory {
 protected:
  void SetUp() override {
    ScratchDirectory::SetUp();
    data_ = scratch_ / "hub";
    InitRequest request;
    request.data = data_;
    request.sample = InitRequest::Sample::tokushima;
    ASSERT_TRUE(init(
        request, [] { return made_ms; }, Language::english));
  }
  CheckReport check_at(std::int64_t now_ms) const {
    return check(data_, {}, now_ms, Language::english);
  }
  std::filesystem::path data_;
};

TEST_F(CheckTest, AFreshDirectoryHasNoProblems) {
  const auto report = check_at(made_ms);
  EXPECT_THAT(report.problems, IsEmpty());
  EXPECT_THAT(report.warnings, IsEmpty());
}

TEST_F(CheckTest, EverySecretThatOthersCanReadIsNamed) {
  for (const char* file : {"tls/hub.key", "tls/ca.key", "keys/operator.token", "journal.db",
                           "demo/demo-tv.token", "keys", "demo", "tls"}) {
    const auto path = data_ / file;
    const auto before = std::filesystem::status(path).permissions();
    std::filesystem::permissions(path, before | std::filesystem::perms::group_read);
    EXPECT_THAT(check_at(made_ms).problems,
                ElementsAre(testing::AllOf(HasSubstr(path.string() + ": mode"),
                                           EndsWith(path.string()), HasSubstr("chmod"))))
        << file;
    std::filesystem::permissions(path, before);
  }
  EXPECT_THAT(check_at(made_ms).problems, IsEmpty());
}

TEST_F(CheckTest, CertificateIsFollowedThroughItsYear) {
  EXPECT_THAT(check_at(made_ms - day_ms).problems, testing::Each(HasSubstr("valid only from")));
  EXPECT_FALSE(check_at(made_ms - day_ms).problems.empty());
  EXPECT_THAT(check_at(made_ms + 334 * day_ms).warnings, IsEmpty());
  EXPECT_THAT(check_at(made_ms + 336 * day_ms).warnings,
              ElementsAre(HasSubstr("tls/hub.pem: the certificate expires on 2027-11-")));
  EXPECT_THAT(check_at(made_ms + 365 * day_ms).problems,
              ElementsAre(HasSubstr("tls/hub.pem: the certificate expired on 2027-11-")));
}

TEST_F(CheckTest, CertificateAndKeyMustBelongTogetherAndBeReadable) {
  std::filesystem::copy_file(data_ / "tls/ca.key", data_ / "tls/hub.key",
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_THAT(check_at(made_ms).problems, ElementsAre(HasSubstr("tls/hub.key: is not the key of")));
  std::ofstream(data_ / "tls/hub.pem") << "nonsense";
  EXPECT_THAT(check_at(made_ms).problems, ElementsAre(HasSubstr("tls/hub.pem: not a certificate")));
  std::filesystem::remove(data_ / "tls/hub.pem");
  EXPECT_THAT(check_at(made_ms).problems,
              ElementsAre(HasSubstr("hub.pem: cannot be read: No such")));
}

TEST_F(CheckTest, TheAuthoritysKeyMayBeOffLine) {
  std::filesystem::remove(data_ / "tls/ca.key");
  EXPECT_THAT(check_at(made_ms).problems, IsEmpty());
}

TEST_F(CheckTest, ConfigurationProblemsKeepTheirPlaces) {
  std::ofstream(data_ / "noroshi.toml") << "port = \"x\"\nshards = 0\n";
  EXPECT_THAT(check_at(made_ms).problems,
              ElementsAre(HasSubstr("noroshi.toml:1:8: "), HasSubstr("noroshi.toml:2:10: ")));
}

TEST_F(CheckTest, AJournalThatIsNoneIsAProblem) {
  std::ofstream(data_ / "journal.db") << std::string(8192, 'x');
  EXPECT_THAT(check_at(made_ms).problems, ElementsAre(HasSubstr("journal.db")));
}

TEST_F(CheckTest, WhatIsNoDataDirectoryIsSaidAndNothingElse) {
  std::filesystem::remove(data_ / "format");
  EXPECT_THAT(check_at(made_ms).problems, ElementsAre(HasSubstr("not a data directory")));
  EXPECT_THAT(check(scratch_ / "none", {}, made_ms, Language::japanese).problems,
              ElementsAre(HasSubstr("データディレクトリがありません")));
}

}  // namespace
}  // namespace noroshi::admin
