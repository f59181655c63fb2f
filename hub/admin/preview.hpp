// noroshi-hub subscriber preview: what a subscription would have received of the live alerts that
// the log has from the last days, judged as delivery judges.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "hub/admin/request.hpp"
#include "hub/admission/footprint.hpp"
#include "hub/journal/journal.hpp"
#include "hub/registry/registry.hpp"

namespace noroshi::admin {

// What the subscriber of the request is registered with, changed by what the request says; of an
// id nobody has, that alone. Without the webhook's settings.
// Failure  as of `subscriber set`; not_found when the request says nothing of an unknown id.
Result<v1::SubscriberRegistered> previewed(const AdminRequest& request,
                                           const registry::Registry& registry);

// When the time asked about begins, Unix milliseconds.
std::int64_t preview_begins(const AdminRequest& request);

// Finds where the time asked about begins by halving the log, then reads on from there to where
// the log ended. A suspended subscription is previewed as if it were not.
//
// Bounds      the last 4,000,000 entries; 20 alerts, 64 events and 2,000 areas are named.
// Threading   none inside.
class Preview {
 public:
  // At most `from_ms` (Unix milliseconds) ago, up to the entry `head`.
  Preview(const v1::SubscriberRegistered& asked, std::int64_t from_ms, journal::Sequence head);

  [[nodiscard]] bool complete() const { return !searching() && after_ >= head_; }
  // The next page is the one after this …
  [[nodiscard]] journal::Sequence read() const { return searching() ? middle() : after_; }
  // … and no larger.
  [[nodiscard]] journal::ReadBounds bounds() const;
  void take(std::span<const journal::StoredPtr> page);

  // For people one sentence first, in data and note alike.
  [[nodiscard]] AdminAnswer answer(const AdminRequest& request) const;

 private:
  enum Filter : std::size_t { by_areas, by_level, by_events, by_polygon, filters };
  // Whether an own part was drawn, and touches the polygon asked for.
  struct Mark {
    bool drawn = false;
    bool touches = false;
  };
  struct Latest {
    journal::Sequence sequence;
    std::int64_t at_ms;
    v1::Summary summary;
  };

  [[nodiscard]] bool searching() const { return low_ < high_; }
  [[nodiscard]] journal::Sequence middle() const { return low_ + (high_ - low_) / 2; }
  void search(const v1::Entry& entry);
  void judge(const journal::Stored& stored);
  // The first that keeps the alert away.
  std::optional<Filter> kept_away_by(const journal::Stored& stored);
  [[nodiscard]] bool passes(Filter filter, const v1::AlertAccepted& alert) const;
  // The alert as it would have been compared, had the polygon been registered.
  v1::AlertAccepted compared(const journal::Stored& stored);
  Mark mark(const journal::Stored& stored);
  void count(const journal::Stored& stored);
  [[nodiscard]] std::string sentence(const AdminRequest& request) const;
  [[nodiscard]] std::string json(const AdminRequest& request) const;

  const std::int64_t from_ms_;
  const journal::Sequence head_;
  journal::Sequence low_;
  journal::Sequence high_;
  journal::Sequence after_;

  const v1::SubscriberRegistered asked_;
  // Each asks for what its filter and those before it ask for.
  std::array<registry::Subscriber, filters> stages_;
  registry::Subscriptions::Polygons polygons_;
  admission::SubscribedPolygons compared_;
  std::map<journal::Sequence, Mark> marks_;

  std::uint64_t alerts_ = 0;
  std::uint64_t received_ = 0;
  std::array<std::uint64_t, filters> kept_away_{};
  std::map<std::string, std::uint64_t> by_event_;
  std::map<std::string, std::uint64_t> by_area_;
  std::deque<Latest> latest_;
};

}  // namespace noroshi::admin
