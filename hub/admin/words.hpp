// What the admin verbs say to people: a code plus values here, one table of sentences a language.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "hub/config/language.hpp"

namespace noroshi::admin {

using config::Language;

enum class Say {
  // the data directory
  directory_missing,
  directory_unfinished,
  directory_foreign,
  directory_format,
  directory_not_empty,
  init_failed_half_way,
  init_done,
  init_demo_done,
  // values
  bad_code,
  bad_check_digit,
  bad_area,
  bad_subscriber_id,
  bad_name,
  bad_sender,
  bad_event,
  bad_outlet,
  bad_level,
  bad_host,
  bad_environment,
  areas_wanted,
  name_wanted,
  nothing_to_set,
  // registry
  publisher_exists,
  subscriber_exists,
  publisher_unknown,
  subscriber_unknown,
  publisher_registered,
  subscriber_registered,
  no_sender,
  changed,
  suspended,
  suspended_already,
  resumed,
  resumed_already,
  token_replaced,
  token_written,
  token_shown_once,
  list_empty,
  state_active,
  state_suspended,
  label_code,
  label_id,
  label_name,
  label_senders,
  label_areas,
  label_events,
  label_min_level,
  label_outlets,
  label_state,
  // certificates
  cert_issued,
  cert_former_end,
  cert_none_valid,
  cert_key_taken,
  cert_too_many,
  cert_revoked,
  cert_revoked_already,
  cert_unknown,
  cert_list_empty,
  cert_state_valid,
  cert_state_ends,
  cert_state_not_yet,
  cert_state_expired,
  cert_state_revoked,
  cert_written,
  cert_key_written,
  cert_authority_missing,
  cert_authority_ends,
  cert_csr_bad,
  cert_csr_proof,
  cert_csr_key,
  cert_file_exists,
  cert_bad_identity,
  cert_serial_or_identity,
  cert_hub_renewed,
  // outcomes
  journal_refused,
  journal_unknown,
  journal_locked,
  // the admin socket
  request_malformed,
  request_too_long,
  peer_refused,
  hub_silent,
  hub_answer_malformed,
  socket_failed,
  another_hub,
  no_hub,
  // check
  check_clean,
  check_unreadable,
  check_mode,
  check_certificate,
  check_key_mismatch,
  check_expired,
  check_expires_soon,
  check_not_yet,
  check_journal,
  check_journal_in_use,
  // command line
  usage_hint,
  unexpected_argument,
  missing_argument,
  help_program,
  help_init,
  help_serve,
  help_check,
  help_publisher,
  help_subscriber,
  help_status,
  help_add_publisher,
  help_add_subscriber,
  help_set_publisher,
  help_set_subscriber,
  help_list,
  help_show,
  help_suspend,
  help_resume,
  help_token,
  help_cert,
  help_cert_issue,
  help_cert_list,
  help_cert_renew,
  help_cert_revoke,
  flag_help,
  flag_version,
  flag_data,
  flag_json,
  flag_quiet,
  flag_demo,
  flag_init_host,
  flag_environment,
  flag_init_directory,
  flag_listen,
  flag_port,
  flag_mtls_port,
  flag_admin_port,
  flag_serve_host,
  flag_code,
  flag_id,
  flag_name,
  flag_sender,
  flag_areas,
  flag_events,
  flag_min_level,
  flag_outlets,
  flag_token_file,
  flag_reason,
  flag_kind,
  flag_holder,
  flag_days,
  flag_out,
  flag_csr,
  flag_ca_key,
  flag_overlap,
  flag_serial,
  flag_identity,
  label_usage,
  label_options,
  label_positionals,
  label_subcommands,
  label_examples,
  label_required,
  end  // not a sentence: how many there are
};

// The sentence with {0}, {1} … where values go.
std::string_view english(Say what);
std::string_view japanese(Say what);

inline std::string_view sentence(Language language, Say what) {
  return language == Language::japanese ? japanese(what) : english(what);
}

// Values from outside go through printable() first.
template <class... Values>
std::string say(Language language, Say what, const Values&... values) {
  return fmt::format(fmt::runtime(sentence(language, what)), values...);
}

}  // namespace noroshi::admin
