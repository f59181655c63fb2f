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

#include "publishers/publish/exit.hpp"
#include "publishers/publish/hub_options.hpp"
#include "publishers/publish/order_options.hpp"

namespace noroshi::publishers {

enum class Output { text, json };
enum class Speech { full, errors_only };

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
  std::string break_glass = {};              // why an officer sends alone what needs two
  std::optional<std::string> document = {};  // what would be in `file`, when it is here already
};

struct DraftOptions {
  std::string file;  // "-": stdin
  std::string replaces;
  HubOptions hub;
  std::chrono::seconds timeout{30};
  Consent consent = Consent::ask;
  std::optional<std::string> document = {};  // what would be in `file`, when it is here already
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
  enum class Watch { once, until_all } watch = Watch::once;
  Wait wait = {};  // what is counted, and watched for
};

struct Options {
  std::variant<ValidateOptions, SignOptions, SendOptions, StatusOptions, DraftOptions,
               DraftsOptions, ApproveOptions, WithdrawOptions, OrderOptions>
      verb;
  Output output = Output::text;
  Speech speech = Speech::full;
};

// Prints help, version or what is wrong with the command line itself, and then gives the exit code.
tl::expected<Options, Exit> parse_options(int argument_count, const char* const* arguments);

// delivered[:connected|:all|:N]; nothing when it is none of these.
std::optional<Wait> wait_of(const std::string& text);

}  // namespace noroshi::publishers
