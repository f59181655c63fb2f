#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <sstream>

#include "hub/admin/certificate_parts.hpp"
#include "hub/admin/command_line.hpp"
#include "hub/admin/exit_code.hpp"
#include "hub/admin/log_access.hpp"
#include "tests/unit/hub/admin/scratch_directory.hpp"

namespace noroshi::admin {
namespace {

using testing::HasSubstr;
using Words = std::vector<std::string>;

constexpr std::int64_t day_ms = 86'400'000;

// `noroshi-hub cert …` over a data directory with the sample prefecture, no hub running.
class CertificatesCommandTest : public ScratchDirectory {
 protected:
  void SetUp() override {
    ScratchDirectory::SetUp();
    data_ = (scratch_ / "hub").string();
    ASSERT_EQ(call({"init", data_, "--demo"}), 0) << err_;
    out_folder_ = (scratch_ / "out").string();
    std::filesystem::create_directory(out_folder_);
  }

  int call(const Words& arguments) {
    std::ostringstream out;
    std::ostringstream err;
    const Surroundings surroundings{out, err, {}, [this] { return now_ms_; }};
    const int code = run(arguments, surroundings, nullptr);
    out_ = out.str();
    err_ = err.str();
    return code;
  }
  int cert(Words arguments) {
    arguments.insert(arguments.begin(), "cert");
    arguments.insert(arguments.end(), {"--data", data_, "--json"});
    return call(arguments);
  }
  std::string issue(const Words& who, const std::string& folder) {
    const auto out = scratch_ / folder;
    std::filesystem::create_directory(out);
    Words arguments{"issue"};
    arguments.insert(arguments.end(), who.begin(), who.end());
    arguments.insert(arguments.end(), {"--out", out.string()});
    EXPECT_EQ(cert(arguments), 0) << err_;
    return field("serial");
  }
  std::string field(const char* name) {
    return std::string(boost::json::parse(out_.substr(0, out_.find('\n'))).at(name).as_string());
  }
  // The state of the certificate as `cert list` shows it now.
  std::string state_of(const std::string& serial) {
    EXPECT_EQ(cert({"list"}), 0);
    std::istringstream lines(out_);
    for (std::string line; std::getline(lines, line);) {
      const auto object = boost::json::parse(line);
      if (object.at("serial") == boost::json::string(serial))
        return std::string(object.at("state").as_string());
    }
    return "not listed";
  }
  std::optional<registry::Principal> principal_of(const std::filesystem::path& pem) {
    const auto certificate = read_certificate(content_of(pem));
    const auto read = wire::read_client_certificate(certificate.get());
    EXPECT_TRUE(read);
    const auto log = OfflineLog::open(data_ + "/journal.db", [this] { return now_ms_; });
    EXPECT_TRUE(log);
    return (*log)->registry().certificates().principal_of(*read, now_ms_);
  }

