#include "hub/admin/offline_view.hpp"

#include <stdexcept>
#include <string>
#include <utility>

#include "hub/view/ladder_reading.hpp"
#include "hub/view/view_database.hpp"

namespace noroshi::admin {
namespace {

Error unusable(const std::runtime_error& error) {
  return {ErrorCode::unavailable, std::string("view.db: ") + error.what()};
}

}  // namespace

OfflineView::OfflineView(std::unique_ptr<view::ViewDatabase> database, OfflineLog& log)
    : database_(std::move(database)), log_(log) {}
OfflineView::OfflineView(OfflineView&&) noexcept = default;
OfflineView::~OfflineView() = default;

Result<OfflineView> OfflineView::open(const DataDirectory& directory, OfflineLog& log) try {
  const auto head = log.head();
  auto database = std::make_unique<view::ViewDatabase>(directory.root / "view.db", head.epoch);
  if (database->through() > head.sequence) database->clear();
  OfflineView view(std::move(database), log);
  if (const auto done = view.catch_up(); !done) return tl::unexpected(done.error());
  return view;
} catch (const std::runtime_error& error) {
  return tl::unexpected(unusable(error));
}

Result<void> OfflineView::catch_up() {
  while (database_->through() < log_.head().sequence) {
    const auto page = log_.journal().read(database_->through(), {});
    if (!page) return tl::unexpected(page.error());
    if (page->empty()) break;
    database_->begin();
    for (const auto& stored : *page) database_->apply(stored->entry);
    database_->commit();
  }
  return {};
}

Result<std::vector<view::Listed>> OfflineView::named(const view::AlertName& name) try {
  return database_->named(name);
} catch (const std::runtime_error& error) {
  return tl::unexpected(unusable(error));
}

Result<view::Ladder> OfflineView::ladder(const drills::Channel& channel,
                                         journal::Sequence sequence) try {
  return view::read_ladder(*database_, log_.registry(), log_.cursors(), channel, sequence);
} catch (const std::runtime_error& error) {
  return tl::unexpected(unusable(error));
}

}  // namespace noroshi::admin
