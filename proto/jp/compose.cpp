#include "proto/jp/compose.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "proto/cap/instant.hpp"
#include "proto/jp/codes.hpp"
#include "proto/jp/identifier.hpp"
#include "proto/jp/levels.hpp"

namespace noroshi::jp {
namespace {

constexpr std::string_view cut_mark = "…";  // a ticker that ends so says too little to be shown

cap::NamedValue named(std::string_view name, std::string value) {
  return {std::string(name), std::move(value), {}};
}

// One info block of one line, in one language.
class Composing {
 public:
  Composing(const Composition& composition, const Ordered& ordered, const Phrases& phrases)
      : composition_(composition),
        ordered_(ordered),
        phrases_(phrases),
        saying_(saying_of(composition, ordered, phrases)),
        japanese_(phrases.tag == phrases_ja.tag) {}

  cap::Info info() {
    info_.language = std::string(phrases_.tag);
    kind();
    times();
    texts();
    parameters();
    areas();
    return std::move(info_);
  }

 private:
  void kind() {
    const auto* known = category(ordered_.event);
    info_.category = {std::string(known == nullptr ? "Safety" : known->cap[0])};
    info_.event = event_text(saying_, phrases_);
    const auto words = cap_words();
    info_.response_type = {std::string(words.response)};
    info_.urgency = std::string(words.urgency);
    info_.severity = std::string(words.severity);
    info_.certainty = std::string(words.certainty[0]);
    info_.event_code.push_back(named(list::event, ordered_.event));
    if (!ordered_.hazard.empty()) info_.event_code.push_back(named(list::hazard, ordered_.hazard));
  }

  CapWords cap_words() const {
    if (ordered_.event == null_report_event) return null_report_words;
    const auto* order = level(ordered_.event);
    return ordered_.direction == Direction::lift || order == nullptr ? lift_words : order->issue;
  }

  void times() {
    const auto* known = category(ordered_.event);
    const auto life = known == nullptr ? std::chrono::minutes(0) : known->life;
    info_.effective = cap::cap_datetime(composition_.now_ms);
    info_.onset = cap::cap_datetime(composition_.decided_ms);
    info_.expires =
        cap::cap_datetime(composition_.now_ms + std::chrono::milliseconds(life).count());
  }

  void texts() {
    info_.sender_name = saying_.speaker;
    info_.headline = headline(saying_, phrases_);
    info_.description = radio_script(saying_, phrases_);
    info_.instruction = instruction(saying_, phrases_);
    if (!composition_.office.contact.empty()) info_.contact = composition_.office.contact;
  }

  void parameters() {
    const bool issue = ordered_.direction == Direction::issue;
    add("UpdateKind", composition_.kind);
    add("Alerting", loud() ? "loud" : "quiet");
    add("DocumentId", composition_.document);
    add("DocumentRevision", std::to_string(composition_.revision));
    if (!composition_.drill.empty()) add("DrillId", composition_.drill);
    add("IssueOrLift", issue ? "issue" : "lift");
    if (const auto number = level_of_event(ordered_.event); number != 0)
      add("WarningLevel", std::to_string(number));
    add("ReportDateTime", cap::cap_datetime(composition_.now_ms));
    if (issue && !composition_.reason_code.empty()) add("ReasonCode", composition_.reason_code);
    if (issue && japanese_ && !composition_.reason.empty()) add("Reason", composition_.reason);
    add("PublishingOfficeCode", composition_.office.code);
    add("ReadText", radio_script(saying_, phrases_));
    for (const std::size_t characters : {std::size_t{15}, std::size_t{40}, std::size_t{80}}) {
      auto text = ticker(saying_, phrases_, characters);
      if (!text.ends_with(cut_mark)) add("Ticker" + std::to_string(characters), std::move(text));
    }
    if (japanese_)
      for (const auto& district : ordered_.districts)
        if (!district.kana.empty())
          add("AreaState",
              "id=" + composition_.office.code + ":" + district.id + ";kana=" + district.kana);
  }

  [[nodiscard]] bool loud() const {
    const auto* known = category(ordered_.event);
    return known == nullptr || known->alerting == Alerting::loud;
  }

  void add(std::string_view name, std::string value) {
    info_.parameter.push_back(named(std::string(layer) + std::string(name), std::move(value)));
  }

