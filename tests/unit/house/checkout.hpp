// The files of a checkout, seen from its root. Build trees and whatever begins with a dot are left
// out, so that what a person keeps beside the sources does not count.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace noroshi::house {

class Checkout {
 public:
  explicit Checkout(std::filesystem::path root) : root_(std::move(root)) {}

  // Paths from the root with `/`, sorted; only those below one of `tops`.
  [[nodiscard]] std::vector<std::string> files_below(const std::vector<std::string>& tops) const;
  [[nodiscard]] std::vector<std::string> top_folders() const;
  [[nodiscard]] bool has(const std::string& file) const;
  // Empty when there is no such file.
  [[nodiscard]] std::string text_of(const std::string& file) const;

  // Whether a CMakeLists.txt, of the folder of `source` or of one above it, names that source.
  [[nodiscard]] bool is_built(const std::string& source) const;

 private:
  std::filesystem::path root_;
};

}  // namespace noroshi::house
