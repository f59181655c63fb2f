#include "subscribers/client/lines.hpp"

#include <algorithm>
#include <cctype>
#include <string>

#include "proto/jp/parameters.hpp"

namespace noroshi::subscribers {

namespace {

bool same_letters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

std::string_view tag_of(const cap::Info& info) {
  return info.language ? std::string_view(*info.language) : "en-US";  // CAP 1.2, section 3.2.2
}

bool is_private(std::string_view tag) { return tag.find("-x-") != std::string_view::npos; }

// How well a block fits; higher is better.
int fit(const cap::Info& info, std::string_view wanted) {
  const auto tag = tag_of(info);
  if (same_letters(tag, wanted)) return 2;
  if (is_private(tag)) return -1;
  return same_letters(tag.substr(0, tag.find('-')), wanted.substr(0, wanted.find('-'))) ? 1 : 0;
}

// What makes two blocks of a CAP-JP alert the same line in two languages.
std::string line_of(const cap::Info& info) {
  const auto* hazard = jp::listed(info.event_code, jp::list::hazard);
  return std::string(jp::event_of(info)) + '\n' + (hazard == nullptr ? "" : hazard->value) + '\n' +
         (jp::direction_of(info) == jp::Direction::lift ? "lift" : "issue");
}

}  // namespace

std::vector<Line> lines_in(const cap::Alert& alert, std::string_view language) {
  const bool profile = jp::follows_profile(alert);
  std::vector<std::string> keys;
  for (const auto& info : alert.info) keys.push_back(profile ? line_of(info) : std::string());
  std::vector<Line> lines;
  for (std::size_t first = 0; first < keys.size(); ++first) {
    if (std::find(keys.begin(), keys.end(), keys[first]) - keys.begin() !=
        static_cast<std::ptrdiff_t>(first))
      continue;
    const cap::Info* best = nullptr;
    const cap::Info* japanese = nullptr;
    for (std::size_t at = first; at < keys.size(); ++at) {
      if (keys[at] != keys[first]) continue;
      const auto& info = alert.info[at];
      if (best == nullptr || fit(info, language) > fit(*best, language)) best = &info;
      if (japanese == nullptr && jp::language_of(info) == jp::Language::japanese) japanese = &info;
    }
    for (std::size_t at = first; at < keys.size(); ++at) {
      const auto& info = alert.info[at];
      if (keys[at] != keys[first] || !same_letters(tag_of(info), tag_of(*best))) continue;
      lines.push_back({&info, profile && japanese != nullptr ? japanese : &info});
      if (profile) break;
    }
  }
  return lines;
}

}  // namespace noroshi::subscribers
