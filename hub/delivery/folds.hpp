// What delivery knows from the log: who is who, how far each subscriber is, which alerts have been
// superseded or cancelled, and where the channel's last alert is.
//
// Threading  none inside: each thread that needs them folds its own from the same entries.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hub/journal/entry.hpp"
#include "hub/registry/registry.hpp"

namespace noroshi::delivery {

using journal::Sequence;

// Why an alert should no longer be shown, and what made it so.
struct Fate {
  v1::Passed::Reason reason;
  Sequence by;
};

class Folds {
 public:
  void apply(const v1::Entry& entry);

  [[nodiscard]] const registry::Registry& registry() const { return registry_; }
  [[nodiscard]] Sequence head() const { return head_; }
  [[nodiscard]] Sequence last_alert() const { return alerts_.empty() ? 0 : alerts_.back(); }

  // The first alert after `position`, wherever in the log: what lies between concerns nobody.
  [[nodiscard]] std::optional<Sequence> alert_after(Sequence position) const;

  // Where the subscriber's cursor stands: its last recorded acknowledgement, or its registration.
  [[nodiscard]] Sequence cursor(std::string_view subscriber) const;
  // The last recorded acknowledgement of each subscriber that made one.
  [[nodiscard]] const std::unordered_map<std::string, Sequence>& cursors() const {
    return cursors_;
  }
  // What became of `alert`, accepted as `sequence`, by now. An alert that had already expired when
  // it was accepted is not late and has no fate.
  [[nodiscard]] std::optional<Fate> fate(const v1::AlertAccepted& alert, Sequence sequence,
                                         std::int64_t accepted_ms, std::int64_t now_ms) const;

 private:
  registry::Registry registry_;
  std::unordered_map<std::string, Sequence> cursors_;
  std::unordered_map<Sequence, Fate> fates_;
  std::vector<Sequence> alerts_;  // all of the log, ascending: 8 bytes each
  Sequence head_ = 0;
};

}  // namespace noroshi::delivery
