#include "hub/config/notify_reading.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

#include "hub/config/alarm_kinds.hpp"
#include "hub/config/duration.hpp"
#include "hub/config/near.hpp"
#include "hub/webhook/url.hpp"

namespace noroshi::config {
namespace {

constexpr std::array<std::string_view, 13> keys{
    "kind", "alarms", "drills",   "repeat", "repeat_max",  "limit",     "command",
    "to",   "from",   "sendmail", "url",    "secret_file", "secret_env"};
constexpr std::string_view kinds = "command, mail, webhook";
constexpr std::size_t texts_max = 64;
constexpr std::size_t text_bytes_max = 1024;
constexpr std::size_t address_bytes_max = 254;

struct Range {
  std::chrono::seconds least, most;
};
constexpr Range repeat_range{std::chrono::seconds(1), std::chrono::hours(24)};
constexpr Range limit_range{std::chrono::seconds(1), std::chrono::minutes(10)};

// local@domain of RFC 5321 as far as sendmail's headers take it without quoting: nothing of it can
// end a header or add an address.
bool is_mail_address(std::string_view text) {
  const auto at = text.find('@');
  if (at == 0 || at == std::string_view::npos || at + 1 == text.size()) return false;
  if (text.size() > address_bytes_max || text.front() == '-') return false;
  constexpr std::string_view others = ".!#$%&'*+-/=?^_`{|}~";
  return std::all_of(text.begin(), text.end(),
                     [&](char c) {
                       const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                           (c >= '0' && c <= '9');
                       return letter || c == '@' || others.find(c) != std::string_view::npos;
                     }) &&
         text.find('@', at + 1) == std::string_view::npos;
}

bool is_plain(std::string_view text) {
  return !text.empty() && text.size() <= text_bytes_max &&
         text.find('\0') == std::string_view::npos;
}

bool begins_a_kind(std::string_view text) {
  return !text.empty() && std::any_of(alarm_kinds.begin(), alarm_kinds.end(),
                                      [&](auto kind) { return kind.starts_with(text); });
}

std::string all_kinds() {
  std::string all;
  for (const auto kind : alarm_kinds) all.append(all.empty() ? "" : ", ").append(kind);
  return all;
}

// One table, going on after every problem.
class Reading {
 public:
  Reading(const toml::table& table, const SecretPlaces& secrets, const WrongAt& wrong)
      : table_(table), secrets_(secrets), wrong_(wrong) {}

  std::optional<Notify> read() {
    for (const auto& [key, node] : table_)
      if (std::find(keys.begin(), keys.end(), key.str()) == keys.end())
        tell(key.source(), Wrong::unknown_key, key.str(), "",
             std::string(nearest(key.str(), keys)));
    const bool known = read_kind();
    texts("alarms", notify_.alarms, begins_a_kind, Wrong::not_one_of);
    flag("drills", notify_.drills);
    time("repeat", notify_.repeat, repeat_range);
    notify_.repeat_max = std::max(notify_.repeat_max, notify_.repeat);
    time("repeat_max", notify_.repeat_max, {notify_.repeat, repeat_range.most});
    time("limit", notify_.limit, limit_range);
    if (known && notify_.kind == Notify::Kind::command) read_command();
    if (known && notify_.kind == Notify::Kind::mail) read_mail();
    if (known && notify_.kind == Notify::Kind::webhook) read_webhook();
    return clean_ ? std::optional(notify_) : std::nullopt;
  }

 private:
  void tell(const toml::source_region& source, Wrong what, std::string_view key, std::string found,
            std::string wanted) {
    clean_ = false;
    wrong_(source, {"", what, "notify." + std::string(key), std::move(found), std::move(wanted)});
  }

  void wrong_type(const toml::node& node, std::string_view key, std::string wanted) {
    std::ostringstream type;
    type << node.type();
    tell(node.source(), Wrong::wrong_type, key, type.str(), std::move(wanted));
  }

  // Null when it is not there; told when it has to be.
  const toml::node* wanted(std::string_view key) {
    const auto* node = table_.get(key);
    if (node == nullptr) tell(table_.source(), Wrong::missing, key, "", "");
    return node;
  }

  // Whether it says one there is: else nobody can tell what else it has to say.
  bool read_kind() {
    const auto* node = wanted("kind");
    if (node == nullptr) return false;
    const auto* text = node->as_string();
    if (text == nullptr) {
      wrong_type(*node, "kind", "string");
      return false;
    }
    if (text->get() == "mail") notify_.kind = Notify::Kind::mail;
    if (text->get() == "webhook") notify_.kind = Notify::Kind::webhook;
    if (text->get() == "command" || notify_.kind != Notify::Kind::command) return true;
    tell(node->source(), Wrong::not_one_of, "kind", text->get(), std::string(kinds));
    return false;
  }

  void read_command() {
    if (wanted("command") == nullptr) return;
    texts("command", notify_.command, is_plain);
    if (clean_ && notify_.command.empty())
      tell(table_.get("command")->source(), Wrong::missing, "command", "", "");
  }

