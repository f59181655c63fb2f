#include "hub/outlets/atom.hpp"

#include <algorithm>
#include <string_view>

#include "hub/outlets/atom_words.hpp"
#include "hub/outlets/xml_text.hpp"
#include "proto/hexadecimal.hpp"
#include "proto/jp/phrases.hpp"

namespace noroshi::outlets {
namespace {

using Standing = AtomEntry::Standing;

constexpr std::uint32_t level_max = 5;
constexpr std::string_view cap_type = "application/cap+xml";
constexpr std::string_view atom_type = "application/atom+xml";

std::string filled(std::string_view pattern, std::string_view name, std::string_view value) {
  std::string text(pattern);
  const auto place = "{" + std::string(name) + "}";
  if (const auto at = text.find(place); at != std::string::npos)
    text.replace(at, place.size(), value);
  return text;
}

std::string element(std::string_view name, std::string_view text) {
  return "<" + std::string(name) + ">" + xml_text(text) + "</" + std::string(name) + ">\n";
}

std::string link(std::string_view relation, std::string_view type, const std::string& target) {
  return "<link rel=\"" + std::string(relation) + "\" type=\"" + std::string(type) + "\" href=\"" +
         xml_text(target) + "\"/>\n";
}

std::string category(std::string_view scheme, std::string_view term, std::string_view label) {
  auto text = "<category scheme=\"" + std::string(scheme) + "\" term=\"" + xml_text(term) + "\"";
  if (!label.empty()) text += " label=\"" + xml_text(label) + "\"";
  return text + "/>\n";
}

// Of the content of the names: no two different lists of names give the same.
std::string uuid_of(std::initializer_list<std::string_view> names) {
  std::string content;
  for (const auto name : names)
    content.append(std::to_string(name.size())).append(":").append(name);
  auto hash = journal::content_hash(content);
  hash[6] = static_cast<std::uint8_t>(0x80U | (hash[6] & 0x0fU));
  hash[8] = static_cast<std::uint8_t>(0x80U | (hash[8] & 0x3fU));
  auto text = hexadecimal(std::span<const unsigned char>(hash.data(), 16));
  for (const auto at : {8, 13, 18, 23}) text.insert(static_cast<std::size_t>(at), "-");
  return "urn:uuid:" + text;
}

std::string level_of(const AtomWords& words, std::uint32_t level) {
  if (level > level_max) return std::string(words.level_unknown);
  return filled(words.level, "level", std::to_string(level));
}

std::string_view mark_of(const AtomWords& words, Standing standing) {
  switch (standing) {
    case Standing::cancelled:
      return words.cancelled;
    case Standing::superseded:
      return words.superseded;
    case Standing::expired:
      return words.expired;
    case Standing::expired_unlifted:
      return words.expired_unlifted;
    case Standing::current:
      break;
  }
  return "";
}

std::string_view fate_of(const AtomWords& words, Standing standing) {
  switch (standing) {
    case Standing::cancelled:
      return words.was_cancelled;
    case Standing::superseded:
      return words.was_superseded;
    case Standing::expired:
      return words.has_expired;
    case Standing::expired_unlifted:
      return words.has_expired_unlifted;
    case Standing::current:
      break;
  }
  return "";
}

// 避難指示 for evac.l4; what has no name here is called by its code.
std::string event_name(const AtomWords& words, const std::string& event) {
  if (const auto* phrases = jp::phrases(words.tag))
    for (const auto& order : phrases->orders)
      if (order.event == event) return std::string(order.name);
  return event;
}

// A drill's says so once, whether the document does or not.
std::string title_of(const AtomFeed& feed, const AtomWords& words, const AtomEntry& entry) {
  const auto& summary = entry.alert->summary();
  std::string_view headline = summary.headline();
  std::string title;
  if (feed.drill) {
    title += words.drill;
    if (headline.starts_with(atom_words_ja.drill))
      headline.remove_prefix(atom_words_ja.drill.size());
  }
  title += mark_of(words, entry.standing);
  if (!headline.empty()) return title.append(headline);
  return title.append(entry.publisher).append(" ").append(event_name(words, summary.event()));
}

std::string summary_of(const AtomWords& words, const AtomEntry& entry) {
  auto text = filled(entry.typist.empty() ? words.issued : words.typed, "typist", entry.typist);
  text = filled(text, "publisher", entry.publisher);
  const auto say = [&](std::string_view sentence) {
    if (!sentence.empty()) text.append(words.stop).append(sentence);
  };
  if (const auto level = entry.alert->summary().level()) say(level_of(words, level));
  std::string places;
  for (const auto& [code, name] : entry.places)
    places.append(places.empty() ? "" : words.comma).append(name.empty() ? code : name);
  if (!places.empty()) say(filled(words.places, "places", places));
  say(fate_of(words, entry.standing));
  text += words.stop;
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

// Elements of CAP itself, as other feeds of alerts carry them.
std::string cap_part(const AtomEntry& entry) {
  const auto& summary = entry.alert->summary();
  auto text =
      element("cap:identifier", summary.identifier()) + element("cap:sender", summary.sender()) +
      element("cap:sent", entry.alert->sent()) + element("cap:status", summary.status()) +
      element("cap:msgType", summary.message_type()) + element("cap:event", summary.event());
  if (!entry.expires.empty()) text += element("cap:expires", entry.expires);
  for (const auto& [code, name] : entry.places) {
    if (!name.empty()) text += element("cap:areaDesc", name);
    text += "<cap:geocode>" + element("valueName", "profile:CAP-JP:LGCode:0.1") +
            element("value", code) + "</cap:geocode>\n";
  }
  return text;
}

std::string written(const AtomFeed& feed, const AtomWords& words, const AtomEntry& entry) {
  const auto& summary = entry.alert->summary();
  const auto alerts = feed.base + "/alerts/";
  auto text = "<entry>\n" + element("id", entry_id(*entry.alert)) +
              element("title", title_of(feed, words, entry)) + element("updated", entry.updated) +
              element("published", entry.published) + "<author>" +
              element("name", entry.publisher) + "</author>\n" +
              link("alternate", cap_type, alerts + std::to_string(entry.sequence));
  if (entry.ended_by) text += link("related", cap_type, alerts + std::to_string(*entry.ended_by));
  text += category("noroshi:event", summary.event(), event_name(words, summary.event()));
  if (summary.level() > 0)
    text += category("noroshi:level", std::to_string(summary.level()),
                     level_of(words, summary.level()));
  return text + element("summary", summary_of(words, entry)) + cap_part(entry) + "</entry>\n";
}

}  // namespace

std::string entry_id(const v1::AlertAccepted& alert) {
  const auto& summary = alert.summary();
  return uuid_of({alert.drill(), alert.publisher(), summary.sender(), summary.identifier()});
}

std::string atom(const AtomFeed& feed) {
  const auto& words = atom_words(feed.language);
  const auto address = feed.base + "/feed.atom";
  std::string title(feed.drill ? words.drill : "");
  title += feed.subscriber.empty() ? std::string(words.feed_title)
                                   : filled(words.feed_of, "subscriber", feed.subscriber);
  std::string text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<feed xmlns=\"http://www.w3.org/2005/Atom\""
      " xmlns:cap=\"urn:oasis:names:tc:emergency:cap:1.2\" xml:lang=\"";
  text.append(words.tag).append("\">\n");
  text += element("id", uuid_of({"feed", address, feed.subscriber})) + element("title", title) +
          element("updated", feed.updated) + "<author>" + element("name", "noroshi") +
          "</author>\n" + "<generator>noroshi</generator>\n" +
          link("self", atom_type, address + feed.self) + link("first", atom_type, address);
  if (feed.newer) text += link("previous", atom_type, address + *feed.newer);
  if (feed.older) text += link("next", atom_type, address + *feed.older);
  for (const auto& entry : feed.entries) text += written(feed, words, entry);
  return text + "</feed>\n";
}

const AtomWords& atom_words(cap::Language language) {
  return language == cap::Language::english ? atom_words_en : atom_words_ja;
}

}  // namespace noroshi::outlets
