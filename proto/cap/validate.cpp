#include "proto/cap/validate.hpp"

#include <algorithm>
#include <utility>

#include "proto/cap/findings.hpp"
#include "proto/cap/gate.hpp"
#include "proto/cap/reader.hpp"
#include "proto/cap/rules.hpp"

namespace noroshi::cap {
namespace {

bool is_error(const Finding& finding) { return finding.severity == Severity::error; }

std::string code_of(const Finding& error) {
  const std::string_view aspect = error.aspect;
  if (error.rule == "cap.R001") {
    const bool encoding = aspect == "charset" || aspect == "contradiction" ||
                          aspect == "undecodable" || aspect == "content-type";
    return encoding ? "xml.encoding" : "xml.malformed";
  }
  if (error.rule == "cap.R002") {
    if (aspect == "doctype" || aspect == "depth") return "xml." + error.aspect;
    if (aspect == "bytes" || aspect == "nodes" || aspect == "attributes" ||
        aspect == "namespaces" || aspect == "names")
      return "too-large";
  }
  return "alert.invalid";
}

}  // namespace

bool Verdict::accepted() const { return std::none_of(findings.begin(), findings.end(), is_error); }

std::string Verdict::code() const {
  const auto first = std::find_if(findings.begin(), findings.end(), is_error);
  return first == findings.end() ? std::string() : code_of(*first);
}

Verdict validate(std::string_view bytes, std::optional<std::string_view> declared_charset,
                 std::int64_t now_ms) {
  auto text = admit(bytes, declared_charset);
  if (!text) return {std::nullopt, {std::move(text.error())}};
  Findings findings;
  auto alert = read(std::move(*text), findings);
  if (alert) check(*alert, now_ms, findings);
  return {std::move(alert), findings.take()};
}

}  // namespace noroshi::cap
