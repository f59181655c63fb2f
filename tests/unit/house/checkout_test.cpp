#include "tests/unit/house/checkout.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace noroshi::house {
namespace {

using testing::ElementsAre;

class CheckoutTest : public testing::Test {
 protected:
  CheckoutTest() {
    std::string pattern = testing::TempDir() + "/checkout-XXXXXX";
    root_ = mkdtemp(pattern.data());
  }
  ~CheckoutTest() override { std::filesystem::remove_all(root_); }

  void write(const std::string& file, std::string_view text) const {
    std::filesystem::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file) << text;
  }
  [[nodiscard]] Checkout checkout() const { return Checkout(root_); }

 private:
  std::filesystem::path root_;
};

TEST_F(CheckoutTest, ListsFilesWithoutBuildTreesAndHiddenOnes) {
  write("hub/main.cpp", "");
  write("hub/journal/log.cpp", "");
  write("hub/.hidden/log.cpp", "");
  write("hub/build/log.cpp", "");
  write("elsewhere/log.cpp", "");
  EXPECT_THAT(checkout().files_below({"hub", "absent"}),
              ElementsAre("hub/journal/log.cpp", "hub/main.cpp"));
  EXPECT_THAT(checkout().top_folders(), ElementsAre("elsewhere", "hub"));
}

TEST_F(CheckoutTest, ASourceIsBuiltWhenItsFolderOrOneAboveNamesIt) {
  write("hub/journal/CMakeLists.txt", "add_library(journal STATIC log.cpp\n  tail.cpp)\n");
  write("hub/CMakeLists.txt", "add_executable(hub main.cpp view/list.cpp)\n");
  for (const auto* built :
       {"hub/journal/log.cpp", "hub/journal/tail.cpp", "hub/main.cpp", "hub/view/list.cpp"}) {
    EXPECT_TRUE(checkout().is_built(built)) << built;
  }
}

TEST_F(CheckoutTest, ASourceThatNobodyNamesIsNotBuilt) {
  write("hub/journal/CMakeLists.txt", "add_library(journal STATIC catalog.cpp log.cpp.in)\n");
  write("hub/CMakeLists.txt", "add_executable(hub log.cpp)\n");
  EXPECT_FALSE(checkout().is_built("hub/journal/log.cpp"));
  EXPECT_FALSE(checkout().is_built("hub/view/list.cpp"));
}

}  // namespace
}  // namespace noroshi::house
