// Every key of noroshi.toml: its type, what it may be, and where it goes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "hub/config/config.hpp"
#include "hub/config/problem.hpp"

namespace noroshi::config {

// Takes `text` into the configuration, or says what is wrong with it and changes nothing.
using TakeText = std::optional<Wrong> (*)(Config&, const std::string& text);

struct Integer {
  std::int64_t least;
  std::int64_t most;
  void (*set)(Config&, std::int64_t);
};
struct Text {
  std::string_view wanted;  // the values there are, for not_one_of
  TakeText take;
};
struct TextList {
  void (*clear)(Config&);
  TakeText add;
};

struct Flag {
  void (*set)(Config&, bool);
};

struct Setting {
  std::string_view key;
  std::variant<Integer, Text, TextList, Flag> type;
};

std::span<const Setting> settings();
const Setting* setting(std::string_view key);

// The key that `unknown` was probably meant to be, or empty.
std::string_view nearest_key(std::string_view unknown);

}  // namespace noroshi::config
