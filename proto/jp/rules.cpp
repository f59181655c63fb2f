// The rules of CAP-JP 0.1, each with where in ops/docs/profile.md it comes from: C = categories,
// L = level → CAP words, E = evacuation order → CAP, B1 to B8 = behaviour; F = ops/docs/field.md.
//
// What is wrong for certain, or would be shown as its opposite, is an error; what asks a person
// whether it is meant is a confirmation; what is missing, odd or unknown is a warning, because an
// order that is delivered with a fault saves more than a faultless one that is not.
//
//   alert_rules.cpp
//     jp.identifier      warn               form; agrees with DocumentId, DocumentRevision  E
//     jp.sender          warn               a domain                                        E
//     jp.status          error              a Draft is not sent                             E
//     jp.msgtype         error              Alert, Update, Cancel                           E
//     jp.updatekind      error warn         there, of the list, fits msgType                E B4
//     jp.note            error              correction and cancel say why                   E
//     jp.document        warn               there, a UUID                                   E
//     jp.revision        error warn         there, a number; 1 is an Alert, no other is     E
//     jp.references      warn               earlier revisions of the same document          E
//     jp.drillid         error              with Exercise, never on a live alert            E B5
//   kind_rules.cpp
//     jp.event           error warn         one code of the list                            C B6
//     jp.category        warn               the CAP category of the event                   C
//     jp.hazard          error warn         one code of the list                            C B6
//     jp.issueorlift     error warn         issue or lift; lift is an Update                E B2
//     jp.level           error warn         on evac.l3 to evac.l5, theirs; nowhere else     L B6
//     jp.levelequivalent error warn         never on an evacuation order                    L B6
//     jp.alerting        error warn         loud or quiet; fits the event                   C E
//   word_rules.cpp
//     jp.words           error warn         urgency, severity, certainty, responseType      L
//     jp.eventword       error warn         the official name; lifted on a lift             L
//     jp.headline        error warn         the place first, its own name and level         E L
//     jp.instruction     error warn         the fixed phrase of the level                   E F2
//   time_rules.cpp
//     jp.onset           error warn         the true decision time                          E B4
//     jp.life            error warn         within the life of the category                 C
//   parameter_rules.cpp
//     jp.parameter       error warn         known, once, the same everywhere                E
//     jp.reason          warn               of the list                                     E
//     jp.office          warn               a municipality code                             E
//     jp.time            warn               a CAP time                                      E
//     jp.count           warn               a whole number                                  E
//     jp.ticker          warn               15, 40, 80 characters                           E
//     jp.areastate       warn               its syntax; a district of its info, once        E
//   mail_rules.cpp
//     jp.mail            error              length and characters                           E F3
//   area_rules.cpp
//     jp.area            error warn         there; an order says where                      E B7
//     jp.lgcode          error warn         exactly one, valid                              E B7
//     jp.district        error confirm warn one, of its municipality; not beside the whole  E B7
//     jp.oazacode        warn               12 digits, of its municipality                  E
//     jp.jmaarea         warn               7 digits, of its municipality                   E
//     jp.areaname        warn               begins with its prefecture                      E
//   line_rules.cpp
//     jp.language        error warn         a ja-JP info each; the others with one area     E
//     jp.line            error warn         one info a language; no district told two things E B1
//   text_rules.cpp
//     jp.drilltext       error              an exercise says that it is one                 B5
//     jp.livetext        error confirm      what is live does not look like a drill         B5
#include "proto/jp/rules.hpp"

#include "proto/jp/area.hpp"
#include "proto/jp/rule_parts.hpp"

namespace noroshi::jp {
namespace {

Districts districts_of(const cap::Info& info) {
  Districts districts;
  districts.reserve(info.area.size());
  for (const auto& area : info.area) districts.push_back(covered_district(area));
  return districts;
}

}  // namespace

Channel channel_of(const cap::Alert& alert) {
  const bool drill = alert.status == "Exercise" || alert.status == "Test";
  return drill ? Channel::drill : Channel::live;
}

std::vector<cap::Finding> check(const cap::Alert& alert, Channel channel) {
  if (!follows_profile(alert)) return {};
  cap::Findings findings("jp.");
  check_alert(alert, channel, findings);
  std::vector<Districts> districts;
  for (const auto& info : alert.info) districts.push_back(districts_of(info));
  const auto* kind = parameter(alert, "UpdateKind");
  const auto update_kind = kind == nullptr ? std::string_view() : std::string_view(*kind);
  for (std::size_t i = 0; i < alert.info.size(); ++i) {
    Block block(alert, i + 1, findings);
    check_kind(block, update_kind);
    check_words(block);
    check_times(block, update_kind);
    check_parameters(block);
    check_mail(block);
    check_areas(block, districts[i]);
    check_text(block, channel);
  }
  check_lines(alert, districts, findings);
  return findings.take();
}

}  // namespace noroshi::jp
