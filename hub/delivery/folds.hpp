// What delivery knows from the log: who is who, how far each subscriber is, which alerts have been
// superseded or cancelled, and where each channel's last alert is.
//
// A channel has a number here, its lane: live is 0, and drills follow in the order in which the log
// names them, so that whoever feeds streams compares and indexes numbers and never names.
// Threading  none inside: each thread that needs them folds its own from the same entries.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hub/delivery/outlet.hpp"
#include "hub/delivery/webhook_letters.hpp"
#include "hub/journal/entry.hpp"
#include "hub/registry/registry.hpp"

namespace noroshi::delivery {

using journal::Sequence;

using Lane = std::uint32_t;
inline constexpr Lane live_lane = 0;

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

  // How many there are, and which one is of the drill; "" is the live path. A drill that the log
  // has not named has none.
  [[nodiscard]] Lane lanes() const { return static_cast<Lane>(tracks_.size()); }
  [[nodiscard]] std::optional<Lane> lane_of(const std::string& drill) const;
  [[nodiscard]] const std::string& drill_of(Lane lane) const { return tracks_[lane].drill; }

  [[nodiscard]] Sequence last_alert(Lane lane = live_lane) const {
    const auto& alerts = tracks_[lane].alerts;
    return alerts.empty() ? 0 : alerts.back();
  }
  // The lane's first alert after `position`, wherever in the log: what lies between concerns nobody
  // there.
  [[nodiscard]] std::optional<Sequence> alert_after(Sequence position, Lane lane = live_lane) const;

  // Where the subscriber's cursor of `outlet` in the channel of `drill` stands: its last recorded
  // acknowledgement there; before the first, the last it made by any other outlet, or its
  // registration. That of webhooks begins where they were asked for, and goes past what was given
  // up.
  [[nodiscard]] Sequence cursor(std::string_view subscriber, std::string_view drill = "",
                                Outlet outlet = Outlet::stream) const;
  [[nodiscard]] const WebhookLetters& letters() const { return letters_; }
  // The last recorded acknowledgement of each subscriber in each channel it made one in, whatever
  // the outlet, by drills::qualified().
  [[nodiscard]] const std::unordered_map<std::string, Sequence>& cursors() const {
    return cursors_;
  }
  // What became of `alert`, accepted as `sequence`, by now. An alert that had already expired when
  // it was accepted is not late and has no fate, nor has a Cancel or a lift: one that
  // waited for longer than its life still has to take down what it ends.
  [[nodiscard]] std::optional<Fate> fate(const v1::AlertAccepted& alert, Sequence sequence,
                                         std::int64_t accepted_ms, std::int64_t now_ms) const;

 private:
  Lane lane_for(const std::string& drill);

  [[nodiscard]] Sequence webhook_cursor(std::string_view subscriber, const std::string& whose,
                                        Sequence start) const;

  registry::Registry registry_;
  WebhookLetters letters_;
  std::unordered_map<std::string, Sequence> cursors_;
  std::array<std::unordered_map<std::string, Sequence>, outlets> outlet_cursors_;
  std::unordered_map<Sequence, Fate> fates_;
  struct Track {
    std::string drill;
    std::vector<Sequence> alerts;  // all of the log, ascending: 8 bytes each
  };
  std::vector<Track> tracks_{1};                 // by lane
  std::unordered_map<std::string, Lane> lanes_;  // of drills
  Sequence head_ = 0;
};

}  // namespace noroshi::delivery
