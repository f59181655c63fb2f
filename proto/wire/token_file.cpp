#include "proto/wire/token_file.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace noroshi::wire {

namespace {

constexpr std::size_t token_bytes_max = 4096;

bool is_token_character(char c) { return c > ' ' && c < '\x7f'; }

}  // namespace

Result<std::string> read_token(const std::filesystem::path& file) {
  struct stat facts {};
  if (::stat(file.c_str(), &facts) != 0)
    return failure(ErrorCode::configuration, file.string() + ": " + std::strerror(errno));
  if ((facts.st_mode & S_IROTH) != 0)
    return failure(ErrorCode::configuration, file.string() + ": readable by everybody; chmod 600");
  std::ifstream in(file);
  std::string line;
  if (!std::getline(in, line) || line.size() > token_bytes_max)
    return failure(ErrorCode::configuration, file.string() + ": no token in it");
  const auto first = line.find_first_not_of(" \t\r");
  const auto last = line.find_last_not_of(" \t\r");
  if (first == std::string::npos)
    return failure(ErrorCode::configuration, file.string() + ": no token in it");
  auto token = line.substr(first, last - first + 1);
  if (!std::all_of(token.begin(), token.end(), is_token_character))
    return failure(ErrorCode::configuration, file.string() + ": not a token");
  return token;
}

}  // namespace noroshi::wire
