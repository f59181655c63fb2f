#include "proto/terminal/context.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace noroshi::terminal {
namespace {

namespace fs = std::filesystem;

class ContextFile : public ::testing::Test {
 protected:
  ContextFile()
      : file_(fs::path(::testing::TempDir()) / ("contexts-" + std::to_string(::getpid())) /
              "contexts.toml") {
    fs::create_directories(file_.parent_path());
  }
  ~ContextFile() override { fs::remove_all(file_.parent_path()); }

  Result<Context> read(const std::string& text, const std::string& name = "city") {
    std::ofstream(file_) << text;
    fs::permissions(file_, fs::perms::owner_read | fs::perms::owner_write);
    return read_context(file_, name);
  }

  fs::path file_;
};

TEST_F(ContextFile, NamesAHubAndWhoCalls) {
  const auto context = read(
      "[city]\nhub = 'https://hub.example:8443'\nca = 'ca.pem'\ntoken-file = '/etc/city.token'\n"
      "drill = 'd'\n[other]\n");
  ASSERT_TRUE(context) << context.error().detail;
  EXPECT_EQ(context->hub, "https://hub.example:8443");
  EXPECT_EQ(context->ca, (file_.parent_path() / "ca.pem").string()) << "relative to the file";
  EXPECT_EQ(context->token_file, "/etc/city.token");
  EXPECT_EQ(context->drill, "d");
  EXPECT_EQ(context->city, "");
}

TEST_F(ContextFile, NamesSeveralHubsInTheirOrder) {
  const auto context = read("[city]\nhub = ['https://a', 'https://b']\nca = ['a.pem', '/b.pem']\n");
  ASSERT_TRUE(context) << context.error().detail;
  EXPECT_EQ(listed(context->hub), (std::vector<std::string>{"https://a", "https://b"}));
  EXPECT_EQ(listed(context->ca),
            (std::vector<std::string>{(file_.parent_path() / "a.pem").string(), "/b.pem"}));
  for (const auto* wrong : {"hub = []", "hub = ['a', 3]", "hub = ['a,b', 'c']", "drill = ['a']"})
    EXPECT_FALSE(read(std::string("[city]\n") + wrong + "\n")) << wrong;
  EXPECT_TRUE(listed("").empty());
}

TEST_F(ContextFile, NamesWhatThereIsInPlaceOfWhatIsNot) {
  const auto context = read("[city]\n[pref]\n", "town");
  ASSERT_FALSE(context);
  EXPECT_EQ(context.error().code, ErrorCode::not_found);
  EXPECT_TRUE(context.error().detail.ends_with("contexts.toml: city pref"));
}

TEST_F(ContextFile, SaysWhereItIsWrong) {
  for (const auto& [text, place] :
       {std::pair("[city]\nhub = 3\n", ":2:7: hub"), std::pair("[city]\nhup = 'x'\n", ":2:7: hup"),
        std::pair("city = 3\n", ":1:8: city"), std::pair("[city\n", ":1:6: ")}) {
    const auto context = read(text);
    ASSERT_FALSE(context) << text;
    EXPECT_EQ(context.error().code, ErrorCode::configuration);
    EXPECT_NE(context.error().detail.find(place), std::string::npos) << context.error().detail;
  }
}

// Whoever may write it says where tokens are sent.
TEST_F(ContextFile, IsNotTakenWhenOthersMayWriteIt) {
  ASSERT_TRUE(read("[city]\n"));
  for (const auto others : {fs::perms::group_write, fs::perms::others_write}) {
    fs::permissions(file_, fs::perms::owner_all | others);
    EXPECT_EQ(read_context(file_, "city").error().code, ErrorCode::configuration);
  }
  fs::remove(file_);
  EXPECT_EQ(read_context(file_, "city").error().code, ErrorCode::configuration);
}

TEST(Context, FillsInWhatIsLeftOpen) {
  const Context named{"https://a", "ca", "token", "", "", "city", "drill"};
  Context given;
  given.hub = "https://b";
  EXPECT_EQ(filled_in(given, named).hub, "https://b");
  EXPECT_EQ(filled_in(given, named).token_file, "token");
  EXPECT_EQ(filled_in(given, named).city, "city");
  given.cert = "cert";
  EXPECT_EQ(filled_in(given, named).token_file, "") << "one identity, not two";
}

}  // namespace
}  // namespace noroshi::terminal
