#include "hub/admin/district_list.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <limits>
#include <optional>
#include <set>
#include <utility>

#include "hub/admin/printable.hpp"
#include "hub/admin/terms.hpp"
#include "hub/geometry/shape.hpp"

namespace noroshi::admin {
namespace {

namespace json = boost::json;

constexpr std::size_t id_bytes_max = 64;
constexpr std::size_t echo_bytes_max = 80;
constexpr std::size_t groups_max = 64;

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= id_bytes_max && is_printable(text) &&
         text.find_first_of(" \t:*;=,") == std::string_view::npos &&
         text.find("\u3000") == std::string_view::npos;
}

std::string echo(std::string_view text) { return printable(text.substr(0, echo_bytes_max)); }

const json::value* field(const json::object* object, std::string_view name) {
  if (object == nullptr) return nullptr;
  const auto* value = object->if_contains({name.data(), name.size()});
  return value == nullptr || value->is_null() ? nullptr : value;
}

const json::object* object_in(const json::object* object, std::string_view name) {
  const auto* value = field(object, name);
  return value == nullptr ? nullptr : value->if_object();
}

std::optional<std::uint64_t> whole_number(const json::value& value) {
  if (const auto* number = value.if_uint64()) return *number;
  const auto* number = value.if_int64();
  if (number == nullptr || *number < 0) return std::nullopt;
  return static_cast<std::uint64_t>(*number);
}

std::string text_of(const json::value* value) {
  if (value == nullptr) return "";
  if (const auto* text = value->if_string()) return {text->data(), text->size()};
  const auto number = whole_number(*value);
  return number ? std::to_string(*number) : "";
}

// One feature as a district; what is wrong with it is the error's detail.
class Feature {
 public:
  Feature(const json::value& value, Language language)
      : feature_(value.if_object()),
        properties_(object_in(feature_, "properties")),
        language_(language) {}

  [[nodiscard]] std::string id() const {
    const auto* own = field(feature_, "id");
    return text_of(own != nullptr ? own : field(properties_, "id"));
  }

  [[nodiscard]] Result<v1::District> read() const {
    if (text_of(field(feature_, "type")) != "Feature") return wrong("type");
    v1::District district;
    district.set_id(id());
    district.set_name(text_of(field(properties_, "name")));
    for (const auto* name : {"kana", "households", "people", "groups"})
      if (const auto* value = field(properties_, name);
          value != nullptr && !take(district, *value, name))
        return wrong(name);
    const auto* geometry = field(feature_, "geometry");
    if (geometry == nullptr) return district;
    const auto area = geometry::area_from_geojson(json::serialize(*geometry));
    if (!area) return failure(ErrorCode::invalid, printable(area.error().detail));
    district.set_area(geometry::to_wkb(*area));
    return district;
  }

 private:
  static bool take(v1::District& district, const json::value& value, std::string_view name) {
    if (name == "kana") {
      district.set_kana(text_of(&value));
      return value.is_string();
    }
    if (name == "groups") {
      const auto* groups = value.if_array();
      if (groups == nullptr) return false;
      for (const auto& group : *groups) district.add_groups(text_of(&group));
      return true;
    }
    const auto number = whole_number(value);
    if (!number || *number > std::numeric_limits<std::uint32_t>::max()) return false;
    const auto counted = static_cast<std::uint32_t>(*number);
    name == "people" ? district.set_people(counted) : district.set_households(counted);
    return true;
  }

  [[nodiscard]] tl::unexpected<Error> wrong(std::string_view what) const {
    return failure(ErrorCode::invalid, say(language_, Say::district_field, what));
  }

  const json::object* feature_;
  const json::object* properties_;
  const Language language_;
};

DistrictProblem whole(std::string why) { return {0, "-", std::move(why)}; }

DistrictProblem problem(std::size_t feature, std::string_view id, std::string why) {
  return {feature, id.empty() ? "-" : echo(id), std::move(why)};
}

// What is wrong with this one, whatever the others are.
std::optional<std::string> objection(const v1::District& district, Language language) {
  if (!is_id(district.id())) return say(language, Say::district_bad_id, id_bytes_max);
  if (const auto name = display_name(district.name(), language); !name) return name.error().detail;
  if (!district.kana().empty() && !display_name(district.kana(), language))
    return say(language, Say::district_field, "kana");
  if (static_cast<std::size_t>(district.groups_size()) > groups_max ||
      !std::all_of(district.groups().begin(), district.groups().end(), is_id))
    return say(language, Say::district_field, "groups");
  return std::nullopt;
}

// The features of a collection, or what is wrong with it.
Result<json::array> features_of(std::string_view geojson, Language language) {
  json::stream_parser parser;
  json::error_code failed;
  const auto read = parser.write_some(geojson.data(), geojson.size(), failed);
  if (!failed) parser.finish(failed);
  if (failed || read < geojson.find_last_not_of(" \t\r\n") + 1)
    return failure(ErrorCode::invalid, say(language, Say::districts_malformed, read));
  auto value = parser.release();
  auto* collection = value.if_object();
  const auto* features = field(collection, "features");
  if (text_of(field(collection, "type")) != "FeatureCollection" || features == nullptr ||
      !features->is_array())
    return failure(ErrorCode::invalid, say(language, Say::districts_no_collection));
  return features->get_array();
}

}  // namespace

DistrictList read_districts(std::string_view geojson, Language language) {
  DistrictList list;
  const auto features = features_of(geojson, language);
  if (!features) {
    list.problems.push_back(whole(features.error().detail));
    return list;
  }
  if (features->size() > districts_max) {
    list.problems.push_back(whole(say(language, Say::districts_too_many, districts_max)));
    return list;
  }
  std::set<std::string> ids;
  for (std::size_t i = 0; i < features->size(); ++i) {
    const Feature feature((*features)[i], language);
    auto district = feature.read();
    auto why = district ? objection(*district, language) : std::optional(district.error().detail);
    if (!why && !ids.insert(district->id()).second) why = say(language, Say::district_twice);
    if (why)
      list.problems.push_back(problem(i + 1, feature.id(), std::move(*why)));
    else
      *list.districts.add_districts() = std::move(*district);
  }
  if (list.problems.empty()) list.problems = problems_of(list.districts, language);
  return list;
}

std::vector<DistrictProblem> problems_of(const v1::DistrictsRegistered& districts,
                                         Language language) {
  std::vector<DistrictProblem> problems;
  if (static_cast<std::size_t>(districts.districts_size()) > districts_max)
    return {whole(say(language, Say::districts_too_many, districts_max))};
  if (districts.ByteSizeLong() > district_bytes_max)
    return {whole(say(language, Say::districts_too_long, district_bytes_max))};
  std::set<std::string> ids;
  std::size_t points = 0;
  for (int i = 0; i < districts.districts_size(); ++i) {
    const auto& district = districts.districts(i);
    auto why = objection(district, language);
    if (!why && !ids.insert(district.id()).second) why = say(language, Say::district_twice);
    if (!why && !district.area().empty()) {
      const auto area = geometry::area_from_wkb(district.area());
      if (area) points += geometry::count_points(*area);
      if (!area) why = printable(area.error().detail);
    }
    if (why)
      problems.push_back(problem(static_cast<std::size_t>(i) + 1, district.id(), std::move(*why)));
  }
  if (points > district_points_max)
    problems.push_back(whole(say(language, Say::districts_points, points, district_points_max)));
  return problems;
}

}  // namespace noroshi::admin
