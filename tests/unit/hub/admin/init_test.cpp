#include "hub/admin/init.hpp"

#include <gmock/gmock.h>

#include <set>

#include "hub/admin/authority.hpp"
#include "hub/admin/data_directory.hpp"
#include "hub/admin/log_access.hpp"
#include "hub/admin/sample_prefecture.hpp"
#include "hub/config/config.hpp"
#include "proto/jp/lg_code.hpp"
#include "tests/unit/hub/admin/scratch_directory.hpp"

namespace noroshi::admin {
namespace {

using testing::HasSubstr;
constexpr auto english = Language::english;

std::int64_t now() { return 1'795'000'000'000; }

class InitTest : public ScratchDirectory {
 protected:
  void SetUp() override {
    ScratchDirectory::SetUp();
    directory_.root = scratch_ / "hub";
  }
  Result<InitReport> init_here(InitRequest request = {}) {
    request.data = directory_.root;
    return init(request, now, english);
  }
  static std::string first_line(const std::filesystem::path& file) {
    const auto text = content_of(file);
    EXPECT_THAT(text, testing::EndsWith("\n"));
    return text.substr(0, text.size() - 1);
  }
  DataDirectory directory_;
};

TEST_F(InitTest, MakesEverythingWithTheRightModes) {
  ASSERT_TRUE(init_here());
  const std::map<std::string, unsigned> modes = {{"", 0700},
                                                 {"noroshi.toml", 0644},
                                                 {"format", 0644},
                                                 {"audit.pub", 0644},
                                                 {"journal.db", 0600},
                                                 {"tls", 0700},
                                                 {"tls/ca.pem", 0644},
                                                 {"tls/ca.key", 0600},
                                                 {"tls/hub.pem", 0644},
                                                 {"tls/hub.key", 0600},
                                                 {"keys", 0700},
                                                 {"keys/operator.token", 0600},
                                                 {"keys/audit.key", 0600}};
  for (const auto& [name, mode] : modes) {
    EXPECT_EQ(mode_of(directory_.root / name), mode) << name;
  }
  std::set<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory_.root)) {
    files.insert(std::filesystem::relative(entry.path(), directory_.root).string());
  }
  EXPECT_EQ(files.size(), modes.size() - 1) << testing::PrintToString(files);
  EXPECT_EQ(content_of(directory_.format()), "1\n");
  EXPECT_TRUE(check_complete(directory_, english));
}

TEST_F(InitTest, ConfigurationAndCredentialsAreUsable) {
  InitRequest request;
  request.hosts = {"hub.example.jp"};
  ASSERT_TRUE(init_here(request));
  const auto config = config::load(directory_.root, {});
  ASSERT_TRUE(config) << config.error().detail;
  EXPECT_THAT(config->hosts, testing::Contains("hub.example.jp"));
  EXPECT_TRUE(examine_credential(content_of(config->certificate()), content_of(config->key())));
}

TEST_F(InitTest, LogBeginsWithEnvironmentEpochAndTheOperator) {
  InitRequest request;
  request.environment = "training";
  const auto report = init_here(request);
  ASSERT_TRUE(report);
  const auto log = OfflineLog::open(directory_.journal(), now);
  ASSERT_TRUE(log) << log.error().detail;
  EXPECT_EQ((*log)->head().environment, "training");
  EXPECT_EQ((*log)->head().epoch, report->epoch);
  EXPECT_GE(report->epoch, 1U);
  EXPECT_LT(report->epoch, std::uint64_t{1} << 53);
  const auto principal = (*log)->registry().principal_of(first_line(directory_.operator_token()));
  ASSERT_TRUE(principal);
  EXPECT_EQ(principal->kind, registry::Principal::Kind::operator_);
  EXPECT_TRUE((*log)->registry().publishers().empty());
}

TEST_F(InitTest, SampleOrganisationsAreRegisteredWithWorkingTokens) {
  InitRequest request;
  request.sample = InitRequest::Sample::tokushima;
  request.environment = "demo";
  const auto report = init_here(request);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->publishers, 25U);
  EXPECT_EQ(report->subscribers, 3U);

  const auto log = OfflineLog::open(directory_.journal(), now);
  ASSERT_TRUE(log);
  const auto& registry = (*log)->registry();
  EXPECT_EQ(registry.publishers().size(), 25U);
  EXPECT_EQ(registry.subscribers().size(), 3U);
  EXPECT_EQ(mode_of(directory_.demo()), 0700U);
  const auto expect_token = [&](const std::string& id, registry::Principal::Kind kind) {
    const auto file = directory_.demo() / (id + ".token");
    EXPECT_EQ(mode_of(file), 0600U) << id;
    const auto principal = registry.principal_of(first_line(file));
    ASSERT_TRUE(principal) << id;
    EXPECT_EQ(principal->id, id);
    EXPECT_EQ(principal->kind, kind);
  };
  for (const auto& [code, publisher] : registry.publishers()) {
    expect_token(code, registry::Principal::Kind::publisher);
  }
  for (const auto& [id, subscriber] : registry.subscribers()) {
    expect_token(id, registry::Principal::Kind::subscriber);
  }
  EXPECT_TRUE(registry.publisher("360007")->may_speak_for("362018"));
  EXPECT_TRUE(registry.publisher("362018")->may_send_as("city.tokushima.lg.jp"));
  EXPECT_FALSE(registry.publisher("362018")->may_speak_for("362026"));
  EXPECT_EQ(registry.subscriber("demo-radio")->current().min_level, 3U);
}

