// No message of a drill ever comes out on a live stream, nor the other way, nor from one drill into
// another: mixed messages through the hub's own admission, journal and delivery, with stops in
// between, judged by a ledger that knows only with whose token each document was sent.
//
// How many: NOROSHI_CROSSINGS, or 1,000,000 with NOROSHI_LONG=1 (ops/test --long), else 50,000.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <random>

#include "tests/faults/crossings/site.hpp"

namespace noroshi::crossings {
namespace {

constexpr int stops = 4;

std::uint64_t messages_wanted() {
  if (const auto* number = std::getenv("NOROSHI_CROSSINGS")) return std::stoull(number);
  return std::getenv("NOROSHI_LONG") != nullptr ? 1'000'000 : 50'000;
}

// Documents of every status, each its own, that refer to one another across all channels.
class Documents {
 public:
  // So many following documents have the same identifier.
  Documents(unsigned seed, std::uint64_t alike) : random_(seed), alike_(alike) {}

  // Mostly of a status that `drill` takes; with an identifier that other channels use too.
  std::string next(int drill) {
    const auto number = made_++;
    const bool right = below(5) != 0;
    const bool exercise = right == (drill != 0);
    const char* status = below(50) == 0 ? "System"
                         : exercise     ? (below(4) == 0 ? "Test" : "Exercise")
                                        : "Actual";
    const auto kind = below(4);
    const char* type = kind == 0 ? "Update" : kind == 1 && below(4) == 0 ? "Cancel" : "Alert";
    std::string references;
    if (*type != 'A')
      references = "<note>n</note><references>s,i" + std::to_string(below(made_)) +
                   ",2026-11-22T03:00:00+09:00</references>";
    return R"(<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>i)" +
           std::to_string(number / alike_) +
           "</identifier><sender>s</sender><sent>2026-11-22T03:00:00+09:00</sent><status>" +
           status + "</status><msgType>" + type + "</msgType><scope>Public</scope>" + references +
           "<info><category>Safety</category><event>" + std::to_string(number) +
           "</event><urgency>Immediate</urgency><severity>Severe</severity>"
           "<certainty>Likely</certainty><headline>h</headline>" +
           (exercise && below(20) != 0 ? named(drill) : "") +
           "<area><areaDesc>a</areaDesc></area></info></alert>";
  }
  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

 private:
  // Its drill, mostly; sometimes the wrong one.
  std::string named(int drill) {
    const auto* id =
        below(20) == 0 ? drills[1 + below(2)] : drills[static_cast<std::size_t>(drill)];
    if (*id == '\0') return "";
    return std::string("<parameter><valueName>layer:CAP-JP:0.1:DrillId</valueName><value>") + id +
           "</value></parameter>";
  }
  std::mt19937_64 random_;
  std::uint64_t alike_;
  std::uint64_t made_ = 0;
};

class CrossingsTest : public ::testing::Test {
 protected:
  CrossingsTest()
      : directory_(std::filesystem::temp_directory_path() /
                   ("noroshi-crossings-" + std::to_string(::getpid()) + "-" +
                    ::testing::UnitTest::GetInstance()->current_test_info()->name())) {
    std::filesystem::create_directories(directory_);
  }
  ~CrossingsTest() override { std::filesystem::remove_all(directory_); }

  Site::Totals run(std::uint64_t messages, Admission admission, Output::Assertion assertion) {
    const unsigned seed = std::random_device{}();
    RecordProperty("seed", static_cast<int>(seed));
    std::printf("seed %u, %llu messages\n", seed, static_cast<unsigned long long>(messages));
    // An admission that is made wrong would soon contradict the log over a key used twice.
    Documents documents(seed, admission == Admission::right ? 3 : 1);
    Ledger ledger;
    ledger.reserve(messages);
    Site site(directory_, ledger, admission, assertion);
    for (int stop = 0; stop < stops; ++stop) {
      // The ledger is read by the shards' threads: it is complete before they run.
      std::vector<std::pair<const registry::Principal*, std::shared_ptr<const std::string>>> sent;
      for (std::uint64_t i = 0; i < messages / stops; ++i) {
        const auto drill = static_cast<int>(documents.below(drills.size()));
        const auto& publisher =
            site.publisher(static_cast<int>(documents.below(publishers)), drill);
        auto document = std::make_shared<const std::string>(documents.next(drill));
        const auto hash = journal::content_hash(*document);
        ledger.emplace(std::string(hash.begin(), hash.end()),
                       drills[static_cast<std::size_t>(drill)]);
        sent.emplace_back(&publisher, std::move(document));
      }
      site.start();
      if (HasFatalFailure()) return {};
      for (auto& [publisher, document] : sent) site.send(*publisher, std::move(document));
      site.stop();
    }
    const auto totals = site.totals();
    std::printf(
        "figure: accepted %llu (live %llu, east %llu, west %llu), refused %llu, delivered %llu, "
        "passed %llu, held back %llu, crossings %llu\n",
        static_cast<unsigned long long>(totals.accepted),
        static_cast<unsigned long long>(totals.accepted_in[0]),
        static_cast<unsigned long long>(totals.accepted_in[1]),
        static_cast<unsigned long long>(totals.accepted_in[2]),
        static_cast<unsigned long long>(totals.refused),
        static_cast<unsigned long long>(totals.deliveries),
        static_cast<unsigned long long>(totals.passed),
        static_cast<unsigned long long>(totals.held_back),
        static_cast<unsigned long long>(totals.crossings));
    return totals;
  }

 private:
  std::filesystem::path directory_;
};

TEST_F(CrossingsTest, NoneOfAllMixedMessagesCrosses) {
  const auto messages = messages_wanted();
  const auto totals = run(messages, Admission::right, Output::Assertion::on);
  EXPECT_EQ(totals.crossings, 0u);
  EXPECT_EQ(totals.unknown, 0u);
  EXPECT_EQ(totals.held_back, 0u) << "nothing ever stood before the wrong stream";
  for (const auto accepted : totals.accepted_in) EXPECT_GT(accepted, messages / 10);
  EXPECT_GT(totals.refused, messages / 20);
  EXPECT_GT(totals.deliveries + totals.passed, totals.accepted * (subscribers - 1));
}

// An admission that now and then calls a drill live, and outlets that ask.
TEST_F(CrossingsTest, WhatAdmissionWouldGetWrongIsHeldBackAtTheOutlet) {
  const auto totals = run(8'000, Admission::sometimes_live_for_a_drill, Output::Assertion::on);
  EXPECT_EQ(totals.crossings, 0u);
  EXPECT_GT(totals.held_back, 0u);
}

// The positive control: the same, and outlets that do not ask. A checker that cannot fail proves
// nothing.
TEST_F(CrossingsTest, WithoutTheAssertionTheCheckerSeesTheCrossings) {
  const auto totals = run(8'000, Admission::sometimes_live_for_a_drill, Output::Assertion::off);
  EXPECT_GT(totals.crossings, 0u);
}

}  // namespace
}  // namespace noroshi::crossings
