#include "proto/terminal/context.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <optional>
#include <string_view>
#include <utility>

namespace noroshi::terminal {
namespace {

constexpr std::size_t file_bytes_max = 256 * 1024;

enum class Kind { word, path };
enum class Many { one, list };

struct Key {
  std::string_view name;
  std::string Context::*value;
  Kind kind;
  Many many = Many::one;
};

constexpr std::array<Key, 7> keys{{{"hub", &Context::hub, Kind::word, Many::list},
                                   {"ca", &Context::ca, Kind::path, Many::list},
                                   {"token-file", &Context::token_file, Kind::path, Many::list},
                                   {"cert", &Context::cert, Kind::path},
                                   {"key", &Context::key, Kind::path},
                                   {"city", &Context::city, Kind::path},
                                   {"drill", &Context::drill, Kind::word}}};

tl::unexpected<Error> unfit(const std::filesystem::path& file, const std::string& why) {
  return failure(ErrorCode::configuration, file.string() + ": " + why);
}

tl::unexpected<Error> unfit(const std::filesystem::path& file, const toml::source_region& source,
                            std::string_view why) {
  return failure(ErrorCode::configuration, file.string() + ":" + std::to_string(source.begin.line) +
                                               ":" + std::to_string(source.begin.column) + ": " +
                                               std::string(why));
}

// Nothing when it is something else than is wanted.
std::optional<std::vector<std::string>> values_of(const toml::node& node, Many many) {
  if (const auto one = node.value_exact<std::string>()) return std::vector{*one};
  const auto* array = node.as_array();
  if (array == nullptr || array->empty() || many == Many::one) return std::nullopt;
  std::vector<std::string> values;
  for (const auto& each : *array) {
    const auto value = each.value_exact<std::string>();
    if (!value || value->empty() || value->find(',') != std::string::npos) return std::nullopt;
    values.push_back(*value);
  }
  return values;
}

Result<Context> context_of(const toml::table& table, const std::filesystem::path& file) {
  Context context;
  for (const auto& [name, node] : table) {
    const auto& key = name;  // clang 14 captures no binding
    const auto* known =
        std::find_if(keys.begin(), keys.end(), [&](const auto& each) { return each.name == key; });
    const auto values = known == keys.end() ? std::nullopt : values_of(node, known->many);
    if (!values) return unfit(file, node.source(), key.str());
    auto& all = context.*known->value;
    for (const auto& value : *values) {
      const bool relative = known->kind == Kind::path && !value.empty();
      all += (all.empty() ? "" : ",") + (relative ? (file.parent_path() / value).string() : value);
    }
  }
  return context;
}

std::string names_in(const toml::table& contexts) {
  std::string names;
  for (const auto& [key, node] : contexts) names += (names.empty() ? "" : " ") + std::string(key);
  return names.empty() ? "-" : names;
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before any thread
  return value == nullptr ? "" : value;
}

}  // namespace

std::filesystem::path contexts_file() {
  const std::filesystem::path own = variable("XDG_CONFIG_HOME");
  if (own.is_absolute()) return own / "noroshi" / "contexts.toml";
  const std::filesystem::path home = variable("HOME");
  return home.empty() ? home : home / ".config" / "noroshi" / "contexts.toml";
}

Result<Context> read_context(const std::filesystem::path& file, const std::string& name) {
  std::error_code error;
  const auto rights = std::filesystem::status(file, error).permissions();
  std::ifstream in(file, std::ios::binary);
  if (error || !in) return unfit(file, std::strerror(error ? error.value() : errno));
  using std::filesystem::perms;
  if ((rights & (perms::group_write | perms::others_write)) != perms::none)
    return unfit(file, "writable by others; chmod 600");
  std::string text(file_bytes_max + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > file_bytes_max) return unfit(file, "> 256 KiB");
  try {
    const auto contexts = toml::parse(std::string_view(text), file.string());
    const auto* node = contexts.get(name);
    if (node == nullptr)
      return failure(ErrorCode::not_found, file.string() + ": " + names_in(contexts));
    const auto* table = node->as_table();
    return table == nullptr ? unfit(file, node->source(), name) : context_of(*table, file);
  } catch (const toml::parse_error& wrong) {
    return unfit(file, wrong.source(), wrong.description());
  }
}

std::vector<std::string> listed(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto part = text.substr(0, text.find(','));
    parts.emplace_back(part);
    text.remove_prefix(std::min(text.size(), part.size() + 1));
  }
  return parts;
}

Context filled_in(Context given, const Context& named) {
  const bool identified = !given.token_file.empty() || !given.cert.empty() || !given.key.empty();
  for (const auto& key : keys) {
    const bool identity = key.value == &Context::token_file || key.value == &Context::cert ||
                          key.value == &Context::key;
    if ((given.*key.value).empty() && !(identity && identified))
      given.*key.value = named.*key.value;
  }
  return given;
}

}  // namespace noroshi::terminal
