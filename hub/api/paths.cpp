#include "hub/api/paths.hpp"

#include <charconv>

namespace noroshi::api {
namespace {

using journal::Sequence;

constexpr std::string_view version_path = "/v1";
constexpr std::string_view drills_path = "/v1/drills/";
constexpr std::string_view drafts_path = "/drafts";
constexpr std::string_view alerts_path = "/alerts";
constexpr std::string_view references_path = "/references/";
constexpr std::string_view deliveries_suffix = "/deliveries";
constexpr std::string_view approval_suffix = "/approval";
constexpr std::string_view withdrawal_suffix = "/withdrawal";

// At or below the drafts of a channel.
Destination draft_destination(std::string_view path) {
  if (path == drafts_path) return {Route::drafts};
  path.remove_prefix(drafts_path.size());
  if (path.empty() || path.front() != '/') return {};
  path.remove_prefix(1);
  Destination destination{Route::draft};
  if (path.ends_with(approval_suffix)) {
    path.remove_suffix(approval_suffix.size());
    destination.route = Route::approval;
  } else if (path.ends_with(withdrawal_suffix)) {
    path.remove_suffix(withdrawal_suffix.size());
    destination.route = Route::withdrawal;
  }
  if (path.empty() || path.find('/') != std::string_view::npos) return {};
  destination.draft = path;
  return destination;
}

Destination reference_destination(std::string_view reference) {
  Destination destination{Route::reference};
  destination.reference = reference;
  return destination;
}

// Below /v1, or below /v1/drills/{id}.
Destination destination_below(std::string_view path) {
  if (path == alerts_path) return {Route::alerts};
  if (path == "/stream") return {Route::stream};
  if (path == "/events") return {Route::events};
  if (path == "/ladders") return {Route::ladders};
  if (path == "/feed.atom") return {Route::feed};
  if (path == "/receipts") return {Route::receipts};
  if (path == "/alarms") return {Route::alarms};
  if (path == "/in-force") return {Route::in_force};
  if (path.starts_with(references_path))
    return reference_destination(path.substr(references_path.size()));
  if (path.starts_with(drafts_path)) return draft_destination(path);
  if (!path.starts_with(alerts_path) || path.size() < alerts_path.size() + 2 ||
      path[alerts_path.size()] != '/')
    return {};
  auto rest = path.substr(alerts_path.size() + 1);
  auto route = Route::alert;
  if (rest.ends_with(deliveries_suffix)) {
    rest.remove_suffix(deliveries_suffix.size());
    route = Route::deliveries;
  }
  Sequence sequence = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), sequence);
  if (error != std::errc() || end != rest.data() + rest.size() || sequence == 0 ||
      sequence >> 53 != 0)
    return {};
  return {route, sequence};
}

// There is one log, for the live path and all drills: its proofs are in no channel.
Destination audit_destination(std::string_view path) {
  if (path == "/audit/checkpoint") return {Route::checkpoint};
  if (path == "/audit/cosignatures") return {Route::cosignatures};
  if (path == "/audit/key") return {Route::audit_key};
  if (path == "/audit/inclusion") return {Route::inclusion};
  if (path == "/audit/consistency") return {Route::consistency};
  if (path == "/audit/entries") return {Route::entries};
  return {};
}

bool only_acts(Route route) {
  return route == Route::approval || route == Route::withdrawal || route == Route::receipts ||
         route == Route::cosignatures;
}

}  // namespace

Destination destination_of(std::string_view path) {
  if (!path.starts_with(drills_path)) {
    if (!path.starts_with(version_path)) return {};
    path.remove_prefix(version_path.size());
    return path.starts_with("/audit/") ? audit_destination(path) : destination_below(path);
  }
  path.remove_prefix(drills_path.size());
  const auto id = path.substr(0, path.find('/'));
  if (id.empty()) return {};
  auto destination = destination_below(path.substr(id.size()));
  destination.drill = id;
  return destination;
}

std::string_view allowed_methods(Route route) {
  if (only_acts(route)) return "POST";
  return route == Route::alerts || route == Route::drafts ? "GET, POST" : "GET";
}

bool allows(Route route, std::string_view method) {
  const bool takes_both = route == Route::alerts || route == Route::drafts;
  const bool acts = only_acts(route);
  return (method == "GET" && !acts) || (method == "POST" && (takes_both || acts));
}

bool is_live(Route route) {
  return route == Route::stream || route == Route::events || route == Route::ladders;
}

bool is_of_drafts(Route route) {
  return route == Route::drafts || route == Route::draft || route == Route::approval ||
         route == Route::withdrawal;
}

}  // namespace noroshi::api
