// The seeds of one fuzzer, and every input that ever broke something, through its entry: with the
// compiler and the checks of whatever build this is.
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

// Aborts where a property does not hold.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

TEST(NOROSHI_FUZZER, HoldsForEveryInputKept) {
  std::size_t entered = 0;
  for (const auto& seed : std::filesystem::directory_iterator(NOROSHI_FUZZ_CORPUS)) {
    SCOPED_TRACE(seed.path());
    std::ifstream file(seed.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()),
        0);
    ++entered;
  }
  EXPECT_GE(entered, 5U);
}
