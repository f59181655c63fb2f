#include "publishers/publish/city.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <set>

#include "proto/jp/lg_code.hpp"

namespace noroshi::publishers {
namespace {

constexpr std::size_t file_bytes_max = 4 * 1024 * 1024;

class Reading {
 public:
  Reading(const std::string& file, const toml::table& table) : file_(file), table_(table) {}

  Result<City> city() {
    known(table_, {"code", "sender", "name", "prefecture", "english", "reading", "contact",
                   "districts", "groups"});
    City city;
    auto& office = city.office;
    office.code = needed(table_, "code");
    office.sender = needed(table_, "sender");
    office.name = needed(table_, "name");
    office.prefecture = needed(table_, "prefecture");
    office.english = text(table_, "english");
    office.reading = text(table_, "reading");
    office.contact = text(table_, "contact");
    if (!office.code.empty() && !jp::lg_code(office.code))
      wrong(table_["code"].node(), "code: " + office.code);
    each("districts", [&](const toml::table& row) {
      known(row, {"id", "name", "kana", "english"});
      city.districts.push_back(
          {needed(row, "id"), needed(row, "name"), text(row, "kana"), text(row, "english")});
      if (!ids_.insert(city.districts.back().id).second) wrong(&row, "id: " + needed(row, "id"));
    });
    each("groups", [&](const toml::table& row) { group(row, city); });
    if (wrong_.empty()) return city;
    return failure(ErrorCode::configuration, wrong_);
  }

 private:
  void group(const toml::table& row, City& city) {
    known(row, {"id", "districts"});
    const auto id = needed(row, "id");
    if (!ids_.insert(id).second) wrong(&row, "id: " + id);
    const auto* list = row["districts"].as_array();
    if (list == nullptr) return wrong(&row, "districts");
    for (const auto& node : *list) {
      const auto district = node.value<std::string>().value_or("");
      if (city.district(district) == nullptr) wrong(&node, "districts: " + district);
      city.groups[id].push_back(district);
    }
  }

  template <class Take>
  void each(std::string_view name, const Take& take) {
    const auto* node = table_.get(name);
    if (node == nullptr) return;
    const auto* rows = node->as_array();
    if (rows == nullptr) return wrong(node, std::string(name));
    for (const auto& row : *rows) {
      if (const auto* table = row.as_table())
        take(*table);
      else
        wrong(&row, std::string(name));
    }
  }

  std::string text(const toml::table& table, std::string_view name) {
    const auto* node = table.get(name);
    if (node == nullptr) return {};
    const auto value = node->value_exact<std::string>();
    if (!value) wrong(node, std::string(name));
    return value.value_or("");
  }

  std::string needed(const toml::table& table, std::string_view name) {
    auto value = text(table, name);
    if (value.empty()) wrong(table.contains(name) ? table.get(name) : &table, std::string(name));
    return value;
  }

  void known(const toml::table& table, const std::set<std::string_view>& names) {
    for (const auto& [key, node] : table)
      if (!names.contains(key.str())) wrong(&node, std::string(key.str()));
  }

  void wrong(const toml::node* node, const std::string& what) {
    const auto at = node == nullptr ? toml::source_position{1, 1} : node->source().begin;
    if (!wrong_.empty()) wrong_ += '\n';
    wrong_ += file_ + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": " + what;
  }

  const std::string& file_;
  const toml::table& table_;
  std::set<std::string> ids_;
  std::string wrong_;
};

using Found = std::vector<const jp::NamedDistrict*>;

Found of_name(const std::vector<jp::NamedDistrict>& districts, const std::string& name) {
  Found found;
  for (const auto& district : districts)
    if (district.name == name) found.push_back(&district);
  return found;
}

// " (a b)", "" for none.
std::string ids_of(const Found& found) {
  std::string ids;
  for (const auto* district : found) ids += (ids.empty() ? " (" : " ") + district->id;
  return ids.empty() ? ids : ids + ")";
}

}  // namespace

const jp::NamedDistrict* City::district(const std::string& id) const {
  const auto found = std::find_if(districts.begin(), districts.end(),
                                  [&](const auto& district) { return district.id == id; });
  return found == districts.end() ? nullptr : &*found;
}

Result<std::vector<jp::NamedDistrict>> City::named(const std::vector<std::string>& ids) const {
  std::vector<jp::NamedDistrict> found;
  const auto add = [&](const jp::NamedDistrict& district) {
    if (std::find(found.begin(), found.end(), district) == found.end()) found.push_back(district);
  };
  for (const auto& id : ids) {
    const auto group = groups.find(id);
    if (const auto* one = district(id))
      add(*one);
    else if (group != groups.end())
      for (const auto& member : group->second) add(*district(member));
    else if (const auto named = of_name(districts, id); named.size() == 1)
      add(*named.front());
    else
      return failure(named.empty() ? ErrorCode::not_found : ErrorCode::conflict,
                     id + ids_of(named));
  }
  return found;
}

std::string City::known_ids(std::size_t ids_max) const {
  std::string ids;
  const auto add = [&](const std::string& id) {
    if (ids_max > 0) ids += (ids.empty() ? "" : " ") + id;
    if (ids_max == 1) ids += " …";
    if (ids_max > 0) --ids_max;
  };
  for (const auto& [id, members] : groups) add(id);
  for (const auto& each : districts) add(each.id);
  return ids;
}

Result<City> read_city(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return failure(ErrorCode::configuration, file + ": " + std::strerror(errno));
  std::string text(file_bytes_max + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > file_bytes_max) return failure(ErrorCode::configuration, file + ": > 4 MiB");
  try {
    const auto table = toml::parse(std::string_view(text), std::string_view(file));
    return Reading(file, table).city();
  } catch (const toml::parse_error& error) {
    const auto at = error.source().begin;
    return failure(ErrorCode::configuration, file + ":" + std::to_string(at.line) + ":" +
                                                 std::to_string(at.column) + ": " +
                                                 std::string(error.description()));
  }
}

}  // namespace noroshi::publishers
