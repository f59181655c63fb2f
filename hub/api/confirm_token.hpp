// The token by which a person says that they have seen what they were asked (409 confirm.required).
//
// It holds the digests of the questions and when it ends, and is signed with HMAC-SHA-256 together
// with the publisher and the document's hash. The key is random and of this process: a restart
// voids what was asked, and asks again.
//
// Bounds     at most questions_max digests: some 4.5 kB of text.
// Threading  none inside; const calls from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/journal/entry.hpp"

namespace noroshi::api {

class ConfirmTokens {
 public:
  static constexpr std::int64_t life_ms = 10 * 60 * 1000;
  static constexpr std::size_t questions_max = 400;

  ConfirmTokens();

  // `questions` as admission::Questions asks them, at most questions_max.
  [[nodiscard]] std::string issue(std::string_view publisher, const journal::Hash& content,
                                  const std::vector<std::string>& questions,
                                  std::int64_t until_ms) const;
  // The digests of the questions that `token` answers; nothing when it is not ours, for another
  // publisher or document, or over.
  [[nodiscard]] std::optional<std::vector<std::string>> answered(std::string_view token,
                                                                 std::string_view publisher,
                                                                 const journal::Hash& content,
                                                                 std::int64_t now_ms) const;

 private:
  [[nodiscard]] std::string signature(std::string_view payload, std::string_view publisher,
                                      const journal::Hash& content) const;

  std::array<unsigned char, 32> key_{};
};

}  // namespace noroshi::api
