#include "hub/api/audit_entries.hpp"

#include <boost/asio/post.hpp>
#include <boost/json/array.hpp>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "hub/api/answers.hpp"
#include "hub/api/entitlement.hpp"
#include "hub/api/ladder.hpp"
#include "hub/api/times.hpp"
#include "proto/merkle/base64.hpp"

namespace noroshi::api {
namespace {

using registry::Principal;
using transport::Exchange;
using Body = v1::EntryBody;

constexpr std::uint64_t entry_number_max = (std::uint64_t{1} << 53) - 1;
constexpr std::size_t entries_unless_asked = 256;
constexpr std::size_t entries_of_a_page_max = 1000;
constexpr std::size_t page_bytes_max = 1u << 20;

struct EntriesQuery {
  journal::Sequence after = 0;
  std::size_t limit = entries_unless_asked;
};

Result<EntriesQuery> entries_query(const wire::Request& request) {
  std::optional<std::uint64_t> after;
  std::optional<std::uint64_t> limit;
  for (const auto& [name, value] : request.query) {
    auto& place = name == "after" ? after : limit;
    const auto least = name == "after" ? 0u : 1u;
    const auto most = name == "after" ? entry_number_max : entries_of_a_page_max;
    std::uint64_t number = 0;
    const auto* const end = value.data() + value.size();
    const auto [last, error] = std::from_chars(value.data(), end, number);
    if ((name != "after" && name != "limit") || place || error != std::errc() || last != end ||
        number < least || number > most)
      return failure(ErrorCode::invalid, name + "=" + value);
    place = number;
  }
  return EntriesQuery{after.value_or(0), limit.value_or(entries_unless_asked)};
}

// As journal.proto names it.
std::string kind_of_entry(const Body& body) {
  const auto* const which = body.GetDescriptor()->FindOneofByName("body");
  const auto* const field = body.GetReflection()->GetOneofFieldDescriptor(body, which);
  return field == nullptr ? "unknown" : field->name();
}

std::string leaf_hash_text(const journal::Stored& stored) {
  const auto hash = journal::leaf_hash(stored.bytes);
  return merkle::base64({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

boost::json::object entry_json(const registry::Registry& registry, const Principal& reader,
                               const journal::Stored& stored) {
  boost::json::object json{{"sequence", stored.sequence},
                           {"at", timestamp(stored.entry.at_ms())},
                           {"kind", kind_of_entry(stored.entry.body())},
                           {"leaf_hash", leaf_hash_text(stored)},
                           {"leaf", nullptr}};
  if (reads_entry(registry, reader, stored.entry)) json["leaf"] = merkle::base64(stored.bytes);
  return json;
}

void answer_page(Rooms& rooms, const Exchange& exchange, const Principal& reader,
                 journal::Sequence after, const Result<std::vector<journal::StoredPtr>>& page) {
  if (!page) return unavailable(exchange, page.error().detail);
  boost::json::array entries;
  for (const auto& stored : *page)
    entries.push_back(entry_json(rooms.identity.registry(), reader, *stored));
  const auto next = page->empty() ? after : page->back()->sequence;
  exchange.respond(json_response(
      200, {{"epoch", rooms.epoch}, {"entries", std::move(entries)}, {"next_after", next}}));
}

// Of a publisher and its officers.
bool concerns_publisher(const registry::Registry& registry, const Principal& reader,
                        const Body& body) {
  const auto code = registry.publisher_of(reader);
  switch (body.body_case()) {
    case Body::kAlertAccepted:
      return body.alert_accepted().drill().empty() &&
             may_see_ladder(registry, reader, body.alert_accepted());
    case Body::kAlertRefused:
      return body.alert_refused().drill().empty() && body.alert_refused().publisher() == code;
    case Body::kDraftSubmitted:
      return body.draft_submitted().drill().empty() && body.draft_submitted().publisher() == code;
    case Body::kPublisherRegistered:
      return body.publisher_registered().code() == code;
    case Body::kDistrictsRegistered:
      return body.districts_registered().code() == code;
    default:
      return false;
  }
}

bool concerns_subscriber(const registry::Registry& registry, const std::string& id,
                         const v1::Entry& entry) {
  const auto& body = entry.body();
  if (body.has_subscriber_registered()) return body.subscriber_registered().id() == id;
  if (!body.has_alert_accepted()) return false;
  const auto& alert = body.alert_accepted();
  const auto* const subscriber = registry.subscriber(id);
  return subscriber != nullptr && alert.drill().empty() && !alert.has_approval() &&
         registry.addressed(*subscriber, alert, entry.sequence());
}

}  // namespace

bool reads_entry(const registry::Registry& registry, const Principal& reader,
                 const v1::Entry& entry) {
  if (entry.body().has_token_issued() || !reader.channel.live()) return false;
  if (reads_everything(reader, registry)) return true;
  return reader.kind == Principal::Kind::subscriber
             ? concerns_subscriber(registry, reader.id, entry)
             : concerns_publisher(registry, reader, entry.body());
}

void answer_entries(Rooms& rooms, const Exchange& exchange, const Principal& reader) {
  const auto asked = entries_query(exchange.request);
  if (!asked) return refuse(exchange, {400, "query.invalid", asked.error().detail, {}});
  const auto queued = rooms.journal.read(
      asked->after, {asked->limit, page_bytes_max},
      [&rooms, exchange, reader, after = asked->after](auto page) {
        boost::asio::post(rooms.front, [&rooms, exchange, reader, after, page = std::move(page)] {
          answer_page(rooms, exchange, reader, after, page);
        });
      });
  if (!queued) unavailable(exchange, queued.error().detail);
}

}  // namespace noroshi::api
