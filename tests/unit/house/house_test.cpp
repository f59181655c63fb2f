// The rules of ops/docs/architecture.md and ops/docs/style.md that a machine can see, over the tree
// this test was built from.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/house/checkout.hpp"
#include "tests/unit/house/rooms.hpp"
#include "tests/unit/house/source_rules.hpp"

namespace noroshi::house {
namespace {

using testing::Contains;
using testing::Each;
using testing::IsEmpty;
using testing::SizeIs;

const std::vector<std::string> agreed_folders = {"hub",        "ops",         "proto",
                                                 "publishers", "subscribers", "tests"};

class House : public testing::Test {
 protected:
  // The sources whose arrows the table rules; tests may look into any room.
  [[nodiscard]] std::vector<std::string> ruled_sources() const {
    std::vector<std::string> sources;
    for (const auto& file : tree.files_below({"hub", "proto", "publishers", "subscribers"})) {
      if (file.ends_with(".cpp") || file.ends_with(".hpp")) sources.push_back(file);
    }
    return sources;
  }
  [[nodiscard]] std::string own_header(const std::string& file) const {
    if (!file.ends_with(".cpp")) return "";
    const auto header = file.substr(0, file.size() - 4) + ".hpp";
    return tree.has(header) ? header : "";
  }

  const Checkout tree{NOROSHI_SOURCE_DIR};
  const Rooms rooms{tree.text_of("ops/docs/architecture.md")};
};

// Without these the tests below could be green over nothing.
TEST_F(House, TheTableAndTheSourcesAreThere) {
  EXPECT_THAT(rooms.all(), SizeIs(testing::Ge(15u)));
  EXPECT_THAT(ruled_sources(), Contains("proto/result.hpp"));
  EXPECT_NE(rooms.room_of("hub/main.cpp"), nullptr);
  EXPECT_NE(rooms.room_of("hub/journal/journal.hpp"), nullptr);
}

TEST_F(House, NothingOutsideTheHubMayIncludeTheHub) {
  for (const auto& room : rooms.all()) {
    if (room.name.starts_with("hub/")) continue;
    EXPECT_THAT(room.may_include, Each(testing::Not(testing::StartsWith("hub")))) << room.name;
  }
}

TEST_F(House, EveryIncludeFollowsTheTable) {
  for (const auto& file : ruled_sources()) {
    EXPECT_THAT(wrong_includes(rooms, file, tree.text_of(file), own_header(file)), IsEmpty());
  }
}

TEST_F(House, EveryHeaderIsGuarded) {
  for (const auto& file : tree.files_below(agreed_folders)) {
    EXPECT_THAT(missing_guard(file, tree.text_of(file)), IsEmpty());
  }
}

TEST_F(House, EveryNameSaysWhatItIs) {
  for (const auto& file : tree.files_below(agreed_folders)) {
    EXPECT_THAT(vague_words_in(file), IsEmpty()) << file;
  }
}

TEST_F(House, OnlyTheSixFoldersAreAtTheTop) {
  EXPECT_THAT(tree.top_folders(), testing::IsSubsetOf(agreed_folders));
}

TEST_F(House, EverySourceIsBuilt) {
  for (const auto& file : tree.files_below(agreed_folders)) {
    if (!file.ends_with(".cpp")) continue;
    EXPECT_TRUE(tree.is_built(file)) << file << " is in no CMakeLists.txt";
  }
}

}  // namespace
}  // namespace noroshi::house
