// How an admin verb reaches the log: through the running hub, or by opening it.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "hub/admission/alert_judge.hpp"
#include "hub/alarms/standing.hpp"
#include "hub/journal/journal.hpp"
#include "hub/registry/registry.hpp"
#include "hub/view/ladder_reading.hpp"
#include "proto/result.hpp"

namespace noroshi::admin {

// The log while no hub runs. The engine locks its file, so a hub that starts meanwhile (or already
// runs) makes open() fail, never both write.
//
// Threading  one thread at a time.
class OfflineLog {
 public:
  // Reads the whole log, which takes seconds when there are millions of entries.
  static Result<std::unique_ptr<OfflineLog>> open(const std::filesystem::path& journal_file,
                                                  journal::WallClock clock);

  static constexpr std::size_t proposals_max = 256;
  // At most that many; all of them are durable when this returns.
  Result<std::vector<journal::Outcome>> append(std::span<const journal::Proposal> proposals);

  [[nodiscard]] const registry::Registry& registry() const { return judge_.registry(); }
  [[nodiscard]] const alarms::Standing& alarms() const { return judge_.alarms; }
  // The last acknowledgements.
  [[nodiscard]] const view::Cursors& cursors() const { return judge_.cursors; }
  [[nodiscard]] journal::Head head() const { return journal_->head(); }
  [[nodiscard]] journal::Journal& journal() { return *journal_; }

 private:
  struct Judge : admission::AlertJudge {
    void apply(const v1::Entry& entry) override {
      AlertJudge::apply(entry);
      alarms.apply(entry);
      view::follow(cursors, entry);
    }
    alarms::Standing alarms;
    view::Cursors cursors;
  };
  OfflineLog() = default;
  Judge judge_;
  std::unique_ptr<journal::Journal> journal_;  // after the judge, which must outlive it
};

// The wall clock of this machine.
journal::WallClock system_clock();

}  // namespace noroshi::admin
