#include "proto/merkle/checkpoint.hpp"

#include <gtest/gtest.h>

namespace noroshi::merkle {
namespace {

const std::string root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";  // of the empty tree

TEST(Checkpoint, IsThreeLines) {
  const Checkpoint empty{"noroshi/7", 0, empty_root()};
  EXPECT_EQ(text_of(empty), "noroshi/7\n0\n" + root + "\n");
  EXPECT_EQ(read_checkpoint(text_of(empty)).value(), empty);
}

TEST(Checkpoint, MayCarryExtensions) {
  EXPECT_EQ(read_checkpoint("noroshi/7\n20852163\n" + root + "\nmore\n").value(),
            (Checkpoint{"noroshi/7", 20852163, empty_root()}));
}

TEST(Checkpoint, NothingElseIsRead) {
  const std::string texts[] = {"",
                               "noroshi/7\n0\n" + root,
                               "\n0\n" + root + "\n",
                               "noroshi/7\n00\n" + root + "\n",
                               "noroshi/7\n-1\n" + root + "\n",
                               "noroshi/7\n+1\n" + root + "\n",
                               "noroshi/7\n18446744073709551616\n" + root + "\n",
                               "noroshi/7\n0\n" + root.substr(4) + "\n",
                               "noroshi/7\n0\n\n",
                               "noroshi/7\n0\n" + root + "\n\n",
                               "noroshi/7\n0\n" + root + "\nmore"};
  for (const auto& text : texts)
    EXPECT_EQ(read_checkpoint(text).error().code, ErrorCode::invalid) << text;
}

}  // namespace
}  // namespace noroshi::merkle
