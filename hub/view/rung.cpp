#include "hub/view/rung.hpp"

#include <algorithm>

namespace noroshi::view {
namespace {

using MediumState = Medium::State;

MediumState state_of(v1::Receipt::State said) {
  if (said == v1::Receipt::WITHDRAWN) return MediumState::withdrawn;
  if (said == v1::Receipt::REFUSED) return MediumState::refused;
  return MediumState::shown;
}

bool any(const std::vector<Medium>& media, MediumState state) {
  return std::any_of(media.begin(), media.end(),
                     [&](const Medium& medium) { return medium.state == state; });
}

Medium& medium_of(std::vector<Medium>& media, const std::string& name) {
  const auto found = std::find_if(media.begin(), media.end(),
                                  [&](const Medium& medium) { return medium.name == name; });
  if (found != media.end()) return *found;
  return media.emplace_back(Medium{name});
}

}  // namespace

void Reports::add(const v1::ReceiptsOfAlert& reports, std::int64_t recorded_ms) {
  for (const auto& receipt : reports.receipts()) {
    auto& reporter = reporters_[receipt.subscriber()];
    if (!reporter.ids.insert(receipt.id()).second) continue;
    auto& medium = medium_of(reporter.media, reports.medium());
    medium.state = state_of(reports.state());
    medium.at_ms = receipt.at_ms();
    medium.recorded_ms = recorded_ms;
    medium.detail = receipt.detail();
    if (medium.state == MediumState::shown) medium.shown_ms = receipt.at_ms();
  }
}

const std::vector<Medium>* Reports::of(const std::string& subscriber) const {
  const auto found = reporters_.find(subscriber);
  return found == reporters_.end() ? nullptr : &found->second.media;
}

void replace_by(std::vector<Medium>& media, const std::vector<Medium>& of_successor) {
  for (auto& medium : media) {
    if (medium.state != MediumState::shown) continue;
    const auto found =
        std::find_if(of_successor.begin(), of_successor.end(), [&](const Medium& successor) {
          return successor.name == medium.name && successor.shown_ms > 0;
        });
    if (found == of_successor.end()) continue;
    medium.state = MediumState::replaced;
    medium.at_ms = found->shown_ms;
    medium.recorded_ms = found->recorded_ms;
  }
}

Rung::State state_of(Rung::Stored stored, const std::vector<Medium>& media, bool has_successor) {
  if (any(media, MediumState::shown)) return Rung::State::shown;
  if (any(media, MediumState::replaced)) return Rung::State::replaced;
  if (any(media, MediumState::withdrawn)) return Rung::State::withdrawn;
  if (any(media, MediumState::refused)) return Rung::State::refused;
  if (stored == Rung::Stored::no) return Rung::State::queued;
  if (stored == Rung::Stored::passed) return Rung::State::passed;
  return has_successor ? Rung::State::replaced : Rung::State::delivered;
}

}  // namespace noroshi::view
