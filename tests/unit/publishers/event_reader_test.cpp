#include "publishers/client/event_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace noroshi::publishers {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

constexpr std::size_t bytes_max = 64;

// "name=data" of each event, and what is left in `reader`.
std::vector<std::string> read(EventReader& reader, std::string_view bytes, std::size_t piece) {
  std::vector<std::string> events;
  while (!bytes.empty()) {
    const auto part = bytes.substr(0, piece);
    bytes.remove_prefix(part.size());
    const auto fed = reader.feed(
        part, [&](const ServerEvent& event) { events.push_back(event.name + "=" + event.data); });
    if (!fed) events.push_back("error");
    if (!fed) break;
  }
  return events;
}

struct ReaderCase {
  std::string name;
  std::string bytes;
  std::vector<std::string> events;
  std::string last_id = {};
};
using namespace std::string_literals;
const ReaderCase reader_cases[] = {
    {"Nothing", "", {}},
    {"One", "data: a\n\n", {"message=a"}},
    {"Named", "event: row\ndata: a\n\n", {"row=a"}},
    {"ANameIsForOneEvent", "event: row\ndata: a\n\ndata: b\n\n", {"row=a", "message=b"}},
    {"LinesOfData", "data: a\ndata:b\ndata\n\n", {"message=a\nb\n"}},
    {"OneBlankGoes", "data:  a \n\n", {"message= a "}},
    {"CrLf", "event: row\r\ndata: a\r\n\r\n", {"row=a"}},
    {"CrAlone", "event: row\rdata: a\r\rdata: b\r\r", {"row=a", "message=b"}},
    {"Mixed", "data: a\r\n\ndata: b\n\r\ndata: c\r\n\r\n", {"message=a", "message=b", "message=c"}},
    {"MarkAtTheBeginningOnly",
     "\xEF\xBB\xBF"
     "data: a\n\n\xEF\xBB\xBF"
     "data: b\n\n",
     {"message=a"}},
    {"Comments", ": heartbeat\n\n:\n\ndata: a\n: b\n\n", {"message=a"}},
    {"WithoutDataIsNone", "event: row\nid: 7-1\n\n", {}, "7-1"},
    {"TheIdStays", "id: 7-1\ndata: a\n\ndata: b\n\n", {"message=a", "message=b"}, "7-1"},
    {"AnEmptyIdForgets", "id: 7-1\ndata: a\n\nid\ndata: b\n\n", {"message=a", "message=b"}, ""},
    {"AnIdWithNulIsNone", "id: 7-1\n\nid: 7\0-2\ndata: a\n\n"s, {"message=a"}, "7-1"},
    {"NorOneThatNoHeaderTakes", "id: 7\x01\ndata: a\n\n", {"message=a"}, ""},
    {"TheIdCountsWithItsEvent", "id: 7-1\ndata: a\n", {}, ""},
    {"OtherFields", "color: red\ndata: a\nDATA: b\n\n", {"message=a"}},
    {"AnyBytes", "data: \xFF\0\x1B[2J\n\n"s, {"message=\xFF\0\x1B[2J"s}},
    {"NotWholeYet", "data: a\n", {}},
    {"AtTheBound",
     "data: " + std::string(bytes_max - 6, 'x') + "\n\n",
     {"message=" + std::string(bytes_max - 6, 'x')}},
    {"OverTheBound", "data: " + std::string(bytes_max - 5, 'x') + "\n\n", {"error"}},
    {"OverTheBoundInLines",
     "data: " + std::string(40, 'x') + "\ndata: " + std::string(20, 'x'),
     {"error"}},
    {"AnEndlessComment", ":" + std::string(bytes_max, 'x'), {"error"}},
    {"TheBoundIsOfEach",
     "data: " + std::string(50, 'x') + "\n\ndata: " + std::string(50, 'y') + "\n\n",
     {"message=" + std::string(50, 'x'), "message=" + std::string(50, 'y')}}};

TEST(EventReader, ReadsWhatTheStandardSaysInPiecesOfAnySize) {
  for (const auto& [name, bytes, events, last_id] : reader_cases)
    for (std::size_t piece = 1; piece <= bytes.size() + 1; ++piece) {
      EventReader reader(bytes_max);
      EXPECT_EQ(read(reader, bytes, piece), events) << name << " in pieces of " << piece;
      if (events != std::vector<std::string>{"error"}) {
        EXPECT_EQ(reader.last_id(), last_id) << name << " in pieces of " << piece;
      }
    }
}

TEST(EventReader, KnowsWhenToComeAgain) {
  const std::pair<std::string, std::optional<std::chrono::milliseconds>> said[] = {
      {"", std::nullopt},
      {"retry: 1000\n", 1000ms},
      {"retry: 1000\nretry: 0\n", 0ms},
      {"retry: 1s\n", std::nullopt},
      {"retry: -1\n", std::nullopt},
      {"retry\n", std::nullopt},
      {"retry: 999999999\n", 999999999ms},
      {"retry: 9999999999\n", std::nullopt}};
  for (const auto& [bytes, expected] : said) {
    EventReader reader(bytes_max);
    read(reader, bytes, 3);
    EXPECT_EQ(reader.retry(), expected) << bytes;
  }
}

}  // namespace
}  // namespace noroshi::publishers
