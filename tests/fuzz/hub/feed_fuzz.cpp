// What a reader of the feed sends, and what a document may have put into it: the conditions of a
// request, and the feed itself, which is well formed whatever is said in it.
//
// Input: fields divided by line feeds: If-None-Match, If-Modified-Since, headline, event, sender.
#include <libxml/parser.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "hub/api/conditional.hpp"
#include "hub/api/feed_query.hpp"
#include "hub/outlets/atom.hpp"

namespace {

using namespace noroshi;

void require(bool holds) {
  if (!holds) std::abort();
}

std::string take(std::string_view& rest) {
  const auto end = rest.find('\n');
  std::string field(rest.substr(0, end));
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return field;
}

void examine_conditions(const std::string& tags, const std::string& date) {
  wire::Request request;
  request.fields = {{"If-None-Match", tags}, {"If-Modified-Since", date}};
  const auto named = api::if_none_match(request);
  require(named.has_value() && named->tags.size() <= 64);
  for (const auto& tag : named->tags) {
    require(api::is_unchanged(request, tag, std::nullopt, 0));
    if (const auto proof = api::page_proof(tag)) require(proof->after < proof->through);
  }
  if (const auto at = api::http_date(date)) require(api::http_date(api::http_date(*at)) == at);
}

void examine_feed(std::string_view rest) {
  v1::AlertAccepted alert;
  alert.mutable_summary()->set_headline(take(rest));
  alert.mutable_summary()->set_event(take(rest));
  alert.mutable_summary()->set_sender(take(rest));
  alert.mutable_summary()->set_level(static_cast<std::uint32_t>(rest.size()));
  outlets::AtomFeed feed;
  feed.self = feed.subscriber = std::string(rest);
  feed.drill = rest.size() % 2 == 1;
  outlets::AtomEntry entry;
  entry.alert = &alert;
  entry.publisher = entry.typist = std::string(rest);
  entry.places = {{std::string(rest), alert.summary().sender()}};
  feed.entries.push_back(entry);
  const auto text = outlets::atom(feed);
  auto* document = xmlReadMemory(text.data(), static_cast<int>(text.size()), "feed", nullptr,
                                 XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  require(document != nullptr);
  xmlFreeDoc(document);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  const auto tags = take(rest);
  examine_conditions(tags, take(rest));
  examine_feed(rest);
  return 0;
}
