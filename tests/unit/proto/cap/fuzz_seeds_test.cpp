#include <gtest/gtest.h>

#include <cstdint>
#include <random>

#include "proto/cap/writer.hpp"
#include "sample.hpp"

// tests/fuzz/cap/validate_fuzz.cpp; it aborts where a property does not hold.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace noroshi::cap {
namespace {

void enter(std::string_view bytes) {
  EXPECT_EQ(
      LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()), 0);
}

TEST(FuzzEntry, SurvivesSeeds) {
  enter({});
  enter("<");
  enter("<?xml version='1.0' encoding='EUC-JP'?>");
  enter(sample::document(""));
  enter(sample::document("<note>a<b/></note><info><area/></info><sent>2026</sent>"));
  enter(write(sample::acceptable()));
  enter(write(Alert{}));
}

TEST(FuzzEntry, SurvivesMutants) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto sound = write(sample::acceptable());
  const std::string pieces[] = {"<",    ">",     "</",        "/>",   "&",      ";",       "\"",
                                "<!--", "-->",   "<![CDATA[", "]]>",  "<info>", "</info>", " ",
                                "\r",   "&#13;", "é",         "\xFF", "0,0"};
  for (int i = 0; i < 3000; ++i) {
    auto mutant = sound;
    for (int changes = 0; changes < 1 + i % 3; ++changes) {
      const auto at = random() % mutant.size();
      mutant.replace(at, random() % 8, pieces[random() % std::size(pieces)]);
    }
    enter(mutant);
  }
}

}  // namespace
}  // namespace noroshi::cap
