// Orders as the profile writes them, judged and accepted one after another as the head of a log
// does.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hub/admission/documents.hpp"
#include "hub/admission/life.hpp"

namespace noroshi::admission {

constexpr std::int64_t story_begins_ms = 1'795'316'400'000;
constexpr std::int64_t hour_ms = 60 * 60 * 1000;

struct Said {
  std::string event;
  std::vector<std::string> districts;
  std::string hazard = "flood";
  std::optional<std::int64_t> expires_ms = {};
};
inline Said evac(int level, std::vector<std::string> districts) {
  return {"evac.l" + std::to_string(level), std::move(districts)};
}

// One alert in the making; what is not said is left out.
class Order {
 public:
  Order(const std::string& identifier, const std::string& document, unsigned revision) {
    alert_.set_publisher("362018");
    alert_.set_channel("live");
    auto& summary = *alert_.mutable_summary();
    summary.set_identifier(identifier);
    summary.set_sender("city.tokushima.lg.jp");
    summary.set_document(document);
    summary.set_revision(revision);
    summary.set_message_type("Alert");
    alert_.add_routing();
  }
  Order& issue(const Said& said) { return line(said, false); }
  Order& lift(const Said& said) { return line(said, true); }
  Order& updates(const std::vector<std::string>& identifiers) {
    return refer("Update", identifiers);
  }
  Order& cancels(const std::vector<std::string>& identifiers) {
    return refer("Cancel", identifiers);
  }
  Order& by(const std::string& publisher) {
    alert_.set_publisher(publisher);
    return *this;
  }
  Order& on(const std::string& channel) {
    alert_.set_channel(channel);
    return *this;
  }
  Order& kind(const std::string& update_kind) {
    alert_.set_update_kind(update_kind);
    return *this;
  }
  [[nodiscard]] const v1::AlertAccepted& alert() const { return alert_; }

 private:
  Order& line(const Said& said, bool lift) {
    auto& line = *alert_.add_lines();
    line.set_event(said.event);
    line.set_hazard(said.hazard);
    line.set_lift(lift);
    for (const auto& district : said.districts) line.add_districts(district);
    line.set_expires_ms(said.expires_ms.value_or(story_begins_ms + 48 * hour_ms));
    return *this;
  }
  Order& refer(const std::string& type, const std::vector<std::string>& identifiers) {
    alert_.mutable_summary()->set_message_type(type);
    for (const auto& identifier : identifiers) alert_.add_references()->set_identifier(identifier);
    return *this;
  }

  v1::AlertAccepted alert_;
};

class Story {
 public:
  [[nodiscard]] LifeVerdict judge(const Order& order) const {
    return judge_life(documents_, known(order), now_ms);
  }
  // "ok", or the code and what it is about: "alert.stale life.stale a2".
  [[nodiscard]] std::string tell(const Order& order) const {
    const auto verdict = judge(order);
    std::string told = verdict.code.empty() ? "ok" : verdict.code;
    for (const auto& rule : verdict.rules) told += " " + rule;
    for (const auto& rule : verdict.confirm) told += " ? " + rule;
    for (const auto& rule : verdict.warnings) told += " ! " + rule;
    return told;
  }
  // Becomes an entry when it is accepted; tells as tell().
  std::string send(const Order& order) {
    const auto told = tell(order);
    const auto verdict = judge(order);
    if (!verdict.code.empty()) return told;
    v1::Entry entry;
    entry.set_sequence(++head_);
    entry.set_at_ms(now_ms);
    auto& accepted = *entry.mutable_body()->mutable_alert_accepted();
    accepted = known(order);
    for (const auto& reference : accepted.references())
      if (reference.sequence() != 0)
        accepted.mutable_summary()->add_referenced_sequences(reference.sequence());
    if (verdict.follows) accepted.mutable_summary()->add_referenced_sequences(*verdict.follows);
    sequences_[accepted.summary().identifier()] = head_;
    append(entry);
    return told;
  }
  void register_districts(const std::string& code, const std::vector<std::string>& ids,
                          const std::string& group = "") {
    v1::Entry entry;
    entry.set_sequence(++head_);
    auto& registered = *entry.mutable_body()->mutable_districts_registered();
    registered.set_code(code);
    for (const auto& id : ids) {
      auto& district = *registered.add_districts();
      district.set_id(id);
      if (!group.empty()) district.add_groups(group);
    }
    append(entry);
  }

  [[nodiscard]] const Documents& documents() const { return documents_; }
  [[nodiscard]] const std::vector<v1::Entry>& log() const { return log_; }
  [[nodiscard]] Sequence sequence(const std::string& identifier) const {
    return sequences_.at(identifier);
  }

  std::int64_t now_ms = story_begins_ms;

 private:
  [[nodiscard]] v1::AlertAccepted known(const Order& order) const {
    auto alert = order.alert();
    for (auto& reference : *alert.mutable_references()) {
      const auto found = sequences_.find(reference.identifier());
      if (found != sequences_.end()) reference.set_sequence(found->second);
    }
    return alert;
  }
  void append(const v1::Entry& entry) {
    documents_.apply(entry);
    log_.push_back(entry);
  }

  Documents documents_;
  std::map<std::string, Sequence> sequences_;
  std::vector<v1::Entry> log_;
  Sequence head_ = 0;
};

}  // namespace noroshi::admission
