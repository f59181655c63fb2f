#include "hub/alarms/channels.hpp"

#include <fmt/ranges.h>

#include <map>
#include <span>

#include "hub/webhook/url.hpp"
#include "proto/hexadecimal.hpp"
#include "proto/merkle/hash.hpp"

namespace noroshi::alarms {
namespace {

using Kind = config::Notify::Kind;

constexpr std::size_t hash_bytes = 8;

// Parts are kept apart by a byte that none of them has.
std::string with_hash(const char* kind, const std::vector<std::string>& parts) {
  const auto hash = merkle::hash_of(fmt::format("{}", fmt::join(parts, std::string(1, '\0'))));
  return std::string(kind) + ":" + hexadecimal(std::span(hash).first(hash_bytes));
}

std::string channel_of(const config::Notify& rule) {
  if (rule.kind == Kind::webhook) return with_hash("webhook", {rule.url});
  if (rule.kind == Kind::command) return with_hash("command", rule.command);
  auto parts = rule.to;
  parts.push_back(rule.from);
  return with_hash("mail", parts);
}

}  // namespace

std::vector<std::string> channels_of(const std::vector<config::Notify>& rules) {
  std::vector<std::string> all;
  std::map<std::string, int> times;
  for (const auto& rule : rules) {
    auto channel = channel_of(rule);
    const int time = ++times[channel];
    if (time > 1) channel += "#" + std::to_string(time);
    all.push_back(std::move(channel));
  }
  return all;
}

std::string shown_name(const config::Notify& rule) {
  if (rule.kind == Kind::mail) return rule.sendmail;
  if (rule.kind == Kind::command) return rule.command.empty() ? "" : rule.command.front();
  const auto url = webhook::read_url(rule.url);
  return url ? url->authority() : "webhook";
}

}  // namespace noroshi::alarms
