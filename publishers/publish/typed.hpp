// The command line of noroshi-publish as it is typed, before it is understood; shared by the
// sources that read it.
#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "publishers/publish/options.hpp"
#include "publishers/publish/words.hpp"

namespace noroshi::publishers {

struct Typed {
  std::vector<std::string> files;
  std::string file, alert, hub, ca, token_file, cert, key, drill, wait, out, context;
  std::string break_glass, replaces, id, reason;
  std::uint64_t timeout = 30;
  bool confirm = false, watch = false, json = false, quiet = false;
  OrderOptions order;
  std::string level;
  bool zone = false, none = false, as_draft = false, dry_run = false;
};

inline std::string text(std::string_view words) { return std::string(words); }

// Says it on stderr.
tl::unexpected<Exit> usage_error(const std::string& message);

template <class... Values>
tl::unexpected<Exit> usage(std::string_view pattern, const Values&... values) {
  return usage_error(fmt::format(fmt::runtime(pattern), values...));
}

void describe_output(CLI::App& verb, Typed& typed, const Words& w);
// Which hub, as whom, in which drill, how long.
void describe_hub(CLI::App& verb, Typed& typed, const Words& w);
// order, correct, lift and cancel.
void describe_order(CLI::App& app, Typed& typed, const Words& w);

Consent consent_of(const Typed& typed);
// These say on stderr what is missing or wrong.
tl::expected<HubOptions, Exit> hub_of(const Typed& typed, const Words& w);
// Fills in what the command line leaves open: from NOROSHI_…, then from the context that is named,
// if any. Not left to CLI11, which lets the environment of one verb overwrite an option of another.
tl::expected<void, Exit> take_surroundings(Typed& typed, const Words& w);
tl::expected<OrderOptions, Exit> order_of(Typed typed, OrderOptions::Deed deed, const Words& w);

}  // namespace noroshi::publishers
