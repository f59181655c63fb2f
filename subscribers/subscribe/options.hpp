// The command line of noroshi-subscribe.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "proto/merkle/cosignature.hpp"
#include "proto/merkle/note.hpp"
#include "proto/terminal/exit.hpp"
#include "proto/wire/hub_address.hpp"
#include "subscribers/client/session.hpp"
#include "subscribers/subscribe/printer.hpp"

namespace noroshi::subscribers {

using terminal::Exit;

enum class Speech { full, errors_only };

// One of the hubs, in the order of preference.
struct HubOption {
  std::string url;
  wire::HubAddress address;
  std::optional<std::filesystem::path> ca;
  std::filesystem::path token_file;  // empty: `certificate` and `key`
};

struct Options {
  std::vector<HubOption> hubs;        // at least one, but with `standing`
  std::filesystem::path certificate;  // of the caller, with `key`; empty: the token
  std::filesystem::path key;
  std::string drill;  // empty: the live stream
  Beginning beginning;
  Print print;
  std::optional<std::filesystem::path> out;
  std::vector<std::string> command;  // empty: none
  std::chrono::seconds command_limit{30};
  bool states = false;                  // print what becomes of alerts, too
  bool standing = false;                // print what stands in `out`, and nothing else
  std::string on_air;                   // a medium; empty: nothing is reported
  std::filesystem::path receipts;       // with `on_air`: where reports lie until they are recorded
  std::filesystem::path witness_state;  // empty: the hubs' logs are not looked at
  std::chrono::seconds witness_every{300};
  std::vector<merkle::NoteVerifier> audit_keys;  // none: those the hubs first name
  std::shared_ptr<const merkle::Cosigner> cosigner;
  std::optional<std::uint64_t> count_max;
  Speech speech = Speech::full;
};

// Prints help, version or what is wrong with the command line itself, and then gives the exit code.
tl::expected<Options, Exit> parse_options(int argument_count, const char* const* arguments);

}  // namespace noroshi::subscribers
