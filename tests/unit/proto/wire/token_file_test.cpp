#include "proto/wire/token_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/unit/proto/wire/certificates.hpp"

namespace noroshi::wire {
namespace {

class TokenFile : public ::testing::Test {
 protected:
  std::filesystem::path write(const std::string& content, std::filesystem::perms perms) {
    const auto path = directory_.path() / "token";
    std::ofstream(path) << content;
    std::filesystem::permissions(path, perms);
    return path;
  }
  testing::ScratchDirectory directory_;
  const std::filesystem::perms private_ =
      std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;
};

TEST_F(TokenFile, GivesItsFirstLineWithoutBlanks) {
  EXPECT_EQ(read_token(write(" abc-DEF_123= \r\nnote\n", private_)).value(), "abc-DEF_123=");
}

TEST_F(TokenFile, IsRefusedWhenEverybodyMayReadIt) {
  const auto token = read_token(write("abc\n", private_ | std::filesystem::perms::others_read));
  ASSERT_FALSE(token);
  EXPECT_EQ(token.error().code, ErrorCode::configuration);
}

TEST_F(TokenFile, IsRefusedWhenItHoldsNoToken) {
  for (const std::string content : {"", "\n", "  \n", "two words\n", "caf\xc3\xa9\n", "a\x01\n"})
    EXPECT_FALSE(read_token(write(content, private_))) << content;
  EXPECT_FALSE(read_token(directory_.path() / "missing"));
}

}  // namespace
}  // namespace noroshi::wire
