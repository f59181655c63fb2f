// What a log says of itself (C2SP tlog-checkpoint): its name, how many entries it has and the root
// over them. The text of a note that the log signs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "proto/merkle/hash.hpp"
#include "proto/result.hpp"

namespace noroshi::merkle {

struct Checkpoint {
  std::string origin;  // one line, not empty
  std::uint64_t size = 0;
  Hash root{};

  bool operator==(const Checkpoint&) const = default;
};

std::string text_of(const Checkpoint& checkpoint);
// Lines behind the third are extensions, which are passed over. invalid for anything else.
Result<Checkpoint> read_checkpoint(std::string_view text);

}  // namespace noroshi::merkle
