// Everything noroshi-publish says to people, one table a language. {} are filled in order, or by
// number.
#pragma once

#include <string_view>

#include "proto/cap/finding.hpp"
#include "proto/terminal/language.hpp"

namespace noroshi::publishers {

struct Words {
  cap::Language language;
  std::string_view code;  // for Accept-Language
  // Help.
  std::string_view about, examples;
  std::string_view validate, validate_examples, sign, sign_examples, send, send_examples, status,
      status_examples;
  std::string_view order, order_examples, correct, correct_examples, lift, lift_examples, cancel,
      cancel_examples;
  std::string_view city, from, level, zone, none, hazard, district, lift_district, whole,
      order_reason, reason_code, local, update, decided, late, as_draft, dry_run;
  std::string_view files, file, alert, hub, ca, token_file, cert, key, context, one_identity, drill,
      wait, timeout, watch, json, quiet, help, version;
  std::string_view draft, draft_examples, drafts, approve, approve_examples, withdraw;
  std::string_view confirm, break_glass, replaces, yes, reason, draft_id;
  std::string_view sign_key, sign_certificate, sign_out;
  // Usage errors.
  std::string_view needed, bad_url, bad_drill, bad_wait, one_stdin, bad_time, bad_word, bad_usage,
      needed_identity, unknown_context, context_unfit;
  // What happens.
  std::string_view valid, invalid, accepted, known, drill_mark, unread, trying_again;
  std::string_view waiting, all_have_it, not_in_time, report, report_shown, earlier_shown,
      earlier_withdrawn;
  std::string_view queued, delivered, passed, refused, shown, replaced, withdrawn, connected, away;
  std::string_view overdue, deadline_kept, deadline_open, deadline_overdue, medium_counts,
      more_rows, line_lost;
  std::string_view drafted, no_drafts, draft_withdrawn;
  // What goes on air, and whether it should.
  std::string_view orders, lifts, level_3, level_4, level_5, and_more, unreadable;
  std::string_view sign_yes, sign_lift, sign_cancel, type_to_agree, nobody_to_ask, not_agreed;
  std::string_view sign_done, has_signatures;
  // What goes wrong.
  std::string_view sign_invalid, sign_charset, sign_end, sign_full, sign_key_unfit,
      sign_certificate_unfit, sign_mismatch, sign_expired, sign_not_yet;
  std::string_view too_large, name_unknown, unreachable, timed_out, certificate_untrusted,
      certificate_name, tls, cut, not_a_hub, problem, unknown_alert, unknown_district,
      not_continued, nothing_in_force, not_in_force_there, ambiguous_district, city_unfit,
      identity_unfit;
};

extern const Words words_ja;
extern const Words words_en;

// In the language of the environment.
inline const Words& words() {
  return terminal::language_of_process() == terminal::Language::japanese ? words_ja : words_en;
}

}  // namespace noroshi::publishers
