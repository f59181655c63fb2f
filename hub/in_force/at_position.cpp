#include "hub/in_force/at_position.hpp"

#include <algorithm>
#include <utility>

namespace noroshi::in_force {

void AtPosition::look() {
  for (const auto& [alert, area] : situation_.places_.at(position_)) hit_[alert].insert(area);
  by_shape();
  local_ = situation_.ground_.local_to(position_);
  if (!situation_.unplaced_.empty()) by_code();
  add_publishers();
}

void AtPosition::by_shape() {
  for (const auto& [alert, areas] : hit_) {
    auto order = situation_.order_at(alert, "*", answer_.as_of_ms);
    if (!order) continue;
    keep_lines_that_hold(*order, areas);
    if (order->lines.empty()) continue;
    order->match = OrderInForce::Match::shape;
    answer_.orders.push_back(std::move(*order));
  }
}

// A lifted district inside a whole municipality is no longer part of it.
void AtPosition::keep_lines_that_hold(OrderInForce& order, const std::set<std::size_t>& hit) {
  const auto& areas = situation_.read_.find(order.sequence)->second->areas;
  const auto holds = [&](const OrderedLine& line, std::size_t i) {
    if (areas[i].line != line.line) return false;
    if (!areas[i].district.ends_with(":*")) return true;
    return std::none_of(hit.begin(), hit.end(), [&](std::size_t other) {
      const auto& except = line.except;
      return std::find(except.begin(), except.end(), areas[other].district) != except.end();
    });
  };
  std::erase_if(order.lines, [&](const OrderedLine& line) {
    return std::none_of(hit.begin(), hit.end(), [&](std::size_t i) { return holds(line, i); });
  });
  for (const auto i : hit)
    if (!areas[i].code.empty()) codes_.insert(areas[i].code);
}

void AtPosition::by_code() {
  const auto& standing = situation_.folds_.standing;
  for (const auto& code : codes_)
    for (const auto sequence : standing.at(code, answer_.as_of_ms)) here_.insert(sequence);
  for (const auto& publisher : local_) add_all_of(publisher);
  for (const auto sequence : here_) {
    if (!situation_.unplaced_.contains(sequence) || hit_.contains(sequence)) continue;
    if (auto order = situation_.order_at(sequence, "*", answer_.as_of_ms))
      answer_.orders.push_back(std::move(*order));
  }
  for (const auto sequence : situation_.unplaced_) {
    const auto* held = standing.find(sequence);
    const bool stands = held != nullptr && held->until_ms > answer_.as_of_ms;
    if (stands && !here_.contains(sequence) && !hit_.contains(sequence)) ++answer_.unplaced;
  }
}

// What a publisher says whose territory holds the position.
void AtPosition::add_all_of(const std::string& publisher) {
  const auto* registered = situation_.ground_.registry().publisher(publisher);
  if (registered == nullptr) return;
  const auto& standing = situation_.folds_.standing;
  for (const auto& area : registered->areas)
    for (const auto sequence : standing.at(area, answer_.as_of_ms))
      if (standing.find(sequence)->read().publisher() == publisher) here_.insert(sequence);
}

void AtPosition::add_publishers() {
  auto speaking = local_;
  for (const auto& code : codes_) {
    const auto& speakers = situation_.ground_.speakers_of(code);
    speaking.insert(speakers.begin(), speakers.end());
  }
  const std::string area = codes_.size() == 1 ? *codes_.begin() : "*";
  for (const auto& code : speaking)
    if (const auto* publisher = situation_.ground_.registry().publisher(code))
      situation_.add_freshness(*publisher, area, answer_);
}

}  // namespace noroshi::in_force
