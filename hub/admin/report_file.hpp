// An after-action report as files: the page, the table and, in a directory, the proofs.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "hub/admin/report.hpp"
#include "hub/admin/report_words.hpp"
#include "proto/result.hpp"

namespace noroshi::admin {

struct ReportFiles {
  std::filesystem::path page;
  std::filesystem::path table;
};

// What lies beside page and table in a directory: checkpoint, audit.pub, proof-SEQUENCE.json.
using Enclosed = std::vector<std::pair<std::string, std::string>>;

// A name that ends in .html is that of the page, with the table beside it; any other is a directory
// to be made. Nothing that is there is written over. They may name people: readable by their owner
// and group.
// Failure  conflict, io.
Result<ReportFiles> write_report(const Report& report, const Enclosed& enclosed,
                                 const std::filesystem::path& out, Language language);

}  // namespace noroshi::admin
