#include "publishers/publish/alert_name.hpp"

#include <charconv>

namespace noroshi::publishers {
namespace {

std::optional<std::uint64_t> as_sequence(const std::string& text) {
  std::uint64_t sequence = 0;
  const auto end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, sequence);
  if (error != std::errc() || at != end) return std::nullopt;
  return sequence;
}

}  // namespace

Answer<std::optional<std::uint64_t>> sequence_of(const std::string& alert, Hub& hub,
                                                 Hub::Deadline deadline) {
  if (const auto sequence = as_sequence(alert)) return sequence;
  return hub.find(alert, deadline);
}

}  // namespace noroshi::publishers
