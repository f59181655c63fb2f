// Hands alerts on by printing them.
#pragma once

#include <cstdio>

#include "subscribers/client/receiver.hpp"

namespace noroshi::subscribers {

enum class Format { json, xml, ticker };

// What is settled has left this process: written and flushed, not more. A Passed has no XML and is
// left out of that format.
class Printer final : public Store {
 public:
  // `out` outlives it.
  Printer(std::FILE* out, Format format) : out_(out), format_(format) {}

  Result<void> begin(const noroshi::v1::Welcome& welcome) override;
  Result<void> take(const Item& item) override;
  Result<void> settle(const Position& through) override;
  [[nodiscard]] std::size_t group_max() const override { return 64; }

 private:
  [[nodiscard]] std::string text(const Item& item) const;

  std::FILE* out_;
  Format format_;
};

}  // namespace noroshi::subscribers
