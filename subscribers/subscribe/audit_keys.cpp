#include "subscribers/subscribe/audit_keys.hpp"

#include <algorithm>
#include <fstream>

namespace noroshi::subscribers {

Result<merkle::NoteVerifier> audit_key_of(const std::string& typed) {
  auto key = merkle::NoteVerifier::read(typed);
  if (key || std::count(typed.begin(), typed.end(), '+') >= 2) return key;
  std::ifstream file(typed);
  std::string line;
  if (!std::getline(file, line))
    return failure(ErrorCode::invalid, "neither a key nor a file that can be read");
  return merkle::NoteVerifier::read(line);
}

}  // namespace noroshi::subscribers