  void areas() {
    const auto& office = composition_.office;
    const auto municipality = office.prefecture + office.name;
    if (!japanese_ || ordered_.districts.empty())
      return add_area(phrases_.tag == phrases_en.tag ? office.english : municipality, "*");
    for (const auto& district : ordered_.districts)
      add_area(municipality + district.name, district.id);
  }

  void add_area(std::string name, const std::string& district) {
    const auto& code = composition_.office.code;
    cap::Area area;
    area.area_desc = std::move(name);
    area.geocode = {named(list::lg_code, code), named(list::district, code + ":" + district)};
    info_.area.push_back(std::move(area));
  }

  const Composition& composition_;
  const Ordered& ordered_;
  const Phrases& phrases_;
  Saying saying_;
  bool japanese_;
  cap::Info info_;
};

Manner manner_of(std::string_view kind) {
  if (kind == "correction") return Manner::correction;
  if (kind == "cancel") return Manner::retraction;
  return kind == "late" ? Manner::late : Manner::plain;
}

bool share_districts(const Ordered& a, const Ordered& b) {
  if (a.districts.empty() || b.districts.empty()) return true;
  return std::any_of(a.districts.begin(), a.districts.end(), [&](const auto& district) {
    return std::any_of(b.districts.begin(), b.districts.end(),
                       [&](const auto& other) { return other.id == district.id; });
  });
}

// Whether some of the places of `lifted` are told something else by another line.
bool still_ordered(const Composition& composition, const Ordered& lifted) {
  return std::any_of(composition.lines.begin(), composition.lines.end(), [&](const auto& line) {
    return line.direction == Direction::issue && share_districts(line, lifted);
  });
}

std::vector<Spoken> spoken(const std::vector<NamedDistrict>& districts, bool english) {
  std::vector<Spoken> names;
  for (const auto& district : districts)
    names.push_back(english ? Spoken{district.english, ""} : Spoken{district.name, district.kana});
  return names;
}

std::string message_type(std::string_view kind, std::uint32_t revision) {
  if (kind == "cancel") return "Cancel";
  return revision == 1 ? "Alert" : "Update";
}

}  // namespace

Saying saying_of(const Composition& composition, const Ordered& ordered, const Phrases& phrases) {
  const auto& office = composition.office;
  const bool english = phrases.tag == phrases_en.tag;
  Saying saying;
  saying.event = ordered.event;
  saying.direction = ordered.direction;
  saying.manner = manner_of(composition.kind);
  saying.channel = composition.drill.empty() ? Channel::live : Channel::drill;
  saying.hazard = ordered.hazard;
  saying.place = english ? Spoken{office.english, ""} : Spoken{office.name, office.reading};
  saying.speaker = saying.place.name;
  saying.districts = spoken(ordered.districts, english);
  saying.reason_code = composition.reason_code;
  saying.decided_ms = composition.decided_ms;
  saying.still_ordered =
      ordered.direction == Direction::lift && still_ordered(composition, ordered);
  if (phrases.tag == phrases_ja.tag) {
    saying.reason = composition.reason;
    saying.local = composition.local;
  }
  return saying;
}

cap::Alert compose(const Composition& composition) {
  cap::Alert alert;
  const auto& office = composition.office;
  alert.identifier = Identifier{office.code, composition.document, composition.revision}.text();
  alert.sender = office.sender;
  alert.sent = cap::cap_datetime(composition.now_ms);
  alert.status = composition.drill.empty() ? "Actual" : "Exercise";
  alert.msg_type = message_type(composition.kind, composition.revision);
  alert.scope = "Public";
  alert.code = {std::string(profile_mark)};
  if (!composition.note.empty())
    alert.note = composition.note;
  else if (!composition.drill.empty())
    alert.note = "訓練 " + composition.drill;
  std::string references;
  for (const auto& [sender, identifier, sent] : composition.references)
    references += (references.empty() ? "" : " ") + sender + "," + identifier + "," + sent;
  if (!references.empty()) alert.references = references;
  if (composition.kind == "cancel") return alert;
  for (const auto& ordered : composition.lines)
    for (const auto* phrases : all_phrases())
      if (phrases->tag != phrases_en.tag || !office.english.empty())
        alert.info.push_back(Composing(composition, ordered, *phrases).info());
  return alert;
}

}  // namespace noroshi::jp
