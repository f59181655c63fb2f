// Everything noroshi-subscribe says to people, one table a language. {} are filled in order.
#pragma once

#include <string_view>

#include "proto/terminal/language.hpp"

namespace noroshi::subscribers {

struct Words {
  std::string_view code;  // for Accept-Language
  std::string_view about, examples;
  // Options.
  std::string_view hub, ca, token_file, cert, key, context, one_identity, drill, from, format,
      width, language, out, exec, exec_timeout, ack, states, standing, on_air, receipts, count,
      quiet, help, version;
  // Usage errors.
  std::string_view bad_url, hubs_and_files, bad_drill, bad_from, bad_format, width_of_ticker,
      bad_ack, ack_needs_store, bad_exec, bad_medium, needed, out_and_format, states_format,
      unknown_context, context_unfit;
  // What happens.
  std::string_view connected, back, trying_again, trying_next, log_changed, declined, stopping;
  std::string_view no_index, as_of;
  std::string_view passed, run_exited, run_killed, run_too_slow, run_not_started;
  // Why the hub is away.
  std::string_view name_unknown, unreachable, timed_out, certificate_untrusted, certificate_name,
      tls, not_allowed, busy, not_a_hub, protocol, silent, cut, goodbye;
  // Why we end.
  std::string_view replaced, suspended, rolled_back, drill_over, other_channel;
};

extern const Words words_ja;
extern const Words words_en;

// In the language of the environment.
inline const Words& words() {
  return terminal::language_of_process() == terminal::Language::japanese ? words_ja : words_en;
}

}  // namespace noroshi::subscribers
