#include "hub/config/config.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>

#include "hub/config/notify_reading.hpp"
#include "hub/config/problem.hpp"
#include "hub/config/settings.hpp"

namespace noroshi::config {
namespace {

constexpr std::uintmax_t file_bytes_max = 1 << 20;

std::string type_name(toml::node_type type) {
  std::ostringstream out;
  out << type;
  return out.str();
}

std::string range(const Integer& type) { return fmt::format("{} to {}", type.least, type.most); }

// One pass over the file and the environment that goes on after every problem.
class Reading {
 public:
  Reading(Config& config, std::string file, const std::map<std::string, std::string>& environment)
      : config_(config), file_(std::move(file)), environment_(environment) {}

  void take_file(std::string_view text) {
    try {
      const auto table = toml::parse(text, std::string_view(file_));
      for (const auto& [key, node] : table) take(key, node);
    } catch (const toml::parse_error& error) {
      wrong({place(error.source()), Wrong::syntax, "", "", std::string(error.description())});
    }
  }

  void take_environment() {
    for (const auto& setting : settings()) {
      std::string name = "NOROSHI_";
      for (const char c : setting.key) {
        name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      }
      const auto found = environment_.find(name);
      if (found == environment_.end()) continue;
      std::visit([&](const auto& type) { take_variable(setting, type, name, found->second); },
                 setting.type);
    }
  }

  void wrong(Problem problem) { problems_.push_back(std::move(problem)); }

  // The table is sorted by key; people read a file from its top, and the environment comes after.
  [[nodiscard]] std::string lines(Language language) const {
    std::string lines;
    for (const auto& problem : problems_) {
      if (!lines.empty()) lines += '\n';
      lines += describe(problem, language);
    }
    return lines;
  }
  [[nodiscard]] bool clean() const { return problems_.empty(); }

  void sort_by_line() {
    std::stable_sort(lines_.begin(), lines_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [position, problem] : lines_) problems_.push_back(std::move(problem));
    lines_.clear();
  }

 private:
  using Position = std::pair<toml::source_index, toml::source_index>;

  [[nodiscard]] std::string place(const toml::source_region& source) const {
    return fmt::format("{}:{}:{}", file_, source.begin.line, source.begin.column);
  }

  void wrong_at(const toml::source_region& source, Problem problem) {
    problem.place = place(source);
    lines_.emplace_back(Position{source.begin.line, source.begin.column}, std::move(problem));
  }

  void take(const toml::key& key, const toml::node& node) {
    const auto name = std::string(key.str());
    if (name == "notify") {
      config_.notify = read_notify(
          node, {config_.data, environment_},
          [this](const auto& source, Problem problem) { wrong_at(source, std::move(problem)); });
      return;
    }
    const auto* known = setting(name);
    if (known == nullptr) {
      wrong_at(key.source(), {"", Wrong::unknown_key, name, "", std::string(nearest_key(name))});
      return;
    }
    std::visit([&](const auto& type) { take_node(name, type, node); }, known->type);
  }

  void wrong_type(const std::string& key, const toml::node& node, std::string wanted) {
    wrong_at(node.source(),
             {"", Wrong::wrong_type, key, type_name(node.type()), std::move(wanted)});
  }

  void take_node(const std::string& key, const Integer& type, const toml::node& node) {
    const auto* value = node.as_integer();
    if (value == nullptr) return wrong_type(key, node, "integer");
    if (value->get() < type.least || value->get() > type.most) {
      return wrong_at(node.source(),
                      {"", Wrong::out_of_range, key, std::to_string(value->get()), range(type)});
    }
    type.set(config_, value->get());
  }

  void take_node(const std::string& key, const Text& type, const toml::node& node) {
    const auto* value = node.as_string();
    if (value == nullptr) return wrong_type(key, node, "string");
    if (const auto what = type.take(config_, value->get())) {
      wrong_at(node.source(), {"", *what, key, value->get(), std::string(type.wanted)});
    }
  }

