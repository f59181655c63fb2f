#include "proto/merkle/checkpoint.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "proto/merkle/base64.hpp"

namespace noroshi::merkle {
namespace {

// The next line, without its end; nothing when there is none.
std::optional<std::string_view> take_line(std::string_view& text) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const auto line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::optional<std::uint64_t> decimal(std::string_view digits) {
  std::uint64_t number = 0;
  const auto* const end = digits.data() + digits.size();
  const auto [last, error] = std::from_chars(digits.data(), end, number);
  if (error != std::errc() || last != end || std::to_string(number) != digits) return std::nullopt;
  return number;
}

}  // namespace

std::string text_of(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
         base64({reinterpret_cast<const char*>(checkpoint.root.data()), checkpoint.root.size()}) +
         "\n";
}

Result<Checkpoint> read_checkpoint(std::string_view text) {
  const auto wrong = [](const char* what) { return failure(ErrorCode::invalid, what); };
  const auto origin = take_line(text);
  if (!origin || origin->empty()) return wrong("line 1 of a checkpoint is its origin");
  const auto size_line = take_line(text);
  const auto size = size_line ? decimal(*size_line) : std::nullopt;
  if (!size) return wrong("line 2 of a checkpoint is a number of entries");
  const auto root_line = take_line(text);
  const auto root = root_line ? from_base64(*root_line) : std::nullopt;
  Checkpoint checkpoint{std::string(*origin), *size, {}};
  if (!root || root->size() != checkpoint.root.size())
    return wrong("line 3 of a checkpoint is a root in base64");
  std::copy(root->begin(), root->end(), checkpoint.root.begin());
  while (!text.empty()) {
    const auto extension = take_line(text);
    if (!extension || extension->empty()) return wrong("an empty or unfinished line");
  }
  return checkpoint;
}

}  // namespace noroshi::merkle