  void read_mail() {
    if (const auto* node = wanted("to")) {
      texts("to", notify_.to, is_mail_address, Wrong::not_mail_address);
      if (clean_ && notify_.to.empty()) tell(node->source(), Wrong::missing, "to", "", "");
    }
    if (const auto* node = wanted("from"))
      text(*node, "from", notify_.from, is_mail_address, Wrong::not_mail_address);
    if (const auto* node = table_.get("sendmail"))
      text(*node, "sendmail", notify_.sendmail, is_plain, Wrong::out_of_range);
  }

  void read_webhook() {
    if (const auto* node = wanted("url")) {
      text(*node, "url", notify_.url, is_plain, Wrong::out_of_range);
      const auto url = webhook::read_url(notify_.url);
      if (!notify_.url.empty() && !url) unusable(*node, "url", url.error().detail);
    }
    const auto* file = table_.get("secret_file");
    const auto* variable = table_.get("secret_env");
    if (file == nullptr && variable == nullptr) wanted("secret_file");
    if (file != nullptr && variable != nullptr)
      return unusable(*variable, "secret_env", "secret_file says it");
    if (file != nullptr) read_secret(*file, "secret_file", secret_of_file);
    if (variable != nullptr) read_secret(*variable, "secret_env", secret_of_variable);
  }

  using Look = Result<std::string> (*)(const SecretPlaces&, const std::string&);

  void read_secret(const toml::node& node, std::string_view key, Look look) {
    std::string name;
    text(node, key, name, is_plain, Wrong::out_of_range);
    if (name.empty()) return;
    const auto secret = look(secrets_, name);
    if (!secret) return unusable(node, key, secret.error().detail);
    notify_.secret = *secret;
  }

  void unusable(const toml::node& node, std::string_view key, std::string why) {
    tell(node.source(), Wrong::unusable, key, "", std::move(why));
  }

  using Fits = bool (*)(std::string_view);

  void text(const toml::node& node, std::string_view key, std::string& target, Fits fits,
            Wrong otherwise) {
    const auto* value = node.as_string();
    if (value == nullptr) return wrong_type(node, key, "string");
    if (!fits(value->get()))
      return tell(node.source(), otherwise, key,
                  otherwise == Wrong::not_one_of ? value->get() : '"' + value->get() + '"',
                  otherwise == Wrong::not_one_of ? all_kinds() : "1 to 1024 bytes");
    target = value->get();
  }

  void texts(std::string_view key, std::vector<std::string>& target, Fits fits,
             Wrong otherwise = Wrong::out_of_range) {
    const auto* node = table_.get(key);
    if (node == nullptr) return;
    const auto* values = node->as_array();
    if (values == nullptr) return wrong_type(*node, key, "array of strings");
    if (values->size() > texts_max)
      return tell(node->source(), Wrong::out_of_range, key, std::to_string(values->size()),
                  "at most " + std::to_string(texts_max));
    for (const auto& value : *values) text(value, key, target.emplace_back(), fits, otherwise);
  }

  void flag(std::string_view key, bool& target) {
    const auto* node = table_.get(key);
    if (node == nullptr) return;
    const auto* value = node->as_boolean();
    if (value == nullptr) return wrong_type(*node, key, "boolean");
    target = value->get();
  }

  void time(std::string_view key, std::chrono::seconds& target, Range range) {
    const auto* node = table_.get(key);
    if (node == nullptr) return;
    const auto* value = node->as_string();
    if (value == nullptr) return wrong_type(*node, key, "string");
    const auto duration = duration_of(value->get());
    if (!duration || *duration < range.least || *duration > range.most)
      return tell(node->source(), Wrong::out_of_range, key, '"' + value->get() + '"',
                  duration_text(range.least) + " to " + duration_text(range.most));
    target = *duration;
  }

  const toml::table& table_;
  const SecretPlaces& secrets_;
  const WrongAt& wrong_;
  Notify notify_;
  bool clean_ = true;
};

}  // namespace

std::vector<Notify> read_notify(const toml::node& node, const SecretPlaces& secrets,
                                const WrongAt& wrong) {
  const auto* tables = node.as_array();
  if (tables == nullptr || !tables->is_array_of_tables()) {
    std::ostringstream type;
    type << node.type();
    wrong(node.source(), {"", Wrong::wrong_type, "notify", type.str(), "[[notify]] tables"});
    return {};
  }
  if (tables->size() > notify_max)
    wrong(node.source(), {"", Wrong::out_of_range, "notify", std::to_string(tables->size()),
                          "at most " + std::to_string(notify_max)});
  std::vector<Notify> all;
  for (const auto& table : *tables)
    if (auto notify = Reading(*table.as_table(), secrets, wrong).read())
      all.push_back(std::move(*notify));
  return all;
}

}  // namespace noroshi::config
