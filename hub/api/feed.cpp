#include "hub/api/feed.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <memory>
#include <utility>

#include "hub/api/answers.hpp"
#include "hub/api/conditional.hpp"
#include "hub/api/entitlement.hpp"
#include "hub/api/feed_query.hpp"
#include "hub/api/language.hpp"
#include "hub/api/open_reading.hpp"
#include "hub/api/times.hpp"
#include "hub/in_force/stands_until.hpp"
#include "hub/outlets/atom.hpp"
#include "proto/wire/http_head.hpp"

namespace noroshi::api {
namespace {

using delivery::Outlet;
using outlets::AtomEntry;
using registry::Principal;
using transport::Exchange;

// A change may be seen some time after the moment it carries: until then no date is given by which
// a reader could miss it.
constexpr std::int64_t settled_after_s = 5;

// One request on its way from thread to thread.
struct Fetching {
  Rooms& rooms;
  Exchange exchange;
  std::optional<Principal> subscriber;
  drills::Channel channel;
  view::FeedQuery query;
  view::FeedPage page = {};
  enum class By { reader, hub } by = By::reader;
};
using FetchingPtr = std::shared_ptr<Fetching>;

AtomEntry::Standing standing_of(const view::Listed& alert, std::int64_t now_ms) {
  using Standing = AtomEntry::Standing;
  if (alert.cancelled_by) return Standing::cancelled;
  if (alert.superseded_by) return Standing::superseded;
  if (!alert.alert.has_expires_ms() || alert.alert.expires_ms() > now_ms) return Standing::current;
  const auto until = in_force::stands_until(alert.alert);
  // A Cancel and a lift do not run out.
  if (!until && !in_force::is_null_report(alert.alert)) return Standing::current;
  return until && *until > now_ms ? Standing::expired_unlifted : Standing::expired;
}

std::int64_t updated_ms(const view::FeedAlert& alert, AtomEntry::Standing standing) {
  const auto accepted = alert.listed.at_ms;
  if (alert.ended_ms) return std::max(accepted, *alert.ended_ms);
  if (standing == AtomEntry::Standing::current) return accepted;
  return std::max<std::int64_t>(accepted, alert.listed.alert.expires_ms());
}

std::string name_of(const registry::Registry& registry, const std::string& code) {
  const auto* publisher = registry.publisher(code);
  return publisher == nullptr || publisher->name.empty() ? code : publisher->name;
}

AtomEntry entry_of(const view::FeedAlert& item, const registry::Registry& registry,
                   std::int64_t now_ms) {
  const auto& listed = item.listed;
  const auto& alert = listed.alert;
  AtomEntry entry;
  entry.sequence = listed.sequence;
  entry.alert = &alert;
  entry.standing = standing_of(listed, now_ms);
  entry.ended_by = listed.cancelled_by ? listed.cancelled_by : listed.superseded_by;
  entry.published = timestamp(listed.at_ms);
  entry.updated = timestamp(updated_ms(item, entry.standing));
  if (alert.has_expires_ms()) entry.expires = timestamp(alert.expires_ms());
  entry.publisher = name_of(registry, alert.publisher());
  if (!alert.typed_by().empty()) entry.typist = name_of(registry, alert.typed_by());
  for (const auto& code : alert.summary().area_codes()) {
    const auto* publisher = registry.publisher(code);
    entry.places.emplace_back(code, publisher == nullptr ? "" : publisher->name);
  }
  return entry;
}

// When anything on the page last changed. Nothing where a clock went back, or has hardly gone on.
std::optional<std::int64_t> modified_s(const view::FeedPage& page, std::int64_t now_ms) {
  if (page.alerts.empty()) return std::nullopt;
  std::int64_t accepted = 0;
  std::int64_t last = 0;
  for (const auto& alert : page.alerts) {
    accepted = std::max(accepted, alert.listed.at_ms);
    last = std::max(last, updated_ms(alert, standing_of(alert.listed, now_ms)));
  }
  const bool in_order = page.alerts.front().listed.at_ms == accepted;
  if (!in_order || last / 1000 + settled_after_s > now_ms / 1000) return std::nullopt;
  return last / 1000;
}

std::string query_text(const wire::Request& request) {
  const auto at = request.target.find('?');
  return at == std::string::npos ? "" : request.target.substr(at);
}

// To the page beside this one: what is asked for stays.
std::string query_beside(const view::FeedQuery& query, std::string_view name,
                         journal::Sequence sequence) {
  auto text = "?" + std::string(name) + "=" + std::to_string(sequence);
  if (query.limit != view::FeedQuery{}.limit) text += "&limit=" + std::to_string(query.limit);
  return text;
}

std::string feed_text(const Fetching& fetching, std::int64_t now_ms) {
  const auto& [rooms, exchange, subscriber, channel, query, page, by] = fetching;
  const auto& registry = rooms.identity.registry();
  outlets::AtomFeed feed;
  feed.language = language_of(exchange.request);
  feed.base = "https://" + std::string(wire::find(exchange.request.fields, "Host").value_or("")) +
              channel.path();
  if (subscriber) feed.subscriber = subscriber->id;
  feed.drill = !channel.live();
  feed.self = query_text(exchange.request);
  std::int64_t last = 0;
  for (const auto& item : page.alerts) {
    feed.entries.push_back(entry_of(item, registry, now_ms));
    last = std::max(last, updated_ms(item, feed.entries.back().standing));
  }
  feed.updated = timestamp(last);
  const auto newest = page.alerts.empty() ? std::max(page.after, query.before.value_or(1) - 1)
                                          : page.alerts.front().listed.sequence;
  if (page.newer) feed.newer = query_beside(query, "after", newest);
  if (page.older) feed.older = query_beside(query, "before", page.after + 1);
  return outlets::atom(feed);
}

std::string mark_of(const drills::Channel& channel, const std::optional<Principal>& subscriber) {
  return reader_mark(channel.name(), subscriber ? subscriber->id : "");
}

void respond(const Fetching& fetching) {
  const auto& [rooms, exchange, subscriber, channel, query, page, by] = fetching;
  const auto now_ms = rooms.clock();
  auto body = feed_text(fetching, now_ms);
  const auto through = page.alerts.empty() ? page.after : page.alerts.front().listed.sequence;
  const auto tag =
      entity_tag({rooms.epoch, page.after, through, mark_of(channel, subscriber)}, body);
  const auto modified = modified_s(page, now_ms);
  wire::Fields fields{{"ETag", "\"" + tag + "\""},
                      {"Cache-Control", subscriber ? "private, no-cache" : "no-cache"},
                      {"Vary", "Authorization, Accept-Language"}};
  if (modified) fields.emplace_back("Last-Modified", http_date(*modified));
  if (is_unchanged(exchange.request, tag, modified, now_ms / 1000)) {
    if (by == Fetching::By::reader) ++rooms.meters.feeds_unchanged;
    return exchange.respond({304, std::move(fields), ""});
  }
  if (by == Fetching::By::reader) ++rooms.meters.feeds_sent;
  fields.emplace_back("Content-Type", "application/atom+xml; charset=utf-8");
  exchange.respond({200, std::move(fields), std::move(body)});
}

// On the shard's thread: what of the page comes in time, and what is told as over.
void note_served(delivery::Shard& shard, const Fetching& fetching) {
  const auto now_ms = shard.now_ms();
  std::vector<delivery::Shard::ServedAlert> served;
  for (const auto& [listed, ended_ms] : fetching.page.alerts) {
    const auto late = shard.folds().fate(listed.alert, listed.sequence, listed.at_ms, now_ms);
    served.emplace_back(listed.sequence, late ? delivery::Form::passed : delivery::Form::delivered);
  }
  shard.served(*fetching.subscriber, Outlet::feed, served);
}

void fetch(const FetchingPtr& fetching) {
  fetching->rooms.view.feed(fetching->channel, fetching->query,
                            [fetching](Result<view::FeedPage> page) {
                              auto& rooms = fetching->rooms;
                              if (!page)
                                return unavailable(fetching->exchange, page.error().detail);
                              fetching->page = std::move(*page);
                              if (fetching->subscriber && fetching->by == Fetching::By::reader) {
                                auto& shard = rooms.fanout.shard_of(fetching->subscriber->id);
                                shard.post([fetching, &shard] { note_served(shard, *fetching); });
                              }
                              boost::asio::post(rooms.front, [fetching] { respond(*fetching); });
                            });
}

std::vector<delivery::Shard::Held> held_pages(const Rooms& rooms, const wire::Request& request,
                                              const std::string& mark) {
  std::vector<delivery::Shard::Held> held;
  const auto named = if_none_match(request);
  if (!named) return held;
  for (const auto& tag : named->tags)
    if (const auto proof = page_proof(tag);
        proof && proof->epoch == rooms.epoch && proof->reader == mark)
      held.push_back({proof->after, proof->through});
  std::sort(held.begin(), held.end(),
            [](const auto& one, const auto& other) { return one.through < other.through; });
  return held;
}

}  // namespace

void answer_feed(Rooms& rooms, const Exchange& exchange, const std::optional<Principal>& reader,
                 const drills::Channel& channel) {
  auto query = feed_query(exchange.request);
  if (!query) return refuse(exchange, {400, "query.invalid", query.error().detail, {}});
  const bool subscribes = reader && reader->kind == Principal::Kind::subscriber;
  if (subscribes && !takes(rooms.identity.registry(), *reader, Outlet::feed))
    return refuse(exchange, {403, "auth.role", "feed", {}});
  const auto fetching = std::make_shared<Fetching>(
      Fetching{rooms, exchange, subscribes ? reader : std::nullopt, channel, std::move(*query)});
  if (!subscribes) return fetch(fetching);
  fetching->query.subscriber = reader->id;
  auto& shard = rooms.fanout.shard_of(reader->id);
  shard.post(
      [&shard, fetching, held = held_pages(rooms, exchange.request, mark_of(channel, reader))] {
        fetching->query.whole_after = shard.holds(*fetching->subscriber, Outlet::feed, held);
        fetch(fetching);
      });
}

void fetch_own_feed(Rooms& rooms, const std::string& subscriber,
                    std::function<void(wire::Response)> answer) {
  Exchange exchange;
  exchange.request.method = "GET";
  exchange.request.target = exchange.request.path = "/v1/feed.atom";
  exchange.request.fields = {{"Host", "localhost"}};
  exchange.respond = std::move(answer);
  const Principal reader{Principal::Kind::subscriber, subscriber, "", open_channel()};
  const auto fetching = std::make_shared<Fetching>(
      Fetching{rooms, std::move(exchange), reader, reader.channel, {}, {}, Fetching::By::hub});
  fetching->query.subscriber = subscriber;
  fetch(fetching);
}

}  // namespace noroshi::api
