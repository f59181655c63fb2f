// Any bytes at all through validate(); what it reads must be written and read again to the same
// alert and the same errors.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>

#include "proto/cap/messages.hpp"
#include "proto/cap/validate.hpp"
#include "proto/cap/writer.hpp"

namespace {

using namespace noroshi::cap;

void require(bool holds) {
  if (!holds) std::abort();
}

// The rules about values that are broken; what is wrong with the structure is lost by writing.
std::set<std::string> values_broken(const Verdict& verdict) {
  std::set<std::string> rules;
  for (const auto& finding : verdict.findings)
    if (finding.rule > "cap.R005" && finding.severity == Severity::error)
      rules.insert(finding.rule);
  return rules;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto verdict = validate(bytes, std::nullopt, 0);
  require(verdict.accepted() == verdict.code().empty());
  require(!verdict.accepted() || verdict.alert);
  for (const auto& finding : verdict.findings) {
    require(!message(finding, Language::japanese).empty());
    require(message(finding, Language::english) != finding.rule + ": " + finding.value);
  }
  if (!verdict.alert) return 0;
  const auto again = validate(write(*verdict.alert), "utf-8", 0);
  if (again.code() == "too-large") return 0;  // escapes may double it
  require(again.alert == verdict.alert);
  require(!verdict.accepted() || again.accepted());
  if (verdict.findings.size() < 256) require(values_broken(again) == values_broken(verdict));
  return 0;
}
