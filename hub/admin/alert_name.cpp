#include "hub/admin/alert_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "hub/admin/audit_verbs.hpp"
#include "hub/admin/audit_words.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admin/report_words.hpp"

namespace noroshi::admin {
namespace {

constexpr std::string_view blanks = " \t\r\n<&";

// CAP allows neither blanks nor these in an identifier; and what has only digits is a sequence,
// right or wrong.
bool may_be_name(const std::string& typed) {
  if (typed.empty() || typed.size() > alert_name_bytes_max || !is_printable(typed)) return false;
  return typed.find_first_of(blanks) == typed.npos &&
         typed.find_first_not_of("+-0123456789") != typed.npos;
}

std::string typed_in(const AuditTerms& terms) {
  return printable(terms.alert.empty() ? std::to_string(terms.sequence) : terms.alert);
}

}  // namespace

Result<AuditTerms> entry_terms(const std::string& typed, std::uint64_t size, Language language) {
  auto terms = audit_terms_of(typed, size, language);
  if (terms && terms->epoch != 0) terms->alert = typed;
  if (terms || !may_be_name(typed)) return terms;
  AuditTerms named;
  named.size = size;
  named.alert = typed;
  return named;
}

bool is_by_name(const AuditTerms& terms, std::uint64_t epoch) {
  const bool elsewhere = terms.epoch != 0 && terms.epoch != epoch;
  return !terms.alert.empty() && (terms.sequence == 0 || elsewhere);
}

view::AlertName alert_name(const AuditTerms& terms, std::uint64_t epoch) {
  view::AlertName name;
  if (!is_by_name(terms, epoch)) {
    name.sequence = terms.sequence;
    return name;
  }
  const auto first = terms.alert.find(',');
  const auto last = terms.alert.rfind(',');
  name.identifier = terms.alert;
  if (first == last) return name;
  name.sender = terms.alert.substr(0, first);
  name.identifier = terms.alert.substr(first + 1, last - first - 1);
  name.sent = terms.alert.substr(last + 1);
  return name;
}

Result<view::Listed> only_one(const AuditTerms& terms, std::uint64_t epoch,
                              std::vector<view::Listed> found, Language language) {
  const auto typed = typed_in(terms);
  if (found.empty() && terms.epoch != 0 && terms.epoch != epoch)
    return failure(ErrorCode::not_found, say(language, AuditSay::entry_other_log, typed, epoch));
  if (found.empty())
    return failure(ErrorCode::not_found, say(language, ReportSay::alert_missing, typed));
  if (found.size() == 1) return std::move(found.front());
  std::string sequences;
  for (const auto& each : found)
    sequences +=
        fmt::format("{}{} ({}, {})", sequences.empty() ? "" : ", ", each.sequence,
                    printable(each.alert.channel()), printable(each.alert.summary().sender()));
  return failure(ErrorCode::conflict, say(language, ReportSay::alert_ambiguous, typed, sequences));
}

}  // namespace noroshi::admin
