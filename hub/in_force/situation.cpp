#include "hub/in_force/situation.hpp"

#include <algorithm>
#include <utility>

#include "hub/in_force/at_position.hpp"
#include "hub/in_force/districts.hpp"

namespace noroshi::in_force {
namespace {

std::uint32_t highest(const OrderInForce& order) {
  std::uint32_t highest = 0;
  for (const auto& line : order.lines) highest = std::max(highest, line.level);
  return highest;
}

bool speaks_for(const registry::Publisher& publisher, std::string_view area) {
  return area == "*" ||
         std::any_of(publisher.areas.begin(), publisher.areas.end(),
                     [&](const auto& own) { return concerns(own, area) || concerns(area, own); });
}

}  // namespace

Situation::Situation(Folds folds, Ground& ground, std::int64_t now_ms)
    : folds_(std::move(folds)), ground_(ground) {
  folds_.standing.forget(now_ms);
}

std::vector<Sequence> Situation::unread() const {
  auto unread = folds_.standing.all();
  std::erase_if(unread, [this](Sequence sequence) { return read_.contains(sequence); });
  return unread;
}

// Only of what is indexed whole does not being hit mean not being meant.
void Situation::place(const journal::Stored& stored) {
  const auto* held = folds_.standing.find(stored.sequence);
  if (held == nullptr || read_.contains(stored.sequence)) return;
  auto areas = stored.content ? read_areas(*stored.content, held->read()) : Areas{};
  std::set<std::string> codes;
  for (const auto& area : areas.areas)
    if (!area.has_own_shape()) codes.insert(area.district.substr(0, area.district.find(':')));
  for (const auto& code : codes) draw(areas, code, ground_.registry().districts(code));
  index(stored.sequence, std::make_shared<const Areas>(std::move(areas)));
}

void Situation::index(Sequence alert, std::shared_ptr<const Areas> areas) {
  const bool indexed = places_.add(alert, *areas);
  const bool placed = indexed && !areas->areas.empty() &&
                      std::all_of(areas->areas.begin(), areas->areas.end(),
                                  [](const auto& area) { return area.has_shape(); });
  if (!placed) unplaced_.insert(alert);
  read_[alert] = std::move(areas);
}

void Situation::redraw(const std::string& code) {
  const auto names = [&](const AreaOfAlert& area) {
    return !area.has_own_shape() && area.district.starts_with(code + ":");
  };
  for (auto& [alert, read] : read_) {
    if (std::none_of(read->areas.begin(), read->areas.end(), names)) continue;
    auto areas = *read;
    draw(areas, code, ground_.registry().districts(code));
    places_.remove(alert);
    unplaced_.erase(alert);
    index(alert, std::make_shared<const Areas>(std::move(areas)));
  }
}

void Situation::apply(const journal::Stored& stored, std::int64_t now_ms) {
  folds_.apply(stored.entry);
  const auto& body = stored.entry.body();
  if (!body.has_alert_accepted()) return;
  for (const auto ended : body.alert_accepted().summary().referenced_sequences())
    if (folds_.standing.find(ended) == nullptr) forget(ended);
  place(stored);
  for (const auto ended : folds_.standing.forget(now_ms)) forget(ended);
}

void Situation::forget(Sequence ended) {
  places_.remove(ended);
  unplaced_.erase(ended);
  read_.erase(ended);
}

Answer Situation::answer(const Question& question, std::int64_t now_ms) {
  Answer answer;
  answer.as_of_ms = now_ms;
  answer.through = ground_.through();
  if (question.point)
    AtPosition(*this, *question.point, answer).look();
  else
    at_area(question.area.value_or("*"), answer);
  std::sort(answer.orders.begin(), answer.orders.end(), [](const auto& a, const auto& b) {
    return std::pair(highest(a), a.sequence) > std::pair(highest(b), b.sequence);
  });
  if (answer.orders.size() > orders_max) {
    answer.left_out = answer.orders.size() - orders_max;
    answer.orders.erase(answer.orders.begin() + orders_max, answer.orders.end());
  }
  for (auto& order : answer.orders) complete(order, question.shapes);
  return answer;
}

void Situation::complete(OrderInForce& order, Question::Shapes shapes) const {
  const auto* publisher = ground_.registry().publisher(order.alert.publisher());
  if (publisher != nullptr) order.publisher_name = publisher->name;
  const auto found = read_.find(order.sequence);
  if (found == read_.end()) return;
  order.headline = found->second->headline;
  if (shapes == Question::Shapes::wanted) order.areas = found->second;
}

std::optional<OrderInForce> Situation::order_at(Sequence sequence, std::string_view area,
                                                std::int64_t now_ms) const {
  const auto* held = folds_.standing.find(sequence);
  if (held == nullptr || held->until_ms <= now_ms) return std::nullopt;
  OrderInForce order;
  order.sequence = sequence;
  order.at_ms = held->at_ms;
  order.alert = held->read();
  order.lines = lines_in_force(order.alert, area, now_ms);
  if (order.lines.empty()) return std::nullopt;
  return order;
}

void Situation::at_area(const std::string& area, Answer& answer) const {
  for (const auto sequence : folds_.standing.at(area, answer.as_of_ms))
    if (auto order = order_at(sequence, area, answer.as_of_ms))
      answer.orders.push_back(std::move(*order));
  for (const auto& [code, publisher] : ground_.registry().publishers())
    if (speaks_for(publisher, area)) add_freshness(publisher, area, answer);
}

void Situation::add_freshness(const registry::Publisher& publisher, std::string_view area,
                              Answer& answer) const {
  answer.publishers.push_back({publisher.code, publisher.name, publisher.suspended,
                               folds_.freshness.last_word(publisher.code, area)});
}

}  // namespace noroshi::in_force
