// Alerts as an Atom feed (RFC 4287) with links to the CAP documents, in pages (RFC 5005, section
// 3). Pure: the same values give the same bytes.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hub/journal/entry.hpp"
#include "proto/cap/messages.hpp"

namespace noroshi::outlets {

struct AtomEntry {
  journal::Sequence sequence = 0;
  const v1::AlertAccepted* alert = nullptr;  // outlives the call
  // What is true of it by now is said in front of its title, and never left out.
  enum class Standing { current, superseded, cancelled, expired, expired_unlifted };
  Standing standing = Standing::current;
  std::optional<journal::Sequence> ended_by = {};  // what cancelled or superseded it
  std::string published, updated, expires;         // RFC 3339; `expires` may be empty
  std::string publisher, typist;                   // names for people
  // Municipalities and prefectures by code, with a name where there is one.
  std::vector<std::pair<std::string, std::string>> places = {};
};

struct AtomFeed {
  cap::Language language = cap::Language::japanese;
  std::string base;        // https://host:port/v1, or below it a drill's
  std::string subscriber;  // whose it is; "": everybody's
  bool drill = false;
  std::string updated;  // RFC 3339
  // Queries of this page and of others: "" or "?before=7"; nothing where there is no such page.
  std::string self;
  std::optional<std::string> newer, older;
  std::vector<AtomEntry> entries = {};  // newest first
};

std::string atom(const AtomFeed& feed);

// What names an alert for ever, in every log and through every restore: a UUID of version 8 (RFC
// 9562) made of the channel and of what makes it the same alert (publisher, sender, identifier).
std::string entry_id(const v1::AlertAccepted& alert);

}  // namespace noroshi::outlets
