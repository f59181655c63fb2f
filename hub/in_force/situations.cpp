#include "hub/in_force/situations.hpp"

#include <iterator>
#include <utility>

namespace noroshi::in_force {
namespace {

// Alerts that lie so close together in the log are read at once.
constexpr Sequence read_at_once = 64;

}  // namespace

Situations::Part::Part(Folds folds, Ground& ground, std::int64_t now_ms)
    : situation(std::move(folds), ground, now_ms) {
  const auto all = situation.unread();
  unread.insert(all.begin(), all.end());
}

Situations::Situations(FoldsByChannel folds, const registry::Registry& registry, Sequence through,
                       std::int64_t now_ms)
    : ground_(registry, through), live_(std::move(folds.live), ground_, now_ms) {
  folds.forget(now_ms);
  for (auto& [drill, of_drill] : folds.in_drills)
    in_drills_.try_emplace(drill, std::move(of_drill), ground_, now_ms);
}

std::optional<Situations::Unread> Situations::unread() const {
  const auto next = [](const Part& part) {
    const auto first = *part.unread.begin();
    return Unread{first, *std::prev(part.unread.upper_bound(first + read_at_once - 1))};
  };
  if (!live_.unread.empty()) return next(live_);
  for (const auto& [drill, part] : in_drills_)
    if (!part.unread.empty()) return next(part);
  return std::nullopt;
}

void Situations::take(const Unread& unread, const std::vector<journal::StoredPtr>& page) {
  live_.unread.erase(unread.first);
  for (auto& [drill, part] : in_drills_) part.unread.erase(unread.first);
  for (const auto& stored : page) {
    auto* part = part_of(stored->entry.body().alert_accepted().drill());
    if (part == nullptr) continue;
    part->unread.erase(stored->sequence);
    part->situation.place(*stored);
  }
}

void Situations::apply(const journal::Stored& stored, std::int64_t now_ms) {
  ground_.apply(stored.entry);
  forget_drills(now_ms);
  const auto& body = stored.entry.body();
  if (body.has_districts_registered()) {
    live_.situation.redraw(body.districts_registered().code());
    for (auto& [drill, part] : in_drills_)
      part.situation.redraw(body.districts_registered().code());
  } else if (body.has_drill_opened()) {
    const auto& session = *ground_.registry().drills().find(body.drill_opened().id());
    if (session.state_at(now_ms) != drills::Session::State::over)
      in_drills_.try_emplace(session.id, Folds(session.channel.name()), ground_, now_ms);
  } else if (body.has_alert_accepted()) {
    if (auto* part = part_of(body.alert_accepted().drill())) part->situation.apply(stored, now_ms);
  }
}

Result<Answer> Situations::answer(std::string_view drill, const Question& question,
                                  std::int64_t now_ms) {
  forget_drills(now_ms);
  auto* part = part_of(drill);
  if (part == nullptr) return failure(ErrorCode::not_found, std::string(drill));
  const bool needs_shapes = question.point || question.shapes == Question::Shapes::wanted;
  if (needs_shapes && !part->unread.empty())
    return failure(ErrorCode::unavailable,
                   std::to_string(part->unread.size()) + " documents are still to be read");
  return part->situation.answer(question, now_ms);
}

Situations::Part* Situations::part_of(std::string_view drill) {
  if (drill.empty()) return &live_;
  const auto found = in_drills_.find(drill);
  return found == in_drills_.end() ? nullptr : &found->second;
}

void Situations::forget_drills(std::int64_t now_ms) {
  std::erase_if(in_drills_, [&](const auto& known) {
    const auto* session = ground_.registry().drills().find(known.first);
    return session == nullptr || session->state_at(now_ms) == drills::Session::State::over;
  });
}

}  // namespace noroshi::in_force
