#include "proto/wire/retry_after.hpp"

#include <charconv>
#include <cstdint>

namespace noroshi::wire {

std::optional<std::chrono::seconds> retry_after(const Fields& fields) {
  const auto text = find(fields, "Retry-After");
  if (!text) return std::nullopt;
  std::uint32_t seconds = 0;
  const auto end = text->data() + text->size();
  const auto [at, error] = std::from_chars(text->data(), end, seconds);
  if (error != std::errc() || at != end) return std::nullopt;
  return std::chrono::seconds{seconds};
}

}  // namespace noroshi::wire