  void take_node(const std::string& key, const Flag& type, const toml::node& node) {
    const auto* value = node.as_boolean();
    if (value == nullptr) return wrong_type(key, node, "boolean");
    type.set(config_, value->get());
  }

  void take_node(const std::string& key, const TextList& type, const toml::node& node) {
    const auto* values = node.as_array();
    if (values == nullptr) return wrong_type(key, node, "array of strings");
    type.clear(config_);
    for (const auto& value : *values) take_node(key, Text{"", type.add}, value);
  }

  void take_variable(const Setting& setting, const Integer& type, const std::string& name,
                     const std::string& text) {
    std::int64_t value = 0;
    const auto* end = text.data() + text.size();
    const auto [stopped, failed] = std::from_chars(text.data(), end, value);
    const bool whole = failed == std::errc() && stopped == end && !text.empty();
    if (!whole || value < type.least || value > type.most) {
      return wrong(
          {name, Wrong::out_of_range, std::string(setting.key), '"' + text + '"', range(type)});
    }
    type.set(config_, value);
  }

  void take_variable(const Setting& setting, const Text& type, const std::string& name,
                     const std::string& text) {
    if (const auto what = type.take(config_, text)) {
      wrong({name, *what, std::string(setting.key), text, std::string(type.wanted)});
    }
  }

  void take_variable(const Setting& setting, const Flag& type, const std::string& name,
                     const std::string& text) {
    if (text != "true" && text != "false")
      return wrong({name, Wrong::not_one_of, std::string(setting.key), text, "true, false"});
    type.set(config_, text == "true");
  }

  void take_variable(const Setting& setting, const TextList& type, const std::string& name,
                     const std::string& text) {
    type.clear(config_);
    std::istringstream items(text);
    for (std::string item; std::getline(items, item, ',');) {
      take_variable(setting, Text{"", type.add}, name, item);
    }
  }

  Config& config_;
  std::string file_;
  const std::map<std::string, std::string>& environment_;
  std::vector<Problem> problems_;
  std::vector<std::pair<Position, Problem>> lines_;
};

Result<std::string> read_text(const std::filesystem::path& file) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(file, failed);
  if (failed) return failure(ErrorCode::configuration, failed.message());
  if (size > file_bytes_max) {
    return failure(ErrorCode::configuration, std::strerror(EFBIG));
  }
  std::ifstream in(file, std::ios::binary);
  std::string text(static_cast<std::size_t>(size), '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!in) return failure(ErrorCode::configuration, std::strerror(errno));
  return text;
}

}  // namespace

Result<Config> load(const std::filesystem::path& data,
                    const std::map<std::string, std::string>& environment) {
  Config config;
  config.data = data;
  const auto file = data / "noroshi.toml";
  Reading reading(config, file.string(), environment);

  const auto text = read_text(file);
  if (text) {
    reading.take_file(*text);
    reading.sort_by_line();
  } else {
    reading.wrong({file.string(), Wrong::unreadable, "", "", text.error().detail});
  }
  reading.take_environment();

  if (!reading.clean()) {
    return failure(ErrorCode::configuration, reading.lines(language_of(environment)));
  }
  admit_own_hosts(config);
  return config;
}

std::uint16_t Config::door_for_certificates() const {
  constexpr std::uint16_t port_max = 65535;
  if (mtls_port) return *mtls_port;
  if (port == 0) return 0;
  return static_cast<std::uint16_t>(port == port_max ? port - 1 : port + 1);
}

void admit_own_hosts(Config& config) {
  std::vector<std::string> own{"localhost", "127.0.0.1", "::1"};
  if (config.listen != "0.0.0.0" && config.listen != "::") own.push_back(config.listen);
  for (auto& host : own) {
    if (std::find(config.hosts.begin(), config.hosts.end(), host) == config.hosts.end()) {
      config.hosts.push_back(std::move(host));
    }
  }
}

}  // namespace noroshi::config
