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

Draft::Draft(const v1::Entry& entry)
    : sequence(entry.sequence()),
      at_ms(entry.at_ms()),
      submitted(entry.body().draft_submitted()),
      channel(drills::Channel::of(submitted)) {}

void Drafts::apply(const v1::Entry& entry) {
  const auto& body = entry.body();
  if (body.has_draft_submitted()) {
    submit(entry);
  } else if (body.has_draft_closed()) {
    const auto& closed = body.draft_closed();
    end(closed.id(), Draft::End::withdrawn, entry.sequence(), closed.by(), closed.reason());
  } else if (body.has_alert_accepted() && body.alert_accepted().has_approval()) {
    const auto& alert = body.alert_accepted();
    const auto& approval = alert.approval();
    if (find(drills::Channel::of(alert), approval.draft()) == nullptr) return;
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
  drafts_.try_emplace(submitted.id(), entry);
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

const Draft* Drafts::find(const drills::Channel& channel, std::string_view id) const {
  const auto found = drafts_.find(id);
  return found == drafts_.end() || found->second.channel != channel ? nullptr : &found->second;
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

std::size_t Drafts::count(std::int64_t now_ms, std::string_view drill,
                          const std::string* publisher) const {
  return static_cast<std::size_t>(
      std::count_if(drafts_.begin(), drafts_.end(), [&](const auto& known) {
        const auto& [id, draft] = known;
        return draft.channel.drill() == drill && draft.waits_at(now_ms) &&
               (publisher == nullptr || draft.submitted.publisher() == *publisher);
      }));
}

std::size_t Drafts::waiting_beside(const v1::AlertAccepted& alert, std::int64_t now_ms) const {
  return count(now_ms, alert.drill(), &alert.publisher());
}

std::size_t Drafts::waiting_live(std::int64_t now_ms) const { return count(now_ms, "", nullptr); }

std::vector<const Draft*> Drafts::all(const drills::Channel& channel) const {
  std::vector<const Draft*> drafts;
  for (const auto& [id, draft] : drafts_)
    if (draft.channel == channel) drafts.push_back(&draft);
  std::sort(drafts.begin(), drafts.end(),
            [](const auto* a, const auto* b) { return a->sequence < b->sequence; });
  return drafts;
}

}  // namespace noroshi::admission
