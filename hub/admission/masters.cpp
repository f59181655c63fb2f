#include "hub/admission/masters.hpp"

namespace noroshi::admission {
namespace {

const std::vector<std::string>* found_in(
    const std::unordered_map<std::string, std::vector<std::string>>& lists,
    const std::string& key) {
  const auto found = lists.find(key);
  return found == lists.end() ? nullptr : &found->second;
}

}  // namespace

void Masters::apply(const v1::Entry& entry) {
  if (!entry.body().has_districts_registered()) return;
  const auto& registered = entry.body().districts_registered();
  const auto prefix = registered.code() + ":";
  std::erase_if(groups_, [&](const auto& group) { return group.first.starts_with(prefix); });
  std::erase_if(extents_, [&](const auto& one) { return one.first.starts_with(prefix); });
  auto& all = districts_[registered.code()];
  all.clear();
  for (const auto& district : registered.districts()) {
    all.push_back(prefix + district.id());
    if (const auto extent = extent_of(district.area())) extents_[all.back()] = *extent;
    for (const auto& group : district.groups()) groups_[prefix + group].push_back(all.back());
  }
  for (const auto& district : all) groups_.erase(district);  // a district's own id comes first
  if (all.empty()) districts_.erase(registered.code());
}

const std::vector<std::string>* Masters::districts(const std::string& code) const {
  return found_in(districts_, code);
}

std::optional<Extent> Masters::extent(const std::string& district) const {
  if (const auto* members = group(district)) {
    std::optional<Extent> sum;
    for (const auto& member : *members) {
      const auto found = extents_.find(member);
      if (found == extents_.end()) return std::nullopt;
      sum = sum ? together(*sum, found->second) : found->second;
    }
    return sum;
  }
  const auto found = extents_.find(district);
  return found == extents_.end() ? std::nullopt : std::optional(found->second);
}

const std::vector<std::string>* Masters::group(const std::string& district) const {
  return found_in(groups_, district);
}

}  // namespace noroshi::admission
