// Reads registrations and submissions from standard input, a line each, fields separated by tabs
// (written by matrix.py), and prints what the judge's authority says of each submission: `allowed`,
// or the code and the rules.
#include <charconv>
#include <cstdint>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "hub/admission/authority.hpp"
#include "hub/geometry/shape.hpp"

namespace noroshi::admission {
namespace {

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::string part;
  std::istringstream stream(text);
  while (std::getline(stream, part, at)) parts.push_back(part);
  if (!text.empty() && text.back() == at) parts.emplace_back();
  return parts;
}

std::int64_t number(const std::string& text) { return std::stoll(text); }

std::string token_hash(const std::string& secret) {
  const auto hash = journal::content_hash(secret);
  return {hash.begin(), hash.end()};
}

class Log {
 public:
  void append(const v1::EntryBody& body) {
    v1::Entry entry;
    entry.set_sequence(++head_);
    *entry.mutable_body() = body;
    registry_.apply(entry);
  }
  void clear() {
    registry_ = {};
    head_ = 0;
  }
  std::string verdict(const v1::AlertAccepted& draft, const Circumstances& circumstances,
                      std::int64_t at_ms) {
    const auto refused =
        lacks_authority(claim_of(draft, &circumstances, registry_, territories_, at_ms));
    if (!refused) return "allowed";
    std::string text = refused->code;
    for (const auto& rule : refused->rules) text += "|" + rule;
    return text;
  }

 private:
  registry::Registry registry_;
  Territories territories_;
  journal::Sequence head_ = 0;
};

// P code suspended senders areas events proxies profile territory
v1::EntryBody publisher(const std::vector<std::string>& f) {
  v1::EntryBody body;
  auto& registered = *body.mutable_publisher_registered();
  registered.set_code(f.at(1));
  registered.set_suspended(f.at(2) == "1");
  for (const auto& sender : split(f.at(3), ',')) registered.add_senders(sender);
  for (const auto& area : split(f.at(4), ',')) registered.add_areas(area);
  for (const auto& event : split(f.at(5), ',')) registered.add_events(event);
  for (const auto& proxy : split(f.at(6), ',')) {
    const auto parts = split(proxy, '@');
    auto& right = *registered.add_proxies();
    right.set_publisher(parts.at(0));
    right.set_until_ms(number(parts.at(1)));
  }
  registered.mutable_policy()->set_profile_required(f.at(7) == "1");
  if (!f.at(8).empty())
    registered.set_territory(geometry::to_wkb(*geometry::area_from_geojson(f.at(8))));
  return body;
}

// T code drill secret
v1::EntryBody token(const std::vector<std::string>& f) {
  v1::EntryBody body;
  auto& issued = *body.mutable_token_issued();
  issued.set_kind(v1::TokenIssued::PUBLISHER);
  issued.set_id(f.at(1));
  issued.set_drill(f.at(2));
  issued.set_token_sha256(token_hash(f.at(3)));
  return body;
}

// C code serial from until
v1::EntryBody certificate(const std::vector<std::string>& f) {
  v1::EntryBody body;
  auto& issued = *body.mutable_certificate_issued();
  issued.set_kind(v1::TokenIssued::PUBLISHER);
  issued.set_id(f.at(1));
  issued.set_serial(std::string(1, static_cast<char>(number(f.at(2)))));
  issued.set_from_ms(number(f.at(3)));
  issued.set_until_ms(number(f.at(4)));
  return body;
}

// R code serial from
v1::EntryBody revocation(const std::vector<std::string>& f) {
  v1::EntryBody body;
  auto& revoked = *body.mutable_certificate_revoked();
  revoked.set_kind(v1::TokenIssued::PUBLISHER);
  revoked.set_id(f.at(1));
  revoked.set_serial(std::string(1, static_cast<char>(number(f.at(2)))));
  revoked.set_refused_from_ms(number(f.at(3)));
  return body;
}

// Q speaker holder credential drill type sender areas uncoded events everybody level profiled
//   boxes at; a box is west_south_east_north
std::string submission(Log& log, const std::vector<std::string>& f) {
  v1::AlertAccepted draft;
  draft.set_publisher(f.at(2));
  if (f.at(1) != f.at(2)) draft.set_typed_by(f.at(1));
  draft.set_credential(f.at(3));
  draft.set_drill(f.at(4));
  auto& summary = *draft.mutable_summary();
  summary.set_message_type(f.at(5));
  summary.set_sender(f.at(6));
  for (const auto& area : split(f.at(7), ',')) summary.add_area_codes(area);
  draft.set_areas_without_code(static_cast<std::uint32_t>(number(f.at(8))));
  auto& own = *draft.add_routing();
  for (const auto& event : split(f.at(9), ',')) own.add_events(event);
  draft.set_to_everybody(f.at(10) == "1");
  summary.set_level(static_cast<std::uint32_t>(number(f.at(11))));
  if (f.at(12) == "1") draft.set_update_kind("new");
  Circumstances circumstances;
  for (const auto& box : split(f.at(13), ';')) {
    const auto edge = split(box, '_');
    const auto west = std::stod(edge.at(0));
    const auto south = std::stod(edge.at(1));
    const auto east = std::stod(edge.at(2));
    const auto north = std::stod(edge.at(3));
    Outline outline{std::to_string(circumstances.outlines.size() + 1), {}};
    outline.shapes.push_back(*geometry::polygon(
        {{south, west}, {south, east}, {north, east}, {north, west}, {south, west}}));
    circumstances.outlines.push_back(std::move(outline));
  }
  return log.verdict(draft, circumstances, number(f.at(14)));
}

int run() {
  Log log;
  std::string line;
  while (std::getline(std::cin, line)) {
    const auto f = split(line, '\t');
    switch (f.at(0).at(0)) {
      case 'W':
        log.clear();
        break;
      case 'P':
        log.append(publisher(f));
        break;
      case 'T':
        log.append(token(f));
        break;
      case 'C':
        log.append(certificate(f));
        break;
      case 'R':
        log.append(revocation(f));
        break;
      default:
        std::cout << submission(log, f) << '\n';
    }
  }
  return std::cout.flush() ? 0 : 1;
}

}  // namespace
}  // namespace noroshi::admission

int main() {
  std::ios::sync_with_stdio(false);
  return noroshi::admission::run();
}
