#include "hub/admission/life.hpp"

#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/admission/coverage.hpp"
#include "proto/jp/event_life.hpp"

namespace noroshi::admission {
namespace {

// So many other documents of a place are looked at before an overlap goes unnoticed.
constexpr std::size_t neighbours_max = 16;

class Judging {
 public:
  Judging(const Documents& documents, const v1::AlertAccepted& alert, std::int64_t now_ms)
      : documents_(documents),
        alert_(alert),
        now_ms_(now_ms),
        cancels_(alert.summary().message_type() == "Cancel"),
        document_(documents.document_of(alert)) {
    for (const auto& reference : alert.references())
      if (reference.sequence() != 0) known_.insert(reference.sequence());
  }

  LifeVerdict verdict() {
    if (!refers_to_what_stands()) return std::move(verdict_);
    if (!refers_to_newest() || !is_of_its_document()) return std::move(verdict_);
    if (cancels_) return std::move(verdict_);
    compare_with_last();
    look_for_orders_under_a_null_report();
    if (document_ == nullptr && known_.empty()) look_for_overlap();
    return std::move(verdict_);
  }

 private:
  static void add(std::vector<std::string>& list, std::string_view rule, std::string_view value) {
    if (list.size() < life_rules_max) list.push_back(std::string(rule) + " " + std::string(value));
  }

  void refuse(std::string_view code, std::string_view rule, std::string_view value) {
    if (verdict_.code.empty()) {
      verdict_.code = code;
      verdict_.detail = value;
    }
    add(verdict_.rules, rule, value);
  }

  bool refers_to_what_stands() {
    for (const auto& reference : alert_.references()) {
      const auto* ended = documents_.ended(reference.sequence());
      if (ended != nullptr && ended->cancelled)
        refuse("alert.invalid", "cap.R091", reference.identifier());
    }
    if (cancels_ && known_.empty()) {
      for (const auto& reference : alert_.references())
        refuse("alert.invalid", "cap.R091", reference.identifier());
      if (alert_.references().empty()) refuse("alert.invalid", "cap.R091", "-");
    }
    if (document_ != nullptr && document_->cancelled)
      refuse("alert.invalid", "life.cancelled", alert_.summary().document());
    return verdict_.code.empty();
  }

  // Of what is referred to, each alert that was replaced is there together with what replaced it:
  // so the newest is there, in whatever order.
  bool refers_to_newest() {
    for (const auto sequence : known_) {
      const auto* replaced = documents_.ended(sequence);
      if (replaced == nullptr || known_.contains(replaced->by)) continue;
      const auto* newest = replaced;
      while (const auto* newer = documents_.ended(newest->by)) {
        if (newer->cancelled) {
          refuse("alert.invalid", "life.cancelled", newest->by_identifier);
          return false;
        }
        newest = newer;
      }
      refuse("alert.stale", "life.stale", newest->by_identifier);
      return false;
    }
    return true;
  }

  bool is_of_its_document() {
    for (const auto sequence : known_) {
      const auto* other = documents_.document_with(sequence);
      if (cancels_ || other == nullptr || alert_.summary().document().empty()) continue;
      if (*other != alert_.summary().document()) refuse("alert.invalid", "life.document", *other);
    }
    if (!verdict_.code.empty()) return false;
    if (known_.empty() && !alert_.references().empty())
      verdict_.warnings.emplace_back("life.unknown");
    if (document_ == nullptr || cancels_) return true;
    if (!known_.contains(document_->newest)) {
      if (!known_.empty() || alert_.references().empty()) {
        refuse("alert.stale", "life.stale", document_->identifier);
        return false;
      }
      verdict_.follows = document_->newest;
    }
    if (alert_.summary().revision() <= document_->revision)
      refuse("alert.invalid", "life.revision", std::to_string(document_->revision));
    return verdict_.code.empty();
  }

  // What the last revision issued: each district is spoken of again, or has been forgotten.
  void compare_with_last() {
    std::vector<v1::AlertAccepted> last;
    auto followed = known_;
    if (verdict_.follows) followed.insert(*verdict_.follows);
    for (const auto sequence : followed)
      if (const auto* standing = documents_.standing(sequence)) last.push_back(standing->read());
    if (last.empty()) return;
    Dangers now(documents_.masters());
    for (const auto& line : alert_.lines()) now.add(line);
    for (const auto& revision : last)
      for (const auto& line : revision.lines())
        if (still_stands(line)) compare(line, now);
  }

