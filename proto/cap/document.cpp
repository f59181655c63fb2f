#include "proto/cap/document.hpp"

#include "proto/cap/instant.hpp"
#include "proto/cap/white_space.hpp"

namespace noroshi::cap {

std::optional<Triple> triple(std::string_view word) {
  const auto first = word.find(',');
  if (first == std::string_view::npos) return std::nullopt;
  const auto second = word.find(',', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto sender = word.substr(0, first);
  const auto identifier = word.substr(first + 1, second - first - 1);
  const auto sent = word.substr(second + 1);
  if (sender.empty() || identifier.empty() || !unix_milliseconds(sent)) return std::nullopt;
  return Triple{std::string(sender), std::string(identifier), std::string(sent)};
}

std::vector<Triple> references(const Alert& alert) {
  std::vector<Triple> triples;
  if (!alert.references) return triples;
  for (const auto word : words_of(*alert.references))
    if (auto named = triple(word)) triples.push_back(std::move(*named));
  return triples;
}

}  // namespace noroshi::cap
