#include "subscribers/client/folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "tests/unit/proto/wire/certificates.hpp"
#include "tests/unit/subscribers/items.hpp"

namespace noroshi::subscribers {
namespace {

namespace fs = std::filesystem;
using testing::delivered;
using testing::passed_over;
using testing::welcome;

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class FolderTest : public ::testing::Test {
 protected:
  fs::path path() const { return scratch_.path() / "alerts"; }
  Folder open() {
    auto folder = Folder::open(path());
    EXPECT_TRUE(folder) << folder.error().detail;
    return std::move(*folder);
  }
  ErrorCode refusal(const noroshi::v1::Welcome& offered) {
    auto folder = open();
    const auto begun = folder.begin(offered);
    EXPECT_FALSE(begun);
    return begun ? ErrorCode::io : begun.error().code;
  }
  void keep(std::uint64_t sequence) {
    auto folder = open();
    ASSERT_TRUE(folder.begin(welcome(7)));
    ASSERT_TRUE(folder.take(delivered(sequence, "<a/>")));
    ASSERT_TRUE(folder.settle({7, sequence}));
  }

 private:
  wire::testing::ScratchDirectory scratch_;
};

TEST_F(FolderTest, KeepsTheAcceptedBytesUnderTheSequence) {
  const std::string bytes("<a>\0\xff\r\n</a>", 12);
  auto folder = open();
  EXPECT_EQ(folder.position(), std::nullopt);
  ASSERT_TRUE(folder.begin(welcome(7)));
  ASSERT_TRUE(folder.take(delivered(11, bytes)));
  ASSERT_TRUE(folder.take(passed_over(12)));
  ASSERT_TRUE(folder.settle({7, 12}));
  EXPECT_EQ(content(path() / "11.xml"), bytes);
  EXPECT_THAT(content(path() / "12.passed.json"), ::testing::HasSubstr("superseded"));
  for (const auto& entry : fs::directory_iterator(path()))
    EXPECT_NE(entry.path().extension(), ".part") << entry.path();
}

TEST_F(FolderTest, GoesOnWhereItStopped) {
  keep(11);
  EXPECT_EQ(open().position(), (Position{7, 11}));
}

TEST_F(FolderTest, RemembersItsPlaceWhenTheAlertsAreTakenAway) {
  keep(11);
  fs::remove(path() / "11.xml");
  EXPECT_EQ(open().position(), (Position{7, 11}));
}

TEST_F(FolderTest, TrustsAFileThatIsNewerThanItsNote) {
  keep(11);
  std::ofstream(path() / "13.xml") << "<a/>";
  std::ofstream(path() / ".14.xml.part") << "<half";
  std::ofstream(path() / "99.txt") << "not ours";
  EXPECT_EQ(open().position(), (Position{7, 13}));
}

TEST_F(FolderTest, RefusesAnotherLogChannelOrSubscriber) {
  keep(11);
  EXPECT_EQ(refusal(welcome(8)), ErrorCode::conflict);
  EXPECT_EQ(refusal(welcome(7, "drill")), ErrorCode::conflict);
  EXPECT_EQ(refusal(welcome(7, "live", "demo-radio")), ErrorCode::conflict);
  auto folder = open();
  EXPECT_TRUE(folder.begin(welcome(7)));
}

TEST_F(FolderTest, RefusesAlertsOfALogItDoesNotKnow) {
  fs::create_directories(path());
  std::ofstream(path() / "3.xml") << "<a/>";
  const auto without_note = Folder::open(path());
  ASSERT_FALSE(without_note);
  EXPECT_EQ(without_note.error().code, ErrorCode::conflict);
  std::ofstream(path() / ".noroshi") << "{\"epoch\":";
  const auto broken_note = Folder::open(path());
  ASSERT_FALSE(broken_note);
  EXPECT_EQ(broken_note.error().code, ErrorCode::conflict);
}

TEST_F(FolderTest, BelongsToOneReceiverAtATime) {
  {
    const auto first = open();
    const auto second = Folder::open(path());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::conflict);
  }
  open();
}

TEST_F(FolderTest, FailsWhenItCannotWrite) {
  auto folder = open();
  ASSERT_TRUE(folder.begin(welcome(7)));
  fs::remove_all(path());
  const auto taken = folder.take(delivered(11, "<a/>"));
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, ErrorCode::io);
  std::ofstream(path()) << "a file where a folder should be";
  EXPECT_FALSE(Folder::open(path()));
}

}  // namespace
}  // namespace noroshi::subscribers
