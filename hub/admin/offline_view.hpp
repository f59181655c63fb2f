// What view.db knows, while no hub runs: brought up to the end of an opened log and asked directly.
//
// Threading  that of the log.
#pragma once

#include <memory>
#include <vector>

#include "hub/admin/data_directory.hpp"
#include "hub/admin/log_access.hpp"
#include "hub/view/view.hpp"

namespace noroshi::view {
class ViewDatabase;
}

namespace noroshi::admin {

class OfflineView {
 public:
  // Reads what view.db misses of the log, which is all of it where there is none. `log` outlives
  // this.
  // Failure  unavailable: view.db cannot be used; and those of reading the log.
  static Result<OfflineView> open(const DataDirectory& directory, OfflineLog& log);
  OfflineView(OfflineView&&) noexcept;
  OfflineView& operator=(OfflineView&&) = delete;
  ~OfflineView();

  // As View's.
  Result<std::vector<view::Listed>> named(const view::AlertName& name);
  Result<view::Ladder> ladder(const drills::Channel& channel, journal::Sequence sequence);

 private:
  OfflineView(std::unique_ptr<view::ViewDatabase> database, OfflineLog& log);
  Result<void> catch_up();

  std::unique_ptr<view::ViewDatabase> database_;
  OfflineLog& log_;
};

}  // namespace noroshi::admin
