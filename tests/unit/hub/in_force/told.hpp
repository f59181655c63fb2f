// Entries of a log, made by hand: alerts with their order lines, and the documents they were read
// from.
#pragma once

#include <fmt/core.h>
#include <noroshi/v1/journal.pb.h>

#include <memory>
#include <string>
#include <vector>

#include "hub/in_force/situation.hpp"
#include "hub/journal/entry.hpp"
#include "tests/unit/hub/drills/channels.hpp"

namespace noroshi::in_force {

constexpr std::int64_t begin_ms = 1'795'316'400'000;
constexpr std::int64_t hour_ms = 60 * 60 * 1000;

// An info block of a CAP-JP order, with its shape: `<polygon>…</polygon>` or so.
struct Block {
  std::string event;
  std::string district;  // <code>:<id>
  std::string shape;
  bool lift = false;
  std::int64_t expires_ms = begin_ms + 48 * hour_ms;
  std::string hazard = "flood";
};

inline std::string square(double south, double west, double size) {
  return fmt::format("<polygon>{0},{1} {0},{3} {2},{3} {2},{1} {0},{1}</polygon>", south, west,
                     south + size, west + size);
}

inline std::string info(const Block& block) {
  return fmt::format(
      "<info><language>ja-JP</language><category>Safety</category><event>避難指示</event>"
      "<urgency>Immediate</urgency><severity>Severe</severity><certainty>Likely</certainty>"
      "<eventCode><valueName>profile:CAP-JP:Event:0.1</valueName><value>{0}</value></eventCode>"
      "<eventCode><valueName>profile:CAP-JP:Hazard:0.1</valueName><value>{1}</value></eventCode>"
      "<headline>徳島市 避難指示</headline>"
      "<parameter><valueName>layer:CAP-JP:0.1:IssueOrLift</valueName><value>{2}</value></parameter>"
      "<area><areaDesc>{3}</areaDesc>{4}"
      "<geocode><valueName>profile:CAP-JP:LGCode:0.1</valueName><value>{5}</value></geocode>"
      "<geocode><valueName>profile:CAP-JP:District:0.1</valueName><value>{3}</value></geocode>"
      "</area></info>",
      block.event, block.hazard, block.lift ? "lift" : "issue", block.district, block.shape,
      block.district.substr(0, 6));
}

inline std::shared_ptr<const std::string> document(const std::vector<Block>& blocks) {
  std::string infos;
  for (const auto& block : blocks) infos += info(block);
  return std::make_shared<const std::string>(
      "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>i</identifier>"
      "<sender>s</sender><sent>2026-11-22T12:00:00+09:00</sent><status>Actual</status>"
      "<msgType>Alert</msgType><scope>Public</scope><code>profile:CAP-JP:0.1</code>" +
      infos + "</alert>");
}

// The next entry of a log, with its document beside it.
class Log {
 public:
  journal::Stored registered(const std::string& code, const std::vector<std::string>& areas,
                             const std::string& territory = "") {
    v1::Entry entry;
    auto& publisher = *entry.mutable_body()->mutable_publisher_registered();
    publisher.set_code(code);
    publisher.set_name("発信者 " + code);
    for (const auto& area : areas) publisher.add_areas(area);
    publisher.set_territory(territory);
    return stored(std::move(entry), nullptr);
  }
  // Of 362018; each an id, its well-known binary and its groups.
  struct District {
    std::string id;
    std::string area = {};
    std::vector<std::string> groups = {};
  };
  journal::Stored districts(const std::vector<District>& districts) {
    v1::Entry entry;
    auto& registered = *entry.mutable_body()->mutable_districts_registered();
    registered.set_code("362018");
    for (const auto& one : districts) {
      auto& district = *registered.add_districts();
      district.set_id(one.id);
      district.set_area(one.area);
      for (const auto& group : one.groups) district.add_groups(group);
    }
    return stored(std::move(entry), nullptr);
  }
  journal::Stored order(const std::string& publisher, const std::vector<Block>& blocks,
                        const std::vector<Sequence>& replaces = {}) {
    v1::Entry entry;
    auto& alert = *entry.mutable_body()->mutable_alert_accepted();
    begin(alert, publisher, replaces);
    auto& own = *alert.add_routing();
    for (const auto& block : blocks) {
      auto& line = *alert.add_lines();
      line.set_event(block.event);
      line.set_hazard(block.hazard);
      line.set_lift(block.lift);
      line.set_level(block.event == "evac.l4" ? 4 : 0);
      line.add_districts(block.district);
      line.set_expires_ms(block.expires_ms);
      own.add_area_codes(block.district.substr(0, 6));
      own.add_events(block.event);
    }
    return stored(std::move(entry), document(blocks));
  }
  journal::Stored plain(const std::string& publisher, const std::vector<std::string>& codes,
                        std::int64_t expires_ms, const std::vector<Sequence>& replaces = {}) {
    v1::Entry entry;
    auto& alert = *entry.mutable_body()->mutable_alert_accepted();
    begin(alert, publisher, replaces);
    auto& own = *alert.add_routing();
    own.add_events("避難指示");
    for (const auto& code : codes) own.add_area_codes(code);
    alert.set_expires_ms(expires_ms);
    return stored(std::move(entry), nullptr);
  }
  journal::Stored cancel(const std::string& publisher, const std::vector<Sequence>& cancelled) {
    auto cancelling = plain(publisher, {}, begin_ms, cancelled);
    cancelling.entry.mutable_body()->mutable_alert_accepted()->mutable_summary()->set_message_type(
        "Cancel");
    return cancelling;
  }
  journal::Stored opened(const std::string& id, std::int64_t until_ms) {
    v1::Entry entry;
    auto& session = *entry.mutable_body()->mutable_drill_opened();
    session.set_id(id);
    session.set_from_ms(now_ms);
    session.set_until_ms(until_ms);
    return stored(std::move(entry), nullptr);
  }
  journal::Stored closed(const std::string& id) {
    v1::Entry entry;
    entry.mutable_body()->mutable_drill_closed()->set_id(id);
    return stored(std::move(entry), nullptr);
  }
  [[nodiscard]] Sequence head() const { return head_; }

  std::int64_t now_ms = begin_ms;
  std::string drill;  // in which alerts are sent from now on; "" the live path

 private:
  void begin(v1::AlertAccepted& alert, const std::string& publisher,
             const std::vector<Sequence>& replaces) const {
    alert.set_publisher(publisher);
    drills::testing::drill(drill).mark(alert);
    auto& summary = *alert.mutable_summary();
    summary.set_status(drill.empty() ? "Actual" : "Exercise");
    summary.set_message_type(replaces.empty() ? "Alert" : "Update");
    summary.set_headline("not kept in the log in short");
    for (const auto sequence : replaces) summary.add_referenced_sequences(sequence);
  }
  journal::Stored stored(v1::Entry entry, std::shared_ptr<const std::string> content) {
    entry.set_sequence(++head_);
    entry.set_at_ms(now_ms);
    return {head_, "", std::move(entry), std::move(content)};
  }
  Sequence head_ = 0;
};

}  // namespace noroshi::in_force
