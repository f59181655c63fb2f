// Hands alerts on by printing them.
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>

#include "subscribers/client/receiver.hpp"

namespace noroshi::subscribers {

enum class Format { json, xml, geojson, ticker, radio };

// How alerts are printed.
struct Print {
  Format format = Format::json;
  // Of a ticker, in full-width characters: a line of text for each line of the alert. 0: one line
  // an alert, with time, level and sequence.
  std::size_t width = 0;
  std::string language = {};  // BCP 47; "": the one of the Welcome, without one the environment's
};

// What is settled has left this process: written and flushed, not more. A Passed has neither XML
// nor texts and is left out of those formats.
class Printer final : public Store {
 public:
  // `out` outlives it.
  Printer(std::FILE* out, Print print) : out_(out), print_(std::move(print)) {}

  Result<void> begin(const noroshi::v1::Welcome& welcome) override;
  Result<void> take(const Item& item) override;
  Result<void> settle(const Position& through) override;
  [[nodiscard]] std::size_t group_max() const override { return 64; }

 private:
  [[nodiscard]] std::string text(const Item& item) const;

  std::FILE* out_;
  Print print_;
  std::string language_;
};

}  // namespace noroshi::subscribers
