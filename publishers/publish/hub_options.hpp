// Which hub a verb talks to, as whom, and what it waits for.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "proto/wire/hub_address.hpp"

namespace noroshi::publishers {

// Which hub, and as whom.
struct HubOptions {
  wire::HubAddress hub;
  std::optional<std::filesystem::path> ca;
  std::filesystem::path token_file;   // empty: `certificate` and `key`
  std::filesystem::path certificate;  // of the caller, with `key`; empty: the token
  std::filesystem::path key;
  std::string drill;  // empty: live
};

// Whose acknowledgement is waited for.
struct Wait {
  enum class Whose { all, connected, number };
  Whose whose = Whose::all;
  std::uint64_t number = 0;
  enum class Until { delivered, shown } until = Until::delivered;
};

// Whether a person is asked, or has said so by an option.
enum class Consent { ask, said };

}  // namespace noroshi::publishers
