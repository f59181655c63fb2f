// Any bytes at all through the rules of CAP and CAP-JP, and the reading of an order.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>

#include "proto/cap/utf8.hpp"
#include "proto/cap/writer.hpp"
#include "proto/jp/area.hpp"
#include "proto/jp/codes.hpp"
#include "proto/jp/messages.hpp"
#include "proto/jp/order.hpp"
#include "proto/jp/validate.hpp"

namespace {

using namespace noroshi;

void require(bool holds) {
  if (!holds) std::abort();
}

bool fits(const std::string& text) {
  return text.size() <= jp::value_bytes_max && cap::utf8::first_fault(text) == std::string::npos;
}

// What is kept for ever is bounded, and can be written as UTF-8.
void require_sound(const jp::Order& order, const cap::Alert& alert) {
  require(jp::is_update_kind(order.update_kind));
  require(order.lines.size() <= alert.info.size());
  require(order.unknown.size() <= jp::unknown_max);
  for (const auto& line : order.lines) {
    require(fits(line.event) && fits(line.hazard));
    std::set<std::string> once(line.districts.begin(), line.districts.end());
    require(once.size() == line.districts.size());
    for (const auto& district : line.districts) require(jp::district(district).has_value());
  }
}

std::multiset<std::string> errors_of(const std::vector<cap::Finding>& findings) {
  std::multiset<std::string> rules;
  for (const auto& finding : findings)
    if (finding.severity == cap::Severity::error) rules.insert(finding.rule + finding.aspect);
  return rules;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto verdict = jp::validate(bytes, std::nullopt, 0);
  require(verdict.accepted() == verdict.code().empty());
  for (const auto& finding : verdict.findings)
    for (const auto language : {cap::Language::japanese, cap::Language::english})
      require(jp::message(finding, language) != finding.rule + ": " + finding.value);
  if (!verdict.alert) return 0;
  const auto& alert = *verdict.alert;
  const auto order = jp::read(alert);
  require(order.has_value() == jp::follows_profile(alert));
  if (order) require_sound(*order, alert);
  const auto channel = jp::channel_of(alert);
  const auto again = cap::validate(cap::write(alert), "utf-8", 0);
  if (!again.alert) return 0;  // escapes may double it
  require(errors_of(jp::check(*again.alert, channel)) == errors_of(jp::check(alert, channel)));
  return 0;
}
