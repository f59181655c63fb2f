// From the few things an officer decides to the CAP-JP document that says them
// (ops/docs/profile.md, "Evacuation order → CAP"): the way back of order.hpp. What is composed
// breaks no rule of CAP or of the profile.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "proto/cap/document.hpp"
#include "proto/jp/phrases.hpp"
#include "proto/jp/ready_text.hpp"

namespace noroshi::jp {

// Who speaks, and for which municipality.
struct Office {
  std::string code;        // 362018
  std::string sender;      // city.tokushima.lg.jp
  std::string name;        // in whose name: 徳島市; also the municipality's
  std::string reading;     // とくしまし; "" where it is not known
  std::string prefecture;  // 徳島県
  std::string english;     // Tokushima City; "": nothing is said in English
  std::string contact;     // 危機管理課; "" for none
};

struct NamedDistrict {
  std::string id;            // kawauchi
  std::string name;          // 川内町
  std::string kana;          // かわうちちょう; "" where it is not known
  std::string english = {};  // Kawauchi; "" where it is not known
  bool operator==(const NamedDistrict&) const = default;
};

// What is said to some districts: one kind, one hazard, issued or lifted.
struct Ordered {
  std::string event;  // "evac.l4", "evac.none"
  std::string hazard;
  Direction direction = Direction::issue;
  std::vector<NamedDistrict> districts;  // empty: the whole municipality
};

// How an order is told to people and machines.
struct Composition {
  Office office;
  std::string document;  // a UUID
  std::uint32_t revision = 1;
  std::string kind = "new";             // new update correction cancel late
  std::vector<cap::Triple> references;  // every earlier revision that was not cancelled
  std::string note;                     // why it is corrected or cancelled
  std::vector<Ordered> lines;           // with cancel what is taken back: said, not composed
  std::string reason;                   // "": the phrase of reason_code
  std::string reason_code;              // "" for none
  std::string local;                    // a sentence of the city's own behind what to do
  std::int64_t now_ms = 0;              // when it is sent
  std::int64_t decided_ms = 0;          // when it was decided; not after now_ms
  std::string drill;                    // the session; "": live
};

cap::Alert compose(const Composition& composition);

// What `ordered`, one of the lines, is to people, for the texts of ready_text.hpp. In English
// districts are named when each has an English name.
Saying saying_of(const Composition& composition, const Ordered& ordered, const Phrases& phrases);

}  // namespace noroshi::jp
