// What is in force at a position. Shapes tell it; where an order has none that could be read, its
// codes do, as far as it is known which codes the position has: those of the orders whose shapes
// hold it, and those of the publishers whose territory does. What cannot be told either way is
// counted, never left out in silence.
#pragma once

#include <map>
#include <set>
#include <string>

#include "hub/in_force/situation.hpp"

namespace noroshi::in_force {

class AtPosition {
 public:
  AtPosition(Situation& situation, cap::Point position, Answer& answer)
      : situation_(situation), position_(position), answer_(answer) {}

  // Fills the answer's orders, publishers and unplaced.
  void look();

 private:
  void by_shape();
  void keep_lines_that_hold(OrderInForce& order, const std::set<std::size_t>& areas);
  void by_code();
  void add_all_of(const std::string& publisher);
  void add_publishers();

  Situation& situation_;
  const cap::Point position_;
  Answer& answer_;
  std::map<Sequence, std::set<std::size_t>> hit_;  // areas, by alert
  std::set<std::string> codes_;
  std::set<std::string> local_;  // publishers
  std::set<Sequence> here_;
};

}  // namespace noroshi::in_force
