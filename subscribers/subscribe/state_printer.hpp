// Prints what becomes of alerts, beside whatever takes them.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include "subscribers/client/receiver.hpp"
#include "subscribers/subscribe/printer.hpp"

namespace noroshi::subscribers {

// One line of a state: JSON (standing_index.hpp, state_line()), or in Japanese for people.
std::string state_text(const Held& held, Format format);

// A line for each alert whose state is new. After a kill -9 one may be printed twice; what a person
// or program missed is in the index.
class StatePrinter final : public Store {
 public:
  // Both outlive it.
  StatePrinter(Store& store, std::FILE* out, Format format)
      : store_(store), out_(out), format_(format) {}

  Result<void> begin(const noroshi::v1::Welcome& welcome) override { return store_.begin(welcome); }
  Result<void> take(const Item& item) override { return store_.take(item); }
  Result<void> settle(const Position& through) override { return store_.settle(through); }
  [[nodiscard]] std::size_t group_max() const override { return store_.group_max(); }
  Result<std::vector<Said>> stands(const std::vector<Held>& changes,
                                   const Standing& standing) override;

 private:
  Store& store_;
  std::FILE* out_;
  Format format_;
};

}  // namespace noroshi::subscribers
