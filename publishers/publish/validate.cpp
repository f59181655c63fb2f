#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>

#include "proto/jp/messages.hpp"
#include "proto/jp/validate.hpp"
#include "proto/terminal/printable.hpp"
#include "publishers/publish/document.hpp"
#include "publishers/publish/verbs.hpp"

namespace noroshi::publishers {

namespace json = boost::json;

namespace {

std::int64_t now_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

json::object object_of(const cap::Finding& finding, cap::Language language) {
  return {{"rule", finding.rule},
          {"severity", cap::name(finding.severity)},
          {"path", terminal::printable(finding.path)},
          {"line", finding.line},
          {"column", finding.column},
          {"message", terminal::printable(jp::message(finding, language))}};
}

std::size_t signatures_in(const cap::Verdict& verdict) {
  return verdict.alert ? verdict.alert->signatures.places.size() : 0;
}

std::string json_line(const std::string& file, const cap::Verdict& verdict,
                      cap::Language language) {
  json::array findings;
  for (const auto& finding : verdict.findings) findings.push_back(object_of(finding, language));
  return json::serialize(json::object{{"file", terminal::printable(file)},
                                      {"verdict", verdict.accepted() ? "accepted" : "refused"},
                                      {"signatures", signatures_in(verdict)},
                                      {"findings", std::move(findings)}});
}

void print_text(const std::string& file, const cap::Verdict& verdict, const Terminal& terminal) {
  const auto& words = terminal.words();
  terminal.print(filled(verdict.accepted() ? words.valid : words.invalid, file));
  for (const auto& finding : verdict.findings)
    terminal.print(fmt::format("{}:{}:{}: {} {}: {} {}", file, finding.line, finding.column,
                               cap::name(finding.severity), finding.rule,
                               jp::message(finding, words.language), finding.path));
  if (const auto signatures = signatures_in(verdict); signatures > 0)
    terminal.say(filled(words.has_signatures, file, signatures));
}

}  // namespace

Exit validate(const ValidateOptions& options, Output output, const Terminal& terminal) {
  auto exit = Exit::ok;
  for (const auto& file : options.files) {
    const auto bytes = read_document(file);
    if (!bytes) {
      const auto unread = terminal.report(bytes.error());
      if (exit == Exit::ok) exit = unread;
      continue;
    }
    const auto verdict = jp::validate(*bytes, std::nullopt, now_ms());
    if (!verdict.accepted()) exit = Exit::refused;
    if (output == Output::json)
      terminal.print(json_line(file, verdict, terminal.words().language));
    else
      print_text(file, verdict, terminal);
  }
  return exit;
}

}  // namespace noroshi::publishers
