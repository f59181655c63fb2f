#include "hub/admission/summary.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "proto/cap/instant.hpp"
#include "proto/cap/utf8.hpp"
#include "proto/jp/area.hpp"
#include "proto/jp/parameters.hpp"

namespace noroshi::admission {
namespace {

constexpr std::size_t headline_bytes_max = 1024;
constexpr std::size_t event_bytes_max = 128;
constexpr int events_max = 32;  // an alert about more goes to everybody
constexpr std::size_t document_bytes_max = 256;

std::string cut(std::string_view text, std::size_t bytes_max) {
  return std::string(cap::utf8::prefix(text, bytes_max));
}

// The CAP-JP event codes of an info block, or the raw word of `event` where it has none.
std::vector<std::string> events_of(const cap::Info& info) {
  std::vector<std::string> events;
  for (const auto& code : info.event_code)
    if (code.value_name == jp::list::event) events.push_back(event_value(code.value));
  if (events.empty() && !info.event.value.empty()) events.push_back(event_value(info.event));
  return events;
}

std::uint32_t highest_level(const cap::Alert& alert) {
  std::uint32_t highest = 0;
  for (const auto& info : alert.info)
    if (const auto* level = jp::parameter(info, "WarningLevel"))
      highest = std::max(highest, jp::level_of(*level));
  return highest;
}

// The Japanese headline where there is one, else the first.
std::string headline_of(const cap::Alert& alert) {
  std::string first;
  for (const auto& info : alert.info) {
    if (!info.headline) continue;
    if (info.language && info.language->value.starts_with("ja")) return info.headline->value;
    if (first.empty()) first = info.headline->value;
  }
  return first;
}

// Whole when every info block says when it ends: the latest of them.
std::optional<std::int64_t> expires_of(const cap::Alert& alert) {
  std::optional<std::int64_t> latest;
  for (const auto& info : alert.info) {
    if (!info.expires) return std::nullopt;
    const auto expires = cap::unix_milliseconds(info.expires->value);
    if (!expires) return std::nullopt;
    latest = std::max(latest.value_or(*expires), *expires);
  }
  return latest;
}

std::uint32_t number(std::string_view text) {
  std::uint32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

std::string event_value(const cap::Text& event) { return cut(event.value, event_bytes_max); }

std::string area_code(const cap::Area& area) { return jp::area_code(area); }

std::vector<cap::Triple> distinct_references(const cap::Alert& alert) {
  std::vector<cap::Triple> distinct;
  std::set<std::pair<std::string, std::string>> seen;
  for (auto& triple : cap::references(alert))
    if (seen.emplace(triple.sender, triple.identifier).second)
      distinct.push_back(std::move(triple));
  return distinct;
}

void summarise(const cap::Alert& alert, v1::AlertAccepted& accepted) {
  auto& summary = *accepted.mutable_summary();
  summary.set_identifier(alert.identifier.value);
  summary.set_sender(alert.sender.value);
  summary.set_message_type(alert.msg_type.value);
  summary.set_status(alert.status.value);
  summary.set_headline(cut(headline_of(alert), headline_bytes_max));
  summary.set_level(highest_level(alert));
  accepted.set_sent(alert.sent.value);

  std::set<std::string> codes;
  std::set<std::string> events;
  std::uint32_t without_code = 0;
  for (const auto& info : alert.info) {
    for (auto& event : events_of(info)) {
      if (summary.event().empty()) summary.set_event(event);
      events.insert(std::move(event));
    }
    if (summary.document().empty())
      if (const auto* document = jp::parameter(info, "DocumentId"))
        summary.set_document(cut(*document, document_bytes_max));
    if (summary.revision() == 0)
      if (const auto* revision = jp::parameter(info, "DocumentRevision"))
        summary.set_revision(number(*revision));
    if (info.area.empty()) ++without_code;  // it speaks for no place that could be checked
    for (const auto& area : info.area) {
      auto code = area_code(area);
      if (code.empty())
        ++without_code;
      else
        codes.insert(std::move(code));
    }
  }
  accepted.set_areas_without_code(without_code);

  auto& own = *accepted.add_routing();
  own.set_level(summary.level());
  for (const auto& code : codes) {
    summary.add_area_codes(code);
    own.add_area_codes(code);
  }
  for (const auto& event : events) {
    if (own.events_size() == events_max)
      accepted.set_to_everybody(true);
    else
      own.add_events(event);
  }

  for (const auto& triple : distinct_references(alert)) {
    auto& reference = *accepted.add_references();
    reference.set_sender(triple.sender);
    reference.set_identifier(triple.identifier);
    reference.set_sent(triple.sent);
  }
  if (const auto expires = expires_of(alert)) accepted.set_expires_ms(*expires);
}

}  // namespace noroshi::admission
