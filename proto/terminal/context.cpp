#include "proto/terminal/context.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string_view>
#include <utility>

namespace noroshi::terminal {
namespace {

constexpr std::size_t file_bytes_max = 256 * 1024;

enum class Kind { word, path };

struct Key {
  std::string_view name;
  std::string Context::*value;
  Kind kind;
};

constexpr std::array<Key, 7> keys{{{"hub", &Context::hub, Kind::word},
                                   {"ca", &Context::ca, Kind::path},
                                   {"token-file", &Context::token_file, Kind::path},
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

Result<Context> context_of(const toml::table& table, const std::filesystem::path& file) {
  Context context;
  for (const auto& [name, node] : table) {
    const auto& key = name;  // clang 14 captures no binding
    const auto* known =
        std::find_if(keys.begin(), keys.end(), [&](const auto& each) { return each.name == key; });
    const auto value = node.value_exact<std::string>();
    if (known == keys.end() || !value) return unfit(file, node.source(), key.str());
    const bool relative = known->kind == Kind::path && !value->empty();
    context.*known->value = relative ? (file.parent_path() / *value).string() : *value;
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
