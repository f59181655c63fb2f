#include "hub/admin/log_access.hpp"

#include <cassert>
#include <chrono>

namespace noroshi::admin {

Result<std::unique_ptr<OfflineLog>> OfflineLog::open(const std::filesystem::path& journal_file,
                                                     journal::WallClock clock) {
  std::unique_ptr<OfflineLog> log(new OfflineLog);
  auto journal = journal::open_sqlite(journal_file, log->judge_, std::move(clock));
  if (!journal) return tl::unexpected<Error>(journal.error());
  log->journal_ = std::move(*journal);
  return log;
}

Result<std::vector<journal::Outcome>> OfflineLog::append(
    std::span<const journal::Proposal> proposals) {
  assert(proposals.size() <= proposals_max);
  return journal_->append(proposals);
}

journal::WallClock system_clock() {
  return [] {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count();
  };
}

}  // namespace noroshi::admin
