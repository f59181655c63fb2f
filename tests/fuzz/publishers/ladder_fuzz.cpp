// Whatever answers a request for a ladder as server-sent events, read in pieces of any size: the
// same as in one, and a ladder that is whole is one line of JSON with a row for everybody.
#include <boost/json/parse.hpp>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "publishers/client/event_answer.hpp"
#include "publishers/client/ladder_parts.hpp"

namespace {

using namespace noroshi::publishers;

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const LadderParts& parts) {
  if (!parts.whole()) return;
  const auto ladder = parts.ladder();
  require(ladder.rows.size() >= ladder.addressed);
  require(ladder.body.find('\n') == std::string::npos);
  boost::system::error_code error;
  require(boost::json::parse(ladder.body, error).is_object() && !error);
}

// What was understood of it.
std::string read(std::span<const std::byte> bytes, std::size_t piece) {
  EventAnswer answer;
  LadderParts parts(12);
  std::string seen;
  bool sound = true;
  while (!bytes.empty() && sound) {
    const auto part = bytes.first(std::min(piece, bytes.size()));
    bytes = bytes.subspan(part.size());
    sound = answer
                .feed(part,
                      [&](const ServerEvent& event) {
                        seen += event.name + "\n" + event.data + "\n";
                        const auto taken = parts.take(event);
                        seen += !taken ? "refused\n" : *taken ? "other\n" : "same\n";
                      })
                .has_value();
  }
  check(parts);
  return seen + (sound ? "sound" : "broken");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span bytes(reinterpret_cast<const std::byte*>(data), size);
  const auto whole = read(bytes, size);
  for (const std::size_t piece : {1U, 2U, 3U, 7U}) require(read(bytes, piece) == whole);
  return 0;
}