  std::int64_t now_ms_ = 1'795'000'000'000;
  std::string data_;
  std::string out_folder_;
  std::string out_;
  std::string err_;
};

TEST_F(CertificatesCommandTest, IssueMakesAnIdentityWithItsKeyForItsOwnerOnly) {
  ASSERT_EQ(cert({"issue", "publisher", "362018", "--out", out_folder_}), 0) << err_;
  const auto pem = std::filesystem::path(out_folder_) / "publisher-362018.pem";
  const auto key = std::filesystem::path(out_folder_) / "publisher-362018.key";
  EXPECT_EQ(field("certificate_file"), pem.string());
  EXPECT_EQ(mode_of(key), 0600u);
  EXPECT_EQ(out_.find("PRIVATE"), std::string::npos);
  const auto principal = principal_of(pem);
  ASSERT_TRUE(principal);
  EXPECT_EQ(principal->id, "362018");
  EXPECT_EQ(principal->kind, registry::Principal::Kind::publisher);
}

TEST_F(CertificatesCommandTest, NothingIsOverwrittenAndNothingPinnedThen) {
  issue({"publisher", "362018"}, "once");
  const auto before = content_of(scratch_ / "once" / "publisher-362018.key");
  EXPECT_EQ(cert({"issue", "publisher", "362018", "--out", (scratch_ / "once").string()}),
            exit_code::conflict);
  EXPECT_EQ(content_of(scratch_ / "once" / "publisher-362018.key"), before);
  ASSERT_EQ(cert({"list"}), 0);
  EXPECT_EQ(std::count(out_.begin(), out_.end(), '\n'), 1);
}

TEST_F(CertificatesCommandTest, OnlyRegisteredHoldersGetOne) {
  EXPECT_EQ(cert({"issue", "publisher", "362999", "--out", out_folder_}), exit_code::not_found);
  EXPECT_EQ(cert({"issue", "subscriber", "nobody", "--out", out_folder_}), exit_code::not_found);
  EXPECT_EQ(cert({"issue", "hub", "--out", out_folder_}), exit_code::usage);
  EXPECT_TRUE(std::filesystem::is_empty(out_folder_));
}

TEST_F(CertificatesCommandTest, DaysAreAYearAtMost) {
  for (const auto* days : {"0", "366", "-1", "x"}) {
    EXPECT_EQ(cert({"issue", "publisher", "362018", "--days", days, "--out", out_folder_}),
              exit_code::usage)
        << days;
  }
}

TEST_F(CertificatesCommandTest, RevokedIsRefusedFromThenOnAndItsKeyForGood) {
  const auto serial = issue({"subscriber", "demo-tv"}, "tv");
  const auto other = issue({"subscriber", "demo-radio"}, "radio");
  EXPECT_EQ(state_of(serial), "valid");
  EXPECT_EQ(cert({"revoke", serial, "--reason", "stolen"}), 0) << err_;
  EXPECT_EQ(state_of(serial), "revoked");
  EXPECT_EQ(state_of(other), "valid");
  EXPECT_FALSE(principal_of(scratch_ / "tv" / "subscriber-demo-tv.pem"));
  EXPECT_EQ(cert({"revoke", serial}), 0);
  EXPECT_EQ(cert({"revoke", "00ff"}), exit_code::not_found);
  EXPECT_EQ(cert({"revoke"}), exit_code::usage);
  EXPECT_EQ(cert({"revoke", serial, "--identity", "subscriber:demo-tv"}), exit_code::usage);
}

TEST_F(CertificatesCommandTest, ASerialNumberIsTakenAsOtherProgramsWriteIt) {
  const auto serial = issue({"subscriber", "demo-tv"}, "tv");
  std::string typed;
  for (std::size_t i = 0; i < serial.size(); i += 2) {
    typed += (typed.empty() ? "" : ":");
    for (const char c : serial.substr(i, 2))
      typed += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  EXPECT_EQ(cert({"revoke", typed}), 0) << err_;
  EXPECT_EQ(state_of(serial), "revoked");
}

TEST_F(CertificatesCommandTest, AnIdentityIsRevokedWithAllItsCertificates) {
  const auto one = issue({"publisher", "362018"}, "one");
  const auto two = issue({"publisher", "362018"}, "two");
  const auto other = issue({"publisher", "362026"}, "other");
  EXPECT_EQ(cert({"revoke", "--identity", "noroshi:publisher:362018"}), 0) << err_;
  EXPECT_EQ(state_of(one), "revoked");
  EXPECT_EQ(state_of(two), "revoked");
  EXPECT_EQ(state_of(other), "valid");
  EXPECT_EQ(cert({"revoke", "--identity", "publisher:362018"}), exit_code::not_found);
  EXPECT_EQ(cert({"revoke", "--identity", "362018"}), exit_code::usage);
}

TEST_F(CertificatesCommandTest, RenewLeavesTheFormerOneForItsOverlap) {
  const auto former = issue({"publisher", "362018"}, "former");
  EXPECT_EQ(cert({"renew", "publisher", "362018", "--overlap", "3", "--out", out_folder_}), 0)
      << err_;
  const auto renewed = field("serial");
  EXPECT_EQ(state_of(former), "valid");
  now_ms_ += 3 * day_ms - 1;
  EXPECT_EQ(state_of(former), "valid");
  now_ms_ += 1;
  EXPECT_EQ(state_of(former), "revoked");
  EXPECT_EQ(state_of(renewed), "valid");
}

TEST_F(CertificatesCommandTest, ThereMustBeSomethingToRenew) {
  EXPECT_EQ(cert({"renew", "publisher", "362018", "--out", out_folder_}), exit_code::not_found);
  EXPECT_TRUE(std::filesystem::is_empty(out_folder_));
}

TEST_F(CertificatesCommandTest, AnAuthorityKeptOffLineIsAskedForAndTakenFromWhereItLies) {
  const auto medium = scratch_ / "medium.key";
  std::filesystem::rename(data_ + "/tls/ca.key", medium);
  const Words issue{"issue", "publisher", "362018", "--out", out_folder_};
  EXPECT_EQ(cert(issue), exit_code::configuration);
  EXPECT_THAT(err_, HasSubstr("--ca-key"));
  auto with_key = issue;
  with_key.insert(with_key.end(), {"--ca-key", medium.string()});
  EXPECT_EQ(cert(with_key), 0) << err_;
}

TEST_F(CertificatesCommandTest, AnotherAuthoritysKeyIsRefused) {
  EXPECT_EQ(cert({"issue", "publisher", "362018", "--out", out_folder_, "--ca-key",
                  data_ + "/tls/hub.key"}),
            exit_code::configuration);
}

TEST_F(CertificatesCommandTest, TheHubsOwnCertificateIsRenewedForTheKeyItHas) {
  const auto tls = std::filesystem::path(data_) / "tls";
  const auto key = content_of(tls / "hub.key");
  const auto certificate = content_of(tls / "hub.pem");
  EXPECT_EQ(cert({"renew", "hub", "--host", "hub.example.jp"}), 0) << err_;
  EXPECT_EQ(content_of(tls / "hub.key"), key);
  EXPECT_NE(content_of(tls / "hub.pem"), certificate);
  EXPECT_THAT(out_, HasSubstr("hub.example.jp"));
  EXPECT_EQ(call({"check", "--data", data_}), 0) << out_;
}

}  // namespace
}  // namespace noroshi::admin
