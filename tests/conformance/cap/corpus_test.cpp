// Real alerts of many countries, where they lie: NOROSHI_CORPUS names a folder with INDEX.tsv
// (file, verdict, rule, reason, origin) and the documents it lists.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "proto/cap/validate.hpp"
#include "proto/cap/writer.hpp"

namespace noroshi::cap {
namespace {

struct Entry {
  std::string file;
  std::string verdict;  // "valid", "invalid"
  std::string rule;     // of an invalid one: "R004"
};

std::vector<Entry> index_of(const std::string& folder) {
  std::ifstream file(folder + "/INDEX.tsv");
  std::vector<Entry> entries;
  std::string line;
  std::getline(file, line);  // the heading
  while (std::getline(file, line)) {
    std::istringstream columns(line);
    Entry entry;
    std::getline(columns, entry.file, '\t');
    std::getline(columns, entry.verdict, '\t');
    std::getline(columns, entry.rule, '\t');
    entries.push_back(entry);
  }
  return entries;
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string errors_of(const Verdict& verdict) {
  std::string lines;
  for (const auto& finding : verdict.findings)
    if (finding.severity == Severity::error)
      lines += finding.rule + " " + finding.path + " " + message(finding, Language::english) + "\n";
  return lines;
}

class Corpus : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("NOROSHI_CORPUS");
    if (folder == nullptr) {
      std::cerr << "\n*** NOROSHI_CORPUS is not set: REAL ALERTS WERE NOT CHECKED ***\n\n";
      GTEST_SKIP() << "NOROSHI_CORPUS is not set";
    }
    folder_ = folder;
    entries_ = index_of(folder_);
    ASSERT_FALSE(entries_.empty()) << folder_ << "/INDEX.tsv lists nothing";
  }

  Verdict verdict_of(const Entry& entry) const {
    return validate(content_of(folder_ + "/" + entry.file), std::nullopt, 4'000'000'000'000);
  }

  std::string folder_;
  std::vector<Entry> entries_;
};

TEST_F(Corpus, ValidAlertsAreAcceptedAndWrittenBackEqual) {
  std::size_t checked = 0;
  for (const auto& entry : entries_) {
    if (entry.verdict != "valid") continue;
    const auto verdict = verdict_of(entry);
    EXPECT_TRUE(verdict.accepted()) << entry.file << "\n" << errors_of(verdict);
    ASSERT_TRUE(verdict.alert) << entry.file;
    EXPECT_EQ(validate(write(*verdict.alert), "utf-8", 0).alert, verdict.alert) << entry.file;
    ++checked;
  }
  EXPECT_GT(checked, 0U);
}

TEST_F(Corpus, InvalidAlertsAreRefusedForTheirReason) {
  std::size_t checked = 0;
  for (const auto& entry : entries_) {
    if (entry.verdict != "invalid") continue;
    const auto verdict = verdict_of(entry);
    EXPECT_FALSE(verdict.accepted()) << entry.file;
    EXPECT_TRUE(std::any_of(verdict.findings.begin(), verdict.findings.end(),
                            [&](const Finding& finding) {
                              return finding.severity == Severity::error &&
                                     finding.rule == "cap." + entry.rule;
                            }))
        << entry.file << " should break " << entry.rule << "\n"
        << errors_of(verdict);
    ++checked;
  }
  EXPECT_GT(checked, 0U);
}

}  // namespace
}  // namespace noroshi::cap
