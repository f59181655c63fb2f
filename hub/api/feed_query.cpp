#include "hub/api/feed_query.hpp"

#include <charconv>

#include "hub/view/feed_page.hpp"
#include "proto/hexadecimal.hpp"

namespace noroshi::api {
namespace {

constexpr std::uint64_t number_max = (std::uint64_t{1} << 53) - 1;
constexpr std::size_t digest_bytes = 16;
constexpr std::size_t mark_bytes = 8;

// The number in front of `rest` and the dash behind it, taken off.
std::optional<std::uint64_t> take_number(std::string_view& rest) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
  if (error != std::errc() || end == rest.data() + rest.size() || *end != '-') return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()) + 1);
  return value;
}

std::optional<std::uint64_t> number(std::string_view text, std::uint64_t most) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > most) return std::nullopt;
  return value;
}

// False when `name` is unknown or `value` is not one of its values.
bool set(view::FeedQuery& query, std::string_view name, std::string_view value) {
  if (name == "before") query.before = number(value, number_max);
  if (name == "before") return query.before.value_or(0) > 0 && !query.after;
  if (name == "after") query.after = number(value, number_max);
  if (name == "after") return query.after.has_value() && !query.before;
  if (name != "limit") return false;
  const auto limit = number(value, view::page_alerts_max);
  if (limit) query.limit = *limit;
  return limit.value_or(0) > 0;
}

}  // namespace

Result<view::FeedQuery> feed_query(const wire::Request& request) {
  view::FeedQuery query;
  for (const auto& [name, value] : request.query)
    if (!set(query, name, value)) return failure(ErrorCode::invalid, name + "=" + value);
  return query;
}

std::optional<PageProof> page_proof(std::string_view tag) {
  const auto epoch = take_number(tag);
  const auto after = epoch ? take_number(tag) : std::nullopt;
  const auto through = after ? take_number(tag) : std::nullopt;
  if (!through || *through <= *after) return std::nullopt;
  return PageProof{*epoch, *after, *through, std::string(tag.substr(0, tag.find('-')))};
}

std::string reader_mark(std::string_view channel, std::string_view subscriber) {
  const auto hash = journal::content_hash(std::string(channel) + "/" + std::string(subscriber));
  return hexadecimal(std::span<const unsigned char>(hash.data(), mark_bytes));
}

std::string entity_tag(const PageProof& proof, std::string_view body) {
  const auto hash = journal::content_hash(body);
  return std::to_string(proof.epoch) + "-" + std::to_string(proof.after) + "-" +
         std::to_string(proof.through) + "-" + proof.reader + "-" +
         hexadecimal(std::span<const unsigned char>(hash.data(), digest_bytes));
}

}  // namespace noroshi::api
