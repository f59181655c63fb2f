#include "tests/unit/house/source_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace noroshi::house {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Rooms rooms(
    "## Rooms\n"
    "| `proto/` | messages | – |\n"
    "| `hub/journal/` | the log | `proto/` |\n"
    "| `publishers/` | clients | `proto/` |\n");

auto wrong_in(std::string_view file, std::string_view text) {
  return wrong_includes(rooms, file, text, "");
}

TEST(IncludesOf, SeesBothFormsInOrderAndNothingElse) {
  const auto includes = includes_of(
      "#include <map>\n  #  include \"proto/result.hpp\"  // why\n"
      "// #include \"proto/commented.hpp\"\nauto text = \"#include <no>\";\n");
  ASSERT_EQ(includes.size(), 2u);
  EXPECT_EQ(includes[0].target, "map");
  EXPECT_FALSE(includes[0].quoted);
  EXPECT_EQ(includes[1].target, "proto/result.hpp");
  EXPECT_TRUE(includes[1].quoted);
}

TEST(VagueWords, AreFoundAsWordsOfAnyPartOfThePath) {
  EXPECT_THAT(vague_words_in("hub/journal/string_utils.cpp"), ElementsAre("utils"));
  EXPECT_THAT(vague_words_in("hub/common/journal.cpp"), ElementsAre("common"));
  EXPECT_THAT(vague_words_in("hub/Journal-Impl.hpp"), ElementsAre("impl"));
  EXPECT_THAT(vague_words_in("base.hpp"), ElementsAre("base"));
}

TEST(VagueWords, AreNotFoundInsideOtherWords) {
  EXPECT_THAT(vague_words_in("hub/journal/database.cpp"), IsEmpty());
  EXPECT_THAT(vague_words_in("hub/view/commonality_simple.cpp"), IsEmpty());
}

TEST(WrongIncludes, NoneWhereTheTableHasTheArrow) {
  EXPECT_THAT(wrong_in("hub/journal/log.cpp",
                       "#include <map>\n#include <noroshi/v1/journal.pb.h>\n"
                       "#include \"proto/result.hpp\"\n#include \"hub/journal/log.hpp\"\n"),
              IsEmpty());
}

TEST(WrongIncludes, AnArrowThatTheTableDoesNotHave) {
  EXPECT_THAT(wrong_in("proto/result.hpp", "#include \"hub/journal/log.hpp\"\n"),
              ElementsAre(HasSubstr("includes hub/journal/log.hpp, which proto/ may not")));
  EXPECT_THAT(wrong_in("publishers/send.cpp", "#include \"hub/journal/log.hpp\"\n"),
              ElementsAre(HasSubstr("which publishers/ may not")));
}

TEST(WrongIncludes, GeneratedMessagesCountAsTheRoomOfTheirSource) {
  const Rooms strict("## Rooms\n| `proto/cap/` | CAP | – |\n");
  EXPECT_THAT(wrong_includes(strict, "proto/cap/a.hpp", "#include <noroshi/v1/x.pb.h>\n", ""),
              ElementsAre(HasSubstr("includes proto/noroshi/v1/x.pb.h")));
}

TEST(WrongIncludes, APathThatIsNotFromTheRoot) {
  EXPECT_THAT(wrong_in("hub/journal/log.cpp", "#include \"log.hpp\"\n"),
              ElementsAre(HasSubstr("not from the repository root")));
  EXPECT_THAT(wrong_in("hub/journal/log.cpp", "#include \"../view/list.hpp\"\n"),
              ElementsAre(HasSubstr("not from the repository root")));
}

TEST(WrongIncludes, BannedSystemHeaders) {
  for (const auto* banned : {"boost/beast/websocket.hpp", "boost/asio/ssl.hpp",
                             "boost/asio/ssl/stream.hpp", "boost/beast/websocket/stream.hpp"}) {
    const auto text = std::string("#include <") + banned + ">\n";
    EXPECT_THAT(wrong_in("hub/journal/log.cpp", text), ElementsAre(HasSubstr(banned)));
  }
}

TEST(WrongIncludes, HeavySystemHeadersInHeadersOnly) {
  for (const auto* heavy : {"boost/beast/http.hpp", "iostream"}) {
    const auto text = std::string("#include <") + heavy + ">\n";
    EXPECT_THAT(wrong_in("hub/journal/log.hpp", text), ElementsAre(HasSubstr(heavy)));
    EXPECT_THAT(wrong_in("hub/journal/log.cpp", text), IsEmpty());
  }
}

TEST(WrongIncludes, ASourceThatDoesNotBeginWithItsOwnHeader) {
  const auto check = [](std::string_view text) {
    return wrong_includes(rooms, "hub/journal/log.cpp", text, "hub/journal/log.hpp");
  };
  EXPECT_THAT(check("#include \"hub/journal/log.hpp\"\n#include <map>\n"), IsEmpty());
  EXPECT_THAT(check("#include <map>\n#include \"hub/journal/log.hpp\"\n"),
              ElementsAre(HasSubstr("own header first")));
  EXPECT_THAT(check(""), ElementsAre(HasSubstr("own header first")));
}

TEST(MissingGuard, IsAboutHeaders) {
  EXPECT_THAT(missing_guard("a.hpp", "// idea\n#pragma once\n"), IsEmpty());
  EXPECT_THAT(missing_guard("a.hpp", "// idea\n"), ElementsAre(HasSubstr("#pragma once")));
  EXPECT_THAT(missing_guard("a.cpp", ""), IsEmpty());
}

}  // namespace
}  // namespace noroshi::house