  [[nodiscard]] bool still_stands(const v1::OrderLine& line) const {
    return jp::stands_until_lifted(line.event()) || !line.has_expires_ms() ||
           line.expires_ms() > now_ms_;
  }

  void compare(const v1::OrderLine& before, const Dangers& now) {
    for_each_district(before, documents_.masters(), [&](const std::string& district) {
      if (now.covers(before, district)) return;
      if (now.covers(district)) return add(verdict_.confirm, "life.hazard", district);
      if (!verdict_.follows) return refuse("alert.invalid", "life.uncovered", district);
      // Taken at its word by a hub that may have missed the revision in between.
      if (verdict_.warnings.back() != "life.uncovered")
        verdict_.warnings.emplace_back("life.uncovered");
    });
  }

  void look_for_orders_under_a_null_report() {
    std::set<std::string_view> codes;
    for (const auto& line : alert_.lines())
      if (line.event() == "evac.none" && !line.lift())
        for (const auto& district : line.districts()) codes.insert(municipality_of(district));
    if (codes.empty()) return;
    for (const auto& line : alert_.lines())
      if (!line.lift() && jp::is_evacuation_order(line.event()))
        for (const auto& district : line.districts())
          if (codes.contains(municipality_of(district)))
            return refuse("alert.invalid", "life.none", alert_.summary().identifier());
    for (const auto code : codes) {
      documents_.for_each_around(alert_.channel(), code,
                                 [&](Sequence sequence, const Documents::Standing& order) {
                                   if (!contradicts_null_report(sequence, order)) return true;
                                   refuse("alert.invalid", "life.none", order.identifier);
                                   return false;
                                 });
    }
  }

  // What one's own order has left unlifted when it ran out counts; only its publisher can lift it.
  [[nodiscard]] bool contradicts_null_report(Sequence sequence,
                                             const Documents::Standing& order) const {
    if (known_.contains(sequence) || verdict_.follows == sequence) return false;
    return order.orders_until_ms &&
           (*order.orders_until_ms > now_ms_ || order.publisher == alert_.publisher());
  }

  void look_for_overlap() {
    std::set<std::string_view> codes;
    for (const auto& line : alert_.lines())
      if (!line.lift() && jp::stands_until_lifted(line.event()))
        for (const auto& district : line.districts()) codes.insert(municipality_of(district));
    std::set<Sequence> neighbours;
    for (const auto code : codes)
      documents_.for_each_at(alert_.channel(), code, [&](Sequence sequence, const auto& order) {
        if (order.publisher == alert_.publisher()) neighbours.insert(sequence);
        return neighbours.size() < neighbours_max;
      });
    Dangers own(documents_.masters());
    for (const auto& line : alert_.lines())
      if (!line.lift()) own.add(line);
    std::set<std::string> overlapping;
    for (const auto sequence : neighbours)
      note_overlap(documents_.standing(sequence)->read(), own, overlapping);
    for (const auto& district : overlapping) add(verdict_.confirm, "life.overlap", district);
  }

  void note_overlap(const v1::AlertAccepted& other, const Dangers& own,
                    std::set<std::string>& overlapping) const {
    Dangers theirs(documents_.masters());
    for (const auto& line : other.lines()) {
      if (!still_stands(line)) continue;
      theirs.add(line);
      note_shared(line, own, overlapping);
    }
    for (const auto& line : alert_.lines())
      if (!line.lift()) note_shared(line, theirs, overlapping);
  }

  void note_shared(const v1::OrderLine& line, const Dangers& others,
                   std::set<std::string>& overlapping) const {
    for_each_district(line, documents_.masters(), [&](const std::string& district) {
      if (overlapping.size() < life_rules_max && others.covers(line, district))
        overlapping.insert(district);
    });
  }

  const Documents& documents_;
  const v1::AlertAccepted& alert_;
  const std::int64_t now_ms_;
  const bool cancels_;
  const Documents::Document* document_;
  std::set<Sequence> known_;
  LifeVerdict verdict_;
};

}  // namespace

LifeVerdict judge_life(const Documents& documents, const v1::AlertAccepted& alert,
                       std::int64_t now_ms) {
  return Judging(documents, alert, now_ms).verdict();
}

}  // namespace noroshi::admission
