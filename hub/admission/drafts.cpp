#include "hub/admission/drafts.hpp"

#include <algorithm>
#include <utility>

namespace noroshi::admission {
namespace {

constexpr std::int64_t remembered_ms = 24 * 60 * 60 * 1000LL;

bool same_alert(const v1::DraftSubmitted& a, const v1::DraftSubmitted& b) {
  return a.publisher() == b.publisher() && a.drill() == b.drill() &&
         a.summary().sender() == b.summary().sender() &&
         a.summary().identifier() == b.summary().identifier();
}

}  // namespace

void Drafts::apply(const v1::Entry& entry) {
  const auto& body = entry.body();
  if (body.has_draft_submitted()) {
    submit(entry);
  } else if (body.has_draft_closed()) {
    const auto& closed = body.draft_closed();
    end(closed.id(), Draft::End::withdrawn, entry.sequence(), closed.by(), closed.reason());
  } else if (body.has_alert_accepted() && body.alert_accepted().has_approval()) {
    const auto& approval = body.alert_accepted().approval();
    end(approval.draft(), Draft::End::approved, entry.sequence(), approval.approver(), "");
  }
}

void Drafts::submit(const v1::Entry& entry) {
  const auto& submitted = entry.body().draft_submitted();
  std::erase_if(drafts_, [&](const auto& known) {
    return known.second.submitted.until_ms() + remembered_ms < entry.at_ms();
  });
  for (auto& [id, draft] : drafts_)
    if (draft.end == Draft::End::none && same_alert(draft.submitted, submitted))
      end(id, Draft::End::replaced, entry.sequence(), submitted.author(), submitted.id());
  Draft draft;
  draft.sequence = entry.sequence();
  draft.at_ms = entry.at_ms();
  draft.submitted = submitted;
  drafts_.insert_or_assign(submitted.id(), std::move(draft));
}

// What ended first counts.
void Drafts::end(std::string_view id, Draft::End how, journal::Sequence by_entry, std::string by,
                 std::string reason) {
  const auto found = drafts_.find(id);
  if (found == drafts_.end() || found->second.end != Draft::End::none) return;
  found->second.end = how;
  found->second.ended_by = by_entry;
  found->second.by = std::move(by);
  found->second.reason = std::move(reason);
}

const Draft* Drafts::find(std::string_view id) const {
  const auto found = drafts_.find(id);
  return found == drafts_.end() ? nullptr : &found->second;
}

const Draft* Drafts::same(const v1::AlertAccepted& alert, std::int64_t now_ms) const {
  const auto found = std::find_if(drafts_.begin(), drafts_.end(), [&](const auto& known) {
    const auto& submitted = known.second.submitted;
    return known.second.waits_at(now_ms) && submitted.publisher() == alert.publisher() &&
           submitted.drill() == alert.drill() && submitted.author() == alert.approval().author() &&
           submitted.content_sha256() == alert.content_sha256();
  });
  return found == drafts_.end() ? nullptr : &found->second;
}

std::size_t Drafts::waiting(std::string_view publisher, std::int64_t now_ms) const {
  return static_cast<std::size_t>(
      std::count_if(drafts_.begin(), drafts_.end(), [&](const auto& known) {
        return known.second.submitted.publisher() == publisher && known.second.waits_at(now_ms);
      }));
}

std::size_t Drafts::waiting(std::int64_t now_ms) const {
  return static_cast<std::size_t>(
      std::count_if(drafts_.begin(), drafts_.end(),
                    [&](const auto& known) { return known.second.waits_at(now_ms); }));
}

std::vector<const Draft*> Drafts::all() const {
  std::vector<const Draft*> drafts;
  drafts.reserve(drafts_.size());
  for (const auto& [id, draft] : drafts_) drafts.push_back(&draft);
  std::sort(drafts.begin(), drafts.end(),
            [](const auto* a, const auto* b) { return a->sequence < b->sequence; });
  return drafts;
}

}  // namespace noroshi::admission