TEST_F(InitTest, TakesAnEmptyDirectory) {
  std::filesystem::create_directory(directory_.root);
  EXPECT_TRUE(init_here());
}

TEST_F(InitTest, RefusesADirectoryThatHoldsAnythingAndTouchesNothing) {
  std::filesystem::create_directory(directory_.root);
  std::ofstream(directory_.root / "letter.txt") << "mine";
  const auto refused = init_here();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_THAT(refused.error().detail, HasSubstr("not empty"));
  EXPECT_EQ(content_of(directory_.root / "letter.txt"), "mine");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory_.root), {}), 1);
}

TEST_F(InitTest, RefusesItsOwnWorkASecondTime) {
  ASSERT_TRUE(init_here());
  const auto key = content_of(directory_.tls() / "ca.key");
  const auto refused = init_here();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_EQ(content_of(directory_.tls() / "ca.key"), key);
}

TEST_F(InitTest, RefusesAFileInPlaceOfTheDirectory) {
  std::ofstream(directory_.root) << "file";
  const auto refused = init_here();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
}

TEST_F(InitTest, RefusesBadHostsAndEnvironmentsBeforeMakingAnything) {
  InitRequest host;
  host.hosts = {"not a host"};
  ASSERT_FALSE(init_here(host));
  EXPECT_EQ(init_here(host).error().code, ErrorCode::invalid);
  InitRequest environment;
  environment.environment = "production";
  EXPECT_EQ(init_here(environment).error().code, ErrorCode::invalid);
  EXPECT_FALSE(std::filesystem::exists(directory_.root));
}

TEST_F(InitTest, AnInterruptedInitIsCalledThat) {
  ASSERT_TRUE(init_here());
  std::ofstream(directory_.unfinished()) << "init\n";  // as a crash before the last step leaves it
  const auto complete = check_complete(directory_, english);
  ASSERT_FALSE(complete);
  EXPECT_EQ(complete.error().code, ErrorCode::configuration);
  EXPECT_THAT(complete.error().detail, HasSubstr("interrupted"));
  const auto again = init_here();
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  EXPECT_THAT(again.error().detail, HasSubstr("interrupted"));
}

TEST_F(InitTest, AFailureHalfWayLeavesADirectoryThatSaysSo) {
  std::filesystem::create_directory(directory_.root);
  struct Stop {};
  int calls = 0;
  const auto dying_clock = [&]() -> std::int64_t {
    if (++calls > 1) throw Stop{};  // as a crash would, after the credentials were written
    return now();
  };
  InitRequest request;
  request.data = directory_.root;
  EXPECT_THROW((void)init(request, dying_clock, english), Stop);
  EXPECT_TRUE(std::filesystem::exists(directory_.tls() / "hub.pem"));
  const auto complete = check_complete(directory_, english);
  ASSERT_FALSE(complete);
  EXPECT_THAT(complete.error().detail, HasSubstr("interrupted"));
}

TEST_F(InitTest, ADirectoryOfAnotherFormatIsNotOpened) {
  ASSERT_TRUE(init_here());
  std::ofstream(directory_.format()) << "2\n";
  const auto complete = check_complete(directory_, english);
  ASSERT_FALSE(complete);
  EXPECT_THAT(complete.error().detail, HasSubstr("format 2"));
}

TEST(SamplePrefecture, EveryCodeHasItsRightCheckDigit) {
  std::set<std::string> codes;
  std::set<std::string> senders;
  for (const auto& publisher : sample_publishers()) {
    EXPECT_EQ(jp::lg_code(publisher.code()), publisher.code()) << publisher.name();
    EXPECT_TRUE(jp::covers("36", publisher.code()));
    ASSERT_EQ(publisher.senders_size(), 1);
    EXPECT_THAT(publisher.senders(0), testing::EndsWith(".lg.jp"));
    codes.insert(publisher.code());
    senders.insert(publisher.senders(0));
  }
  EXPECT_EQ(codes.size(), 25U);
  EXPECT_EQ(senders.size(), 25U);
}

}  // namespace
}  // namespace noroshi::admin
