// What a hub answers, as values.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "publishers/client/exchange.hpp"

namespace noroshi::publishers {

struct Accepted {
  std::string id;
  std::uint64_t sequence = 0;
  std::uint64_t epoch = 0;
  std::string accepted_at;  // RFC 3339
  std::string channel;
  std::uint64_t subscribers = 0;  // how many the alert is addressed to
  bool already_known = false;     // the hub had these bytes before
  // What the hub could not read, and delivers loud and high: "jp.event evac.l6".
  std::vector<std::string> flags;
  std::string body;  // the hub's JSON, for programs
};

// One addressed subscriber on the ladder of an alert.
struct LadderRow {
  std::string subscriber;
  std::string state;         // queued, delivered, shown, replaced, withdrawn, passed, refused
  std::string delivered_at;  // RFC 3339; empty while it is not
  bool connected = false;
  std::vector<std::string> shown_on;  // the media it is on now
  bool ever_shown = false;            // on some medium, whatever it is now
  // Of an alert that refers to others: whether the subscriber shows one of these still, "shown", or
  // has taken all down, "withdrawn"; empty when it never showed one.
  std::string earlier;
  std::vector<std::string> overdue = {};  // delivered, shown, withdrawn: what it should be by now
};

// How many have a medium in which state.
struct MediumCount {
  std::string medium;
  std::uint64_t shown = 0;
  std::uint64_t withdrawn = 0;
};

struct StepDeadline {
  std::string step;  // delivered, shown, withdrawn
  std::uint64_t within_s = 0;
  std::string due_at;  // RFC 3339, by the hub's clock
  std::uint64_t missing = 0;
  bool overdue = false;  // with somebody missing
};

struct Ladder {
  std::string identifier;
  std::uint64_t addressed = 0;
  std::vector<MediumCount> media;
  std::vector<StepDeadline> deadlines;
  std::vector<LadderRow> rows;
  std::string body;  // the hub's JSON, for programs
};

// A draft that waits for a second person.
struct Drafted {
  std::string id;
  std::string until;  // RFC 3339
  std::string body;   // the hub's JSON, for programs
};

struct DraftRow {
  std::string id;
  std::string state;  // waiting, approved, withdrawn, replaced, expired
  std::string until;
  std::string author;
  std::string headline;
  std::uint64_t level = 0;  // 0: none
};

struct DraftList {
  std::vector<DraftRow> rows;
  std::string body;
};

// A ladder without its rows, and one of them; what is missing is empty.
Ladder ladder_totals_of(const boost::json::value& value);
LadderRow ladder_row_of(const boost::json::value& value);

// Each is not_a_hub when the answer lacks what it must have.
Answer<Accepted> accepted_of(wire::Response answer);
Answer<Ladder> ladder_of(wire::Response answer);
Answer<Drafted> drafted_of(wire::Response answer);
Answer<DraftList> drafts_of(wire::Response answer);
// The sequence of the newest alert in a list; absent when the list is empty.
Answer<std::optional<std::uint64_t>> newest_of(const wire::Response& answer);

// Whether the subscriber has the alert, or something that takes its place.
bool reached(const LadderRow& row);
// Whether the subscriber has, or had, the alert on air.
inline bool was_shown(const LadderRow& row) { return row.ever_shown; }

}  // namespace noroshi::publishers
