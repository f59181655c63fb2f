// The W3C XML conformance suite at the gate: NOROSHI_XML_SUITE names its folder (the one that holds
// xmltest/, sun/, oasis/, ibm/).
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "proto/cap/gate.hpp"

namespace noroshi::cap {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class XmlSuite : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("NOROSHI_XML_SUITE");
    if (folder == nullptr) {
      std::cerr << "\n*** NOROSHI_XML_SUITE is not set: THE XML SUITE WAS NOT RUN ***\n\n";
      GTEST_SKIP() << "NOROSHI_XML_SUITE is not set";
    }
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.path().extension() == ".xml") files_.push_back(entry.path());
    ASSERT_GT(files_.size(), 1000U) << folder << " is not the suite";
  }

  std::vector<fs::path> files_;
};

TEST_F(XmlSuite, NothingThatIsNotWellFormedPasses) {
  std::size_t checked = 0;
  for (const auto& file : files_) {
    if (file.string().find("/not-wf/") == std::string::npos) continue;
    EXPECT_FALSE(admit(content_of(file), std::nullopt)) << file;
    ++checked;
  }
  EXPECT_GT(checked, 500U);
}

TEST_F(XmlSuite, NothingWithADoctypePasses) {
  std::size_t checked = 0;
  for (const auto& file : files_) {
    const auto bytes = content_of(file);
    if (bytes.find("\n<!DOCTYPE ") == std::string::npos && !bytes.starts_with("<!DOCTYPE "))
      continue;
    EXPECT_FALSE(admit(bytes, std::nullopt)) << file;
    ++checked;
  }
  EXPECT_GT(checked, 500U);
}

}  // namespace
}  // namespace noroshi::cap
