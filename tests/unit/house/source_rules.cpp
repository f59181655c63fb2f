#include "tests/unit/house/source_rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <regex>
#include <sstream>

namespace noroshi::house {
namespace {

constexpr std::array vague_words = {"util",   "utils",  "utility", "utilities",
                                    "common", "helper", "helpers", "manager",
                                    "base",   "misc",   "impl"};
constexpr std::array top_folders = {"hub/",   "publishers/", "subscribers/",
                                    "proto/", "tests/",      "ops/"};

bool is_header(std::string_view file) { return file.ends_with(".hpp"); }

bool from_the_root(std::string_view target) {
  return std::ranges::any_of(top_folders, [&](auto top) { return target.starts_with(top); });
}

// Generated message headers are included as <noroshi/v1/x.pb.h> and live in the room of their
// .proto.
std::string path_of(const Include& include) {
  return !include.quoted && include.target.starts_with("noroshi/") ? "proto/" + include.target
                                                                   : include.target;
}

// Why nobody includes this system header here: build time and, for <iostream>, what it drags along.
std::string ban(std::string_view file, const Include& include) {
  const std::string& target = include.target;
  for (const auto* name : {"boost/beast/websocket", "boost/asio/ssl"}) {
    if (target.starts_with(name)) return "nobody includes " + target;
  }
  if (is_header(file) && (target.starts_with("boost/beast") || target == "iostream")) {
    return "no header includes " + target;
  }
  return "";
}

}  // namespace

std::vector<Include> includes_of(std::string_view text) {
  static const std::regex directive(R"(^\s*#\s*include\s*(["<])([^">]+)[">])");
  std::vector<Include> includes;
  std::stringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);) {
    std::smatch match;
    if (std::regex_search(line, match, directive)) includes.push_back({match[2], match[1] == "\""});
  }
  return includes;
}

std::vector<std::string> vague_words_in(std::string_view path) {
  std::vector<std::string> found;
  std::string word;
  const auto close_word = [&] {
    if (std::ranges::find(vague_words, word) != vague_words.end()) found.push_back(word);
    word.clear();
  };
  for (const char c : path) {
    const auto letter = static_cast<unsigned char>(c);
    if (std::isalnum(letter) != 0) {
      word += static_cast<char>(std::tolower(letter));
    } else {
      close_word();
    }
  }
  close_word();
  return found;
}

std::vector<std::string> wrong_includes(const Rooms& rooms, std::string_view file,
                                        std::string_view text, std::string_view own_header) {
  std::vector<std::string> wrong;
  const std::string name(file);
  const auto includes = includes_of(text);
  if (!own_header.empty() && (includes.empty() || includes.front().target != own_header)) {
    wrong.push_back(name + " does not include its own header first");
  }
  for (const auto& include : includes) {
    if (const auto banned = ban(file, include); !banned.empty()) {
      wrong.push_back(name + ": " + banned);
    }
    if (include.quoted && !from_the_root(include.target)) {
      wrong.push_back(name + " includes \"" + include.target + "\" not from the repository root");
      continue;
    }
    const auto path = path_of(include);
    if (!from_the_root(path)) continue;
    if (const auto objection = rooms.objection(file, path)) wrong.push_back(*objection);
  }
  return wrong;
}

std::vector<std::string> missing_guard(std::string_view file, std::string_view text) {
  if (!is_header(file) || text.find("#pragma once\n") != std::string_view::npos) return {};
  return {std::string(file) + " has no #pragma once"};
}

}  // namespace noroshi::house
