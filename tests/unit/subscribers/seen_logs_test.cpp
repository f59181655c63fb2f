#include "subscribers/client/seen_logs.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

namespace noroshi::subscribers {
namespace {

class SeenLogsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made = (std::filesystem::temp_directory_path() / "noroshi-seen-XXXXXX").string();
    ASSERT_NE(::mkdtemp(made.data()), nullptr);
    folder_ = made;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  static SeenLog signed_by(const merkle::NoteSigner& signer, std::uint64_t size) {
    merkle::Checkpoint checkpoint{signer.verifier().name, size, {}};
    checkpoint.root.fill(static_cast<std::uint8_t>(size));
    return {signer.verifier(), *merkle::sign_note(text_of(checkpoint), signer), checkpoint};
  }
  std::string text() const {
    std::ifstream file(folder_ / "seen.json");
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void write(const std::string& text) const { std::ofstream(folder_ / "seen.json") << text; }

  std::filesystem::path folder_;
  merkle::NoteSigner one_ = *merkle::NoteSigner::make("noroshi/1");
  merkle::NoteSigner two_ = *merkle::NoteSigner::make("noroshi/2");
};

TEST_F(SeenLogsTest, KnowsNothingAtFirst) {
  const auto seen = SeenLogs::open(folder_ / "deep" / "er");
  ASSERT_TRUE(seen);
  EXPECT_FALSE(seen->origin_of("hub:8443"));
  EXPECT_EQ(seen->log("noroshi/1"), nullptr);
}

TEST_F(SeenLogsTest, RemembersTheLastOfEachLog) {
  {
    auto seen = SeenLogs::open(folder_);
    ASSERT_TRUE(seen->keep("a:1", signed_by(one_, 5)));
    ASSERT_TRUE(seen->keep("b:1", signed_by(one_, 7)));
    ASSERT_TRUE(seen->keep("c:1", signed_by(two_, 3)));
  }
  const auto seen = SeenLogs::open(folder_);
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_EQ(seen->origin_of("a:1"), "noroshi/1");
  EXPECT_EQ(seen->log("noroshi/1")->checkpoint, signed_by(one_, 7).checkpoint);
  EXPECT_EQ(seen->log("noroshi/2")->key.text(), two_.verifier().text());
}

TEST_F(SeenLogsTest, ForgetsALogThatNoHubHas) {
  auto seen = SeenLogs::open(folder_);
  ASSERT_TRUE(seen->keep("a:1", signed_by(one_, 5)));
  ASSERT_TRUE(seen->keep("a:1", signed_by(two_, 1)));
  EXPECT_EQ(seen->log("noroshi/1"), nullptr);
  EXPECT_EQ(seen->origin_of("a:1"), "noroshi/2");
}

TEST_F(SeenLogsTest, HoldsSixtyFourHubs) {
  auto seen = SeenLogs::open(folder_);
  for (std::size_t hub = 0; hub < SeenLogs::hubs_max; ++hub)
    ASSERT_TRUE(seen->keep("h:" + std::to_string(hub), signed_by(one_, 5)));
  EXPECT_EQ(seen->keep("one:more", signed_by(one_, 5)).error().code, ErrorCode::conflict);
  EXPECT_TRUE(seen->keep("h:0", signed_by(one_, 6)));
}

TEST_F(SeenLogsTest, RefusesWhatIsNotSignedAsItSays) {
  ASSERT_TRUE(SeenLogs::open(folder_)->keep("a:1", signed_by(one_, 5)));
  const auto good = text();
  auto forged = good;
  forged.replace(forged.find("\\n5\\n"), 5, "\\n6\\n");
  auto homeless = good;
  homeless.replace(homeless.find("\"a:1\":\"noroshi/1\""), 17, "\"a:1\":\"noroshi/3\"");
  for (const auto& bad : {std::string(), std::string("{}"), good.substr(0, good.size() / 2), forged,
                          homeless, std::string(100'000, '[')}) {
    write(bad);
    const auto seen = SeenLogs::open(folder_);
    ASSERT_FALSE(seen) << bad.substr(0, 100);
    EXPECT_EQ(seen.error().code, ErrorCode::conflict);
    EXPECT_EQ(text(), bad);
  }
  write(good);
  EXPECT_TRUE(SeenLogs::open(folder_));
}

TEST_F(SeenLogsTest, IsForOneAtATime) {
  auto first = SeenLogs::open(folder_);
  ASSERT_TRUE(first->keep("a:1", signed_by(one_, 5)));
  std::uint64_t size = 0;
  std::thread second([&] { size = SeenLogs::open(folder_)->log("noroshi/1")->checkpoint.size; });
  ASSERT_TRUE(first->keep("a:1", signed_by(one_, 6)));
  { const auto ended = *std::move(first); }
  second.join();
  EXPECT_EQ(size, 6U);
}

TEST_F(SeenLogsTest, WhoHoldsItForEverIsNotWaitedForForEver) {
  const auto first = SeenLogs::open(folder_);
  ASSERT_TRUE(first);
  EXPECT_EQ(SeenLogs::open(folder_, {}, std::chrono::milliseconds{1}).error().code,
            ErrorCode::unavailable);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(SeenLogs::open(folder_, stop.get_token()).error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace noroshi::subscribers
