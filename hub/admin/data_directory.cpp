#include "hub/admin/data_directory.hpp"

#include <fstream>
#include <string>

#include "hub/admin/printable.hpp"

namespace noroshi::admin {

Result<void> check_complete(const DataDirectory& directory, Language language) {
  const auto wrong = [&](Say what, const std::string& found = {}) {
    return failure(ErrorCode::configuration, say(language, what, printable(directory.root.string()),
                                                 printable(found), directory_format));
  };
  std::error_code ignored;
  if (!std::filesystem::is_directory(directory.root, ignored)) return wrong(Say::directory_missing);
  if (std::filesystem::exists(directory.unfinished(), ignored)) {
    return wrong(Say::directory_unfinished);
  }
  std::ifstream file(directory.format());
  if (!file) return wrong(Say::directory_foreign);
  constexpr std::size_t format_length_max = 32;
  std::string found(format_length_max, '\0');
  file.read(found.data(), static_cast<std::streamsize>(found.size()));
  found.resize(static_cast<std::size_t>(file.gcount()));
  found = found.substr(0, found.find('\n'));
  if (found != directory_format) return wrong(Say::directory_format, found);
  return {};
}

}  // namespace noroshi::admin
