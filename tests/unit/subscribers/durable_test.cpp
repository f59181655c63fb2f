// What is on the disk after a crash, a full disk, a folder nobody may write to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <iterator>

#include "subscribers/client/durable_file.hpp"
#include "subscribers/client/receipt_folder.hpp"
#include "subscribers/client/standing_index.hpp"
#include "tests/unit/proto/wire/certificates.hpp"
#include "tests/unit/subscribers/items.hpp"

namespace noroshi::subscribers {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
  return names;
}

// A disk on which no file grows beyond so many bytes.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
};

class DurableTest : public ::testing::Test {
 protected:
  const fs::path& folder() const { return scratch_.path(); }

 private:
  wire::testing::ScratchDirectory scratch_;
};

TEST_F(DurableTest, AFullDiskChangesNothingAndLeavesNothing) {
  ASSERT_TRUE(write_durably(folder() / "a", "before"));
  {
    const FullDisk full(1024);
    const auto written = write_durably(folder() / "a", std::string(4096, 'x'));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::io);
  }
  EXPECT_EQ(content(folder() / "a"), "before");
  EXPECT_THAT(names_in(folder()), ElementsAre("a"));
}

TEST_F(DurableTest, ANameThatCannotBeTakenLeavesNothing) {
  fs::create_directories(folder() / "a" / "b");
  EXPECT_FALSE(write_durably(folder() / "a", "x"));
  EXPECT_THAT(names_in(folder()), ElementsAre("a"));
}

TEST_F(DurableTest, WritesThroughNoLinkAndOverWhatACrashLeft) {
  ASSERT_TRUE(write_durably(folder() / "elsewhere", "mine"));
  fs::create_symlink(folder() / "elsewhere", folder() / ".a.part");
  ASSERT_TRUE(write_durably(folder() / "a", "yours"));
  EXPECT_EQ(content(folder() / "elsewhere"), "mine");
  EXPECT_EQ(content(folder() / "a"), "yours");
  EXPECT_FALSE(fs::is_symlink(folder() / "a"));
}

TEST_F(DurableTest, MakesFoldersAndSaysWhyItCannot) {
  EXPECT_TRUE(make_folder(folder() / "a" / "b" / "c"));
  EXPECT_TRUE(make_folder(folder() / "a" / "d" / ""));
  EXPECT_TRUE(make_folder(folder() / "a"));
  std::ofstream(folder() / "file") << "x";
  const auto made = make_folder(folder() / "file");
  ASSERT_FALSE(made);
  EXPECT_THAT(made.error().detail, HasSubstr("Not a directory"));
  EXPECT_FALSE(make_folder(folder() / "file" / "below"));
  EXPECT_FALSE(make_folder("/proc/none/below")) << "where nobody can make one";
}

TEST_F(DurableTest, TakesAwayOnlyTemporaries) {
  for (const auto* name : {".11.xml.part", "11.xml", ".noroshi", "a.part"})
    std::ofstream(folder() / name) << "x";
  remove_temporaries(folder());
  EXPECT_THAT(names_in(folder()), UnorderedElementsAre("11.xml", ".noroshi", "a.part"));
}

v1::Receipt receipt(const std::string& id) {
  v1::Receipt receipt;
  receipt.set_id(id);
  receipt.set_sequence(11);
  return receipt;
}

TEST_F(DurableTest, ReceiptsWaitForTheirOwnLog) {
  ReceiptFolder receipts(folder() / "r");
  ASSERT_TRUE(receipts.open("live", 7));
  ASSERT_TRUE(receipts.add({receipt("a")}, 7));
  ASSERT_TRUE(receipts.add({receipt("b")}, 8));
  EXPECT_THAT(receipts.open("live", 7).value(), SizeIs(1));
  EXPECT_EQ(receipts.open("live", 8).value().at(0).id(), "b");
  ASSERT_TRUE(receipts.remove("a", 7));
  EXPECT_THAT(receipts.open("live", 7).value(), IsEmpty());
}

Held held(std::uint64_t sequence) {
  Held held;
  held.positions = {{7, sequence}, {8, 3}};
  held.publisher = "362018";
  held.sender = "city.tokushima.lg.jp";
  held.identifier = "jp-" + std::to_string(sequence);
  held.sha256 = std::string("\0\xff\x10", 3);
  held.document = "d";
  held.revision = 2;
  held.status = "Actual";
  held.event = "evac.l4";
  held.headline = "徳島市に\"避難指示\"\n";
  held.level = 4;
  held.areas = {"362018"};
  held.accepted_ms = 5;
  held.changed_ms = 6;
  held.by = Position{7, 12};
  held.until_ms = 1'795'316'400'000;
  held.until_lifted = true;
  return held;
}

TEST_F(DurableTest, AnIndexIsReadAsItWasWritten) {
  const auto file = folder() / "index.json";
  auto index = StandingIndex::open(file).value();
  EXPECT_EQ(index.position(7), std::nullopt);
  auto item = testing::delivered(11, "<a/>");
  index.take(item, 1'000);
  ASSERT_TRUE(index.settle({7, 11}, 2'000));
  const auto again = StandingIndex::open(file);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->standing().all(), index.standing().all());
  EXPECT_EQ(again->position(7), 11u);
  EXPECT_EQ(again->as_of_ms(), 2'000);
  EXPECT_THAT(names_in(folder()), ElementsAre("index.json"));
}

TEST_F(DurableTest, AnIndexKeepsAllThatIsKnownOfAnAlert) {
  const auto file = folder() / "index.json";
  auto index = StandingIndex::open(file).value();
  Standing standing;
  standing.add(held(11));
  EXPECT_THAT(standing.all(), ElementsAre(held(11)));
  EXPECT_THAT(state_line(held(11)), HasSubstr(R"("state":"stands","since":)"));
  for (const auto* broken :
       {"", "{", "[]", R"({"as_of_ms":1})", R"({"as_of_ms":1,"positions":[],"alerts":[{}]})",
        R"({"as_of_ms":-1.5e400,"positions":[],"alerts":[]})"}) {
    std::ofstream(file) << broken;
    const auto read = StandingIndex::open(file);
    ASSERT_FALSE(read) << broken;
    EXPECT_EQ(read.error().code, ErrorCode::conflict);
  }
}

TEST_F(DurableTest, AFullDiskLeavesTheIndexAsItWas) {
  const auto file = folder() / "index.json";
  auto index = StandingIndex::open(file).value();
  ASSERT_TRUE(index.settle({7, 11}, 2'000));
  index.take(testing::delivered(12, "<a/>"), 1'000);
  {
    const FullDisk full(64);
    EXPECT_FALSE(index.settle({7, 12}, 3'000));
  }
  EXPECT_EQ(StandingIndex::open(file).value().position(7), 11u);
}

}  // namespace
}  // namespace noroshi::subscribers
