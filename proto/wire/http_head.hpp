// The raw header block of an HTTP/1.1 message (RFC 9112, sections 2 to 5), before any parser.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "proto/result.hpp"

namespace noroshi::wire {

// Collects bytes up to the empty line. Stops at the first byte that two parties could read
// differently: a CR or LF alone, or a control character other than tab.
//
// Bounds  keeps at most `bytes_max` bytes.
class HeadScanner {
 public:
  enum class State { reading, complete, bad_line_end, control_character, too_long };

  explicit HeadScanner(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  // Takes bytes up to the end of the block, or the first bad one, and says how many.
  std::size_t feed(std::span<const std::byte> bytes);
  [[nodiscard]] State state() const { return state_; }
  // With the empty line once complete.
  [[nodiscard]] const std::string& block() const { return block_; }
  [[nodiscard]] bool in_first_line() const { return line_start_ == 0; }
  // Ready for the next message, without memory kept.
  void reset();

 private:
  State take(char byte);

  std::size_t bytes_max_;
  State state_ = State::reading;
  std::string block_;
  std::size_t line_start_ = 0;
};

// Views into a complete block.
struct RawField {
  std::string_view name;
  std::string_view value;  // without the blanks around it
};
struct Head {
  std::string_view start_line;
  std::vector<RawField> fields;
};

// Refuses an empty start line, folded lines, a field without name or colon, and blanks before the
// colon.
Result<Head> split_head(std::string_view block);

// RFC 9110, section 5.6.2.
bool is_token(std::string_view text);
// ASCII only, as field names and most of their values are compared.
bool same_word(std::string_view one, std::string_view other);
// Whether the comma-separated `list` has `word`, section 5.6.1.
bool lists_word(std::string_view list, std::string_view word);
std::string_view without_blanks(std::string_view text);

// What Content-Length may say: digits only, and none before the number begins ("010" is eight to
// some). `digits` that need more than 64 bits count as the largest number.
Result<std::size_t> read_length(std::string_view digits);

}  // namespace noroshi::wire
