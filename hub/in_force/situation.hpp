// All that is known of what is in force in one channel: its folds, and the shapes of what stands.
//
// Threading  none inside: belongs to the thread that asks it.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hub/in_force/answer.hpp"
#include "hub/in_force/folds.hpp"
#include "hub/in_force/ground.hpp"
#include "hub/in_force/places.hpp"
#include "hub/journal/entry.hpp"

namespace noroshi::in_force {

class Situation {
 public:
  // `folds` and `ground` as of the same entry; `ground` outlives it.
  Situation(Folds folds, Ground& ground, std::int64_t now_ms);

  // What stands and whose bytes have not been read, ascending: those of the start.
  [[nodiscard]] std::vector<Sequence> unread() const;
  // Reads the shapes of an alert, if it stands; without content it has none.
  void place(const journal::Stored& stored);

  // The next entry of the log, with its content, once the ground has it. What is of another channel
  // changes nothing.
  void apply(const journal::Stored& stored, std::int64_t now_ms);

  // The ground has other districts of this code: what names them and stands is drawn anew.
  void redraw(const std::string& code);

  [[nodiscard]] Answer answer(const Question& question, std::int64_t now_ms);

 private:
  friend class AtPosition;

  void index(Sequence alert, std::shared_ptr<const Areas> areas);
  void forget(Sequence ended);
  void at_area(const std::string& area, Answer& answer) const;
  void complete(OrderInForce& order, Question::Shapes shapes) const;
  [[nodiscard]] std::optional<OrderInForce> order_at(Sequence sequence, std::string_view area,
                                                     std::int64_t now_ms) const;
  void add_freshness(const registry::Publisher& publisher, std::string_view area,
                     Answer& answer) const;

  Folds folds_;
  Ground& ground_;
  Places places_;
  std::map<Sequence, std::shared_ptr<const Areas>> read_;  // of what stands
  std::set<Sequence> unplaced_;  // of these, those without a shape for all they say
};

}  // namespace noroshi::in_force
