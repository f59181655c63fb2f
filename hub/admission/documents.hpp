// What became of every alert that another refers to, and what the newest revision of each document
// leaves standing: a fold of the log, the same whether it is fed the log, its reduction or live.
//
// Bounds  a small record for each alert that was replaced or cancelled and for each document; the
//         lines of a document's newest revision, and of no other.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hub/admission/masters.hpp"
#include "hub/journal/entry.hpp"

namespace noroshi::admission {

using journal::Sequence;

class Documents {
 public:
  void apply(const v1::Entry& entry);

  // By the newest alert that refers to it.
  struct Ended {
    Sequence by = 0;
    std::string by_identifier;
    bool cancelled = false;
    friend bool operator==(const Ended&, const Ended&) = default;
  };
  // Null while nothing replaced or cancelled it.
  [[nodiscard]] const Ended* ended(Sequence alert) const;

  struct Document {
    Sequence newest = 0;
    std::string identifier;  // of the newest
    std::string sender;
    std::uint32_t revision = 0;
    bool cancelled = false;
    friend bool operator==(const Document&, const Document&) = default;
  };
  // Of this alert's channel and publisher, by the id it gives; null when it gives none or a new
  // one.
  [[nodiscard]] const Document* document_of(const v1::AlertAccepted& alert) const;
  // The id of the document whose newest revision this is; null when it is none.
  [[nodiscard]] const std::string* document_with(Sequence newest) const;

  // What a revision that nothing has ended left standing: the issue lines of states.
  struct Standing {
    std::string channel;
    std::string publisher;
    std::string identifier;
    // When its last evacuation order runs out; nothing when it has none.
    std::optional<std::int64_t> orders_until_ms;
    std::string lines;  // of an AlertAccepted, serialised
    [[nodiscard]] v1::AlertAccepted read() const;
    friend bool operator==(const Standing&, const Standing&) = default;
  };
  [[nodiscard]] const Standing* standing(Sequence alert) const;
  // … of a channel, wherever a line names a district of that six-digit code, newest first, until
  // `take` returns false.
  using Take = std::function<bool(Sequence, const Standing&)>;
  void for_each_at(const std::string& channel, std::string_view code, const Take& take) const;
  // … or of a code that it covers or is covered by: a designated city and its wards.
  void for_each_around(const std::string& channel, std::string_view code, const Take& take) const;

  [[nodiscard]] const Masters& masters() const { return masters_; }

  friend bool operator==(const Documents&, const Documents&) = default;

 private:
  void end(Sequence alert, Ended ended);
  void stand(Sequence sequence, const v1::AlertAccepted& alert);
  bool take_all(const std::vector<Sequence>& alerts, const Take& take) const;

  struct Identity {
    std::string key;
    std::string id;
    friend bool operator==(const Identity&, const Identity&) = default;
  };
  Masters masters_;
  std::unordered_map<Sequence, Ended> ended_;
  std::unordered_map<std::string, Document> documents_;
  std::unordered_map<Sequence, Identity> identity_of_newest_;
  std::unordered_map<Sequence, Standing> standing_;
  std::map<std::string, std::vector<Sequence>, std::less<>>
      by_place_;  // channel and code; ascending
};

}  // namespace noroshi::admission
