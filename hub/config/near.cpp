#include "hub/config/near.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace noroshi::config {
namespace {

constexpr std::size_t typing_mistakes_max = 2;
constexpr std::size_t compared_bytes_max = 64;

// Levenshtein's distance, one row at a time.
std::size_t distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < to.size(); ++j) {
      const std::size_t replaced = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string_view nearest(std::string_view unknown, std::span<const std::string_view> known) {
  if (unknown.size() > compared_bytes_max) return {};
  std::string_view nearest;
  std::size_t best = typing_mistakes_max + 1;
  for (const auto candidate : known) {
    const auto mistakes = distance(unknown, candidate);
    if (mistakes < best) {
      best = mistakes;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace noroshi::config
