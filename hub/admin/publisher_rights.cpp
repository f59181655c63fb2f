#include "hub/admin/publisher_rights.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

#include "hub/admin/printable.hpp"
#include "hub/admin/terms.hpp"
#include "hub/alarms/deadlines.hpp"
#include "hub/config/duration.hpp"
#include "hub/geometry/shape.hpp"
#include "proto/cap/instant.hpp"
#include "proto/hexadecimal.hpp"

namespace noroshi::admin {
namespace {

constexpr std::int64_t year_ms = std::int64_t{366} * 86'400'000;
constexpr std::size_t echo_bytes_max = 80;
constexpr std::size_t proxies_max = 64;
constexpr std::size_t day_length = 10;  // 2027-03-31

std::optional<std::int64_t> end_of(const std::string& typed) {
  if (typed.size() != day_length) return cap::unix_milliseconds(typed);
  const auto last_second = cap::unix_milliseconds(typed + "T23:59:59+09:00");
  return last_second ? std::optional(*last_second + 1000) : std::nullopt;
}

tl::unexpected<Error> wrong(Language language, Say what, std::string_view typed) {
  return failure(ErrorCode::invalid,
                 say(language, what, printable(typed.substr(0, echo_bytes_max))));
}

Result<registry::ProxyRight> proxy_right(const std::string& typed, std::int64_t now_ms,
                                         Language language) {
  const auto colon = typed.find(':');
  const auto until = colon == std::string::npos ? std::nullopt : end_of(typed.substr(colon + 1));
  if (!until) return wrong(language, Say::bad_proxy, typed);
  auto code = publisher_code(typed.substr(0, colon), language);
  if (!code) return tl::unexpected<Error>(code.error());
  if (*until <= now_ms || *until > now_ms + year_ms)
    return wrong(language, Say::bad_proxy_end, typed);
  return registry::ProxyRight{std::move(*code), *until};
}

std::optional<Error> change_proxies(registry::Publisher& publisher, const RightsTerms& terms,
                                    Language language) {
  const auto forget = [&](const std::string& code) {
    return std::erase_if(publisher.proxies,
                         [&](const auto& right) { return right.publisher == code; });
  };
  for (const auto& typed : terms.no_proxies) {
    const auto code = publisher_code(typed, language);
    if (!code) return code.error();
    if (forget(*code) == 0)
      return Error{ErrorCode::not_found, say(language, Say::proxy_unknown, *code, publisher.code)};
  }
  for (const auto& typed : terms.proxies) {
    auto right = proxy_right(typed, terms.now_ms, language);
    if (!right) return right.error();
    if (right->publisher == publisher.code) return wrong(language, Say::bad_proxy, typed).value();
    forget(right->publisher);
    publisher.proxies.push_back(std::move(*right));
  }
  if (publisher.proxies.size() > proxies_max)
    return Error{ErrorCode::invalid, say(language, Say::too_many_proxies, proxies_max)};
  return std::nullopt;
}

std::optional<Error> change_deadline(v1::Deadlines& deadlines, const std::string& typed,
                                     Language language) {
  const auto equals = typed.find('=');
  const auto step = typed.substr(0, equals);
  const auto within = equals == std::string::npos
                          ? std::nullopt
                          : config::duration_of(std::string_view(typed).substr(equals + 1));
  const bool fits = within && within->count() >= 1 && within->count() <= alarms::deadline_max_s;
  const auto seconds = fits ? static_cast<std::uint32_t>(within->count()) : 0;
  if (fits && step == "delivered")
    deadlines.set_delivered_s(seconds);
  else if (fits && step == "shown")
    deadlines.set_shown_s(seconds);
  else if (fits && step == "withdrawn")
    deadlines.set_withdrawn_s(seconds);
  else
    return wrong(language, Say::bad_deadline, typed).value();
  return std::nullopt;
}

std::optional<Error> change_deadlines(v1::PublisherPolicy& policy, const RightsTerms& terms,
                                      Language language) {
  if (terms.no_deadlines) policy.clear_deadlines();
  for (const auto& typed : terms.deadlines)
    if (auto error = change_deadline(*policy.mutable_deadlines(), typed, language)) return error;
  return std::nullopt;
}

}  // namespace

Result<std::vector<std::string>> event_rights(const std::vector<std::string>& typed,
                                              Language language) {
  auto terms = typed;
  for (auto& term : terms)
    if (term.size() > 2 && term.ends_with(".*")) term.pop_back();
  return event_terms(terms, language);
}

Result<std::string> territory_from(const std::string& file, Language language) {
  std::ifstream stream(file, std::ios::binary);
  std::string text(geojson_bytes_max + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(stream.gcount(), 0)));
  const auto refused = [&](const std::string& why) {
    return failure(ErrorCode::invalid, say(language, Say::bad_territory, printable(file), why));
  };
  if (text.empty()) return refused(say(language, Say::territory_unreadable));
  if (text.size() > geojson_bytes_max)
    return refused(say(language, Say::territory_too_long, geojson_bytes_max));
  const auto area = geometry::area_from_geojson(text);
  if (!area) return refused(printable(area.error().detail));
  return hexadecimal(geometry::to_wkb(*area));
}

Result<std::shared_ptr<const std::string>> area_bytes(const std::string& digits,
                                                      Language language) {
  if (digits.empty()) return nullptr;
  const auto bytes = from_hexadecimal(digits);
  const auto area =
      bytes ? geometry::area_from_wkb(*bytes) : failure(ErrorCode::invalid, "hexadecimal");
  if (!area)
    return failure(ErrorCode::invalid,
                   say(language, Say::bad_territory, "-", printable(area.error().detail)));
  return std::make_shared<const std::string>(geometry::to_wkb(*area));
}

std::optional<Error> change_rights(registry::Publisher& publisher, const RightsTerms& terms,
                                   Language language) {
  if (terms.territory) {
    auto area = area_bytes(*terms.territory, language);
    if (!area) return area.error();
    publisher.territory = std::move(*area);
  }
  if (terms.profile_required) publisher.policy.set_profile_required(*terms.profile_required);
  if (auto error = change_deadlines(publisher.policy, terms, language)) return error;
  return change_proxies(publisher, terms, language);
}

}  // namespace noroshi::admin
