// The command line of noroshi-publish.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

#include "proto/wire/hub_address.hpp"
#include "publishers/publish/exit.hpp"

namespace noroshi::publishers {

enum class Output { text, json };
enum class Speech { full, errors_only };

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
};

// Whether a person is asked, or has said so by an option.
enum class Consent { ask, said };

struct ValidateOptions {
  std::vector<std::string> files;  // "-": stdin
};

struct SignOptions {
  std::string file;         // "-": stdin
  std::string key;          // private, PEM
  std::string certificate;  // of that key, PEM
  std::string out;          // empty: stdout
};

struct SendOptions {
  std::string file;  // "-": stdin
  HubOptions hub;
  std::optional<Wait> wait;
  std::chrono::seconds timeout{30};
  Consent consent = Consent::ask;
  std::string break_glass = {};  // why an officer sends alone what needs two
};

struct DraftOptions {
  std::string file;  // "-": stdin
  std::string replaces;
  HubOptions hub;
  std::chrono::seconds timeout{30};
  Consent consent = Consent::ask;
};

struct DraftsOptions {
  HubOptions hub;
  std::chrono::seconds timeout{30};
};

struct ApproveOptions {
  std::string id;
  HubOptions hub;
  std::chrono::seconds timeout{30};
  Consent consent = Consent::ask;
};

struct WithdrawOptions {
  std::string id;
  std::string reason;
  HubOptions hub;
  std::chrono::seconds timeout{30};
};

struct StatusOptions {
  std::string alert;  // a sequence or a CAP identifier
  HubOptions hub;
  std::chrono::seconds timeout{30};
  enum class Watch { once, until_all_have_it } watch = Watch::once;
};

struct Options {
  std::variant<ValidateOptions, SignOptions, SendOptions, StatusOptions, DraftOptions,
               DraftsOptions, ApproveOptions, WithdrawOptions>
      verb;
  Output output = Output::text;
  Speech speech = Speech::full;
};

// Prints help, version or what is wrong with the command line itself, and then gives the exit code.
tl::expected<Options, Exit> parse_options(int argument_count, const char* const* arguments);

// delivered[:connected|:all|:N]; nothing when it is none of these.
std::optional<Wait> wait_of(const std::string& text);

}  // namespace noroshi::publishers
