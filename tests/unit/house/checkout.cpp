#include "tests/unit/house/checkout.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>

namespace noroshi::house {
namespace fs = std::filesystem;
namespace {

bool is_left_out(const fs::path& path) {
  const auto name = path.filename().string();
  return name.starts_with('.') || name == "build" || name == "node_modules" ||
         name == "__pycache__";
}

// Whether `word` stands in `text` as a whole list item, not as the tail of another file's name.
bool lists(std::string_view text, std::string_view word) {
  const auto separates = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const auto after = at + word.size();
    const bool begins = at == 0 || separates(text[at - 1]) || text[at - 1] == '(';
    const bool ends = after == text.size() || separates(text[after]) || text[after] == ')';
    if (begins && ends) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> Checkout::files_below(const std::vector<std::string>& tops) const {
  std::vector<std::string> files;
  for (const auto& top : tops) {
    if (!fs::is_directory(root_ / top)) continue;
    for (fs::recursive_directory_iterator at(root_ / top), end; at != end; ++at) {
      if (is_left_out(at->path())) {
        at.disable_recursion_pending();
      } else if (at->is_regular_file()) {
        files.push_back(at->path().lexically_relative(root_).generic_string());
      }
    }
  }
  std::ranges::sort(files);
  return files;
}

std::vector<std::string> Checkout::top_folders() const {
  std::vector<std::string> folders;
  for (const auto& entry : fs::directory_iterator(root_)) {
    if (entry.is_directory() && !is_left_out(entry.path())) {
      folders.push_back(entry.path().filename().string());
    }
  }
  std::ranges::sort(folders);
  return folders;
}

bool Checkout::has(const std::string& file) const { return fs::is_regular_file(root_ / file); }

std::string Checkout::text_of(const std::string& file) const {
  std::ifstream stream(root_ / file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

bool Checkout::is_built(const std::string& source) const {
  for (auto folder = fs::path(source).parent_path();; folder = folder.parent_path()) {
    const auto list = text_of((folder / "CMakeLists.txt").generic_string());
    if (lists(list, fs::path(source).lexically_relative(folder.empty() ? "." : folder).string())) {
      return true;
    }
    if (folder.empty()) return false;
  }
}

}  // namespace noroshi::house
