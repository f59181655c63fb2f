#include "hub/api/problem.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "hub/api/words.hpp"
#include "proto/jp/messages.hpp"
#include "proto/signature/words.hpp"

namespace noroshi::api {
namespace {

bool is_admission_rule(std::string_view rule) {
  return rule.starts_with("alert.") || rule.starts_with("approval.") || rule.starts_with("area.") ||
         rule.starts_with("message.") || rule.starts_with("repeat.") || rule.starts_with("auth.") ||
         rule.starts_with("admission.") || rule.starts_with("life.") || rule == "cap.R090" ||
         rule == "cap.R091";
}

// Their values begin with the way the signature is wrong: "expired city-2026".
bool is_signature_rule(std::string_view rule) { return rule == "cap.R080" || rule == "cap.R081"; }

std::string message_of(const cap::Finding& finding, cap::Language language) {
  if (is_signature_rule(finding.rule)) {
    const std::string_view said = finding.value;
    const auto blank = std::min(said.find(' '), said.size());
    const auto value = blank == said.size() ? std::string_view() : said.substr(blank + 1);
    return signature::message(said.substr(0, blank), value, language);
  }
  if (!is_admission_rule(finding.rule)) return jp::message(finding, language);
  const auto said = words(finding.rule, language);
  const std::string separator = language == cap::Language::japanese ? "。" : ". ";
  std::string value = finding.value.empty() ? "" : finding.value + ": ";
  return value + std::string(said.title) + separator + std::string(said.advice);
}

boost::json::object json(const cap::Finding& finding, cap::Language language) {
  return {{"rule", finding.rule},     {"severity", cap::name(finding.severity)},
          {"path", finding.path},     {"line", finding.line},
          {"column", finding.column}, {"message", message_of(finding, language)}};
}

wire::Response encoded(const Problem& problem, const std::string& title, const std::string& advice,
                       boost::json::array findings, const char* languages) {
  std::string detail = problem.detail.empty() ? std::string() : cap::shown(problem.detail) + ": ";
  detail += advice;
  boost::json::object body{{"type", "urn:noroshi:problem:" + std::string(problem.code)},
                           {"title", title},
                           {"status", problem.status},
                           {"detail", detail},
                           {"code", problem.code},
                           {"findings", std::move(findings)}};
  if (!problem.confirm.empty()) {
    body["confirm"] = problem.confirm;
    body["confirm_until"] = problem.confirm_until;
  }
  wire::Response answer{problem.status,
                        {{"Content-Type", "application/problem+json"},
                         {"Content-Language", languages},
                         {"Cache-Control", "no-store"}},
                        boost::json::serialize(body) + "\n"};
  if (problem.retry_after_seconds > 0)
    answer.fields.emplace_back("Retry-After", std::to_string(problem.retry_after_seconds));
  if (problem.status == 401) answer.fields.emplace_back("WWW-Authenticate", "Bearer");
  return answer;
}

}  // namespace

int status_of(std::string_view code) {
  if (code == "auth.required") return 401;
  if (code.starts_with("auth.")) return 403;
  if (code == "alert.conflict" || code == "alert.stale" || code == "drill.closed") return 409;
  if (code == "approval.required") return 403;
  if (code == "draft.unknown") return 404;
  if (code == "draft.expired") return 410;
  if (code == "confirm.required" || code == "alert.repeated" || code.starts_with("draft."))
    return 409;
  if (code == "too-large") return 413;
  if (code.starts_with("xml.")) return 400;
  return 422;
}

wire::Response response(const Problem& problem, cap::Language language) {
  const auto said = words(problem.code, language);
  boost::json::array findings;
  for (const auto& finding : problem.findings) findings.push_back(json(finding, language));
  const auto* tag = language == cap::Language::japanese ? "ja" : "en";
  return encoded(problem, std::string(said.title), std::string(said.advice), std::move(findings),
                 tag);
}

wire::Response response_in_both(const Problem& problem) {
  const auto japanese = words(problem.code, cap::Language::japanese);
  const auto english = words(problem.code, cap::Language::english);
  const auto both = [](std::string_view first, std::string_view second) {
    return std::string(first) + " / " + std::string(second);
  };
  return encoded(problem, both(japanese.title, english.title),
                 both(japanese.advice, english.advice), {}, "ja, en");
}

cap::Finding admission_finding(std::string_view rule, std::string value, std::string path,
                               unsigned line, unsigned column) {
  cap::Finding finding;
  finding.rule = std::string(rule);
  finding.value = cap::shown(value);
  finding.path = std::move(path);
  finding.line = line;
  finding.column = column;
  return finding;
}

}  // namespace noroshi::api
