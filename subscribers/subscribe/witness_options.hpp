// The command line of noroshi-subscribe witness.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "proto/merkle/note.hpp"
#include "proto/terminal/exit.hpp"
#include "proto/wire/caller.hpp"
#include "proto/wire/hub_address.hpp"
#include "subscribers/subscribe/options.hpp"

namespace noroshi::subscribers {

struct WitnessOptions {
  std::string url;
  wire::HubAddress hub;
  wire::CallerFiles caller;
  std::filesystem::path state;
  std::vector<merkle::NoteVerifier> pinned;
  std::chrono::seconds every{300};
  bool once = false;
  std::shared_ptr<const merkle::Cosigner> cosigner = nullptr;
  Speech speech = Speech::full;
};

// Prints help or what is wrong with the command line, and then gives the exit code. The first
// argument is the verb.
tl::expected<WitnessOptions, Exit> parse_witness_options(int argument_count,
                                                         const char* const* arguments);

}  // namespace noroshi::subscribers
