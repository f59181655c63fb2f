#include "hub/admin/report_file.hpp"

#include "hub/admin/printable.hpp"
#include "hub/admin/report_page.hpp"
#include "hub/admin/report_table.hpp"
#include "hub/admin/staged_file.hpp"

namespace noroshi::admin {
namespace {

namespace fs = std::filesystem;

constexpr mode_t report_file_mode = 0640;
constexpr mode_t report_directory_mode = 0750;

Result<void> expect_nothing_at(const fs::path& file, Language language) {
  std::error_code ignored;
  if (!fs::exists(fs::symlink_status(file, ignored))) return {};
  return failure(ErrorCode::conflict,
                 say(language, ReportSay::report_there, printable(file.string())));
}

}  // namespace

Result<ReportFiles> write_report(const Report& report, const Enclosed& enclosed,
                                 const fs::path& out, Language language) {
  const bool one_page = out.extension() == ".html";
  const ReportFiles files = one_page ? ReportFiles{out, fs::path(out).replace_extension(".csv")}
                                     : ReportFiles{out / "report.html", out / "report.csv"};
  for (const auto& file : {out, files.page, files.table})
    if (auto free = expect_nothing_at(file, language); !free) return tl::unexpected(free.error());
  if (!one_page) {
    if (auto made = make_directory(out, report_directory_mode); !made)
      return tl::unexpected(made.error());
    for (const auto& [name, bytes] : enclosed)
      if (auto done = write_durably(out / name, bytes, report_file_mode); !done)
        return tl::unexpected(done.error());
  }
  if (auto done = write_durably(files.table, csv_of(report), report_file_mode); !done)
    return tl::unexpected(done.error());
  if (auto done = write_durably(files.page, page_of(report), report_file_mode); !done)
    return tl::unexpected(done.error());
  return files;
}

}  // namespace noroshi::admin
