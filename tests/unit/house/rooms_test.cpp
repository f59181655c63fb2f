#include "tests/unit/house/rooms.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace noroshi::house {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr auto document = R"(# A house
| `not/this/` | a table before the heading | `proto/` |

## Rooms and who may include whom
| room | holds | may include |
|---|---|---|
| `proto/word.hpp` | a file | – |
| `proto/` | a folder | – |
| `inn/` `barn/` | two rooms, one rule | `proto/` |
| `inn/cellar/` | a room inside a room | `proto/word.hpp` `barn/door.hpp` |

## Threads
| `nor/this/` | a table after it | `inn/` |
)";

TEST(Rooms, AreTheRowsUnderTheirHeadingOnly) {
  const Rooms rooms(document);
  std::vector<std::string> names;
  for (const auto& room : rooms.all()) names.push_back(room.name);
  EXPECT_THAT(names, ElementsAre("proto/word.hpp", "proto/", "inn/", "barn/", "inn/cellar/"));
}

TEST(Rooms, AFileBelongsToTheMostSpecificRoom) {
  const Rooms rooms(document);
  EXPECT_EQ(rooms.room_of("inn/cellar/barrel.cpp")->name, "inn/cellar/");
  EXPECT_EQ(rooms.room_of("inn/bed.cpp")->name, "inn/");
  EXPECT_EQ(rooms.room_of("proto/word.hpp")->name, "proto/word.hpp");
  EXPECT_EQ(rooms.room_of("innkeeper/purse.cpp"), nullptr);
}

TEST(Rooms, AllowTheArrowsOfTheTableAndTheOwnRoom) {
  const Rooms rooms(document);
  EXPECT_FALSE(rooms.objection("inn/bed.cpp", "inn/bed.hpp"));
  EXPECT_FALSE(rooms.objection("inn/bed.cpp", "inn/cellar/barrel.hpp"));
  EXPECT_FALSE(rooms.objection("inn/bed.cpp", "proto/deep/er.hpp"));
  EXPECT_FALSE(rooms.objection("inn/cellar/barrel.cpp", "proto/word.hpp"));
  EXPECT_FALSE(rooms.objection("inn/cellar/barrel.cpp", "barn/door.hpp"));
}

TEST(Rooms, ObjectToAnyOtherArrow) {
  const Rooms rooms(document);
  EXPECT_THAT(rooms.objection("proto/word.cpp", "inn/bed.hpp").value_or(""),
              HasSubstr("proto/ may not"));
  EXPECT_TRUE(rooms.objection("inn/bed.cpp", "barn/door.hpp"));
  EXPECT_TRUE(rooms.objection("inn/cellar/barrel.cpp", "inn/bed.hpp"));
  EXPECT_TRUE(rooms.objection("inn/cellar/barrel.cpp", "proto/other.hpp"));
  EXPECT_TRUE(rooms.objection("inn/cellar/barrel.cpp", "barn/window.hpp"));
}

TEST(Rooms, ObjectToAFileInNoRoom) {
  EXPECT_THAT(Rooms(document).objection("shed/rake.cpp", "proto/word.hpp").value_or(""),
              HasSubstr("shed/rake.cpp is in no room"));
}

}  // namespace
}  // namespace noroshi::house
