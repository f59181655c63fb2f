// Whoever starts from a reduced log decides, delivers and identifies as one who read all of it:
// random logs, the real judge, the real folds.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "hub/admission/alert_judge.hpp"
#include "hub/delivery/folds.hpp"
#include "hub/journal/journal.hpp"
#include "hub/journal/reduction.hpp"
#include "tests/unit/hub/admission/credential.hpp"

namespace noroshi::admission {
namespace {

using journal::Proposal;
using journal::Sequence;

constexpr int publishers = 3;
constexpr int subscribers = 6;
constexpr int identifiers = 60;
constexpr std::int64_t now_ms = 1'795'316'400'000;

const std::vector<std::string> codes{"362018", "362026", "141011", "141003", "360007"};

class RandomLog {
 public:
  explicit RandomLog(unsigned seed) : random_(seed) {}

  Proposal next(Sequence head) {
    Proposal proposal;
    switch (below(10)) {
      case 0:
        register_publisher(*proposal.body.mutable_publisher_registered());
        break;
      case 1:
        register_subscriber(*proposal.body.mutable_subscriber_registered());
        break;
      case 2:
        issue_token(*proposal.body.mutable_token_issued());
        break;
      case 3:
        acknowledge(*proposal.body.mutable_acks_recorded(), head);
        break;
      case 4:
        proposal.body.mutable_identity_failures()->set_count(3);
        break;
      default:
        proposal = alert();
    }
    return proposal;
  }

  Proposal alert() {
    Proposal proposal;
    auto& draft = *proposal.body.mutable_alert_accepted();
    auto& summary = *draft.mutable_summary();
    const auto identifier = name("i", identifiers);
    draft.set_publisher(name("p", publishers));
    draft.set_credential(credential_of(draft.publisher()));
    proposal.content = std::make_shared<const std::string>(identifier + std::to_string(below(3)));
    const auto hash = journal::content_hash(*proposal.content);
    draft.set_content_sha256(hash.data(), hash.size());
    draft.add_warnings("cap.W1");
    if (below(2) == 0) draft.set_expires_ms(now_ms + static_cast<std::int64_t>(below(5)) - 2);
    summary.set_identifier(identifier);
    summary.set_sender("s");
    summary.set_headline("a headline of " + identifier);
    const std::vector<std::string> types{"Alert", "Update", "Cancel"};
    summary.set_message_type(types[below(types.size())]);
    auto& own = *draft.add_routing();
    own.set_level(static_cast<std::uint32_t>(below(6)));
    own.add_events("evac.l4");
    for (auto n = below(3); n > 0; --n) {
      own.add_area_codes(codes[below(codes.size())]);
      summary.add_area_codes(*own.area_codes().rbegin());
    }
    if (summary.message_type() == "Alert") return proposal;
    for (auto n = 1 + below(3); n > 0; --n) {
      auto& reference = *draft.add_references();
      reference.set_sender("s");
      reference.set_identifier(name("i", identifiers));
    }
    return proposal;
  }

 private:
  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
  std::string name(const std::string& kind, int count) {
    return kind + std::to_string(below(static_cast<std::uint64_t>(count)));
  }

  void register_publisher(v1::PublisherRegistered& publisher) {
    publisher.set_code(name("p", publishers));
    publisher.add_senders("*");
    publisher.add_areas(below(5) == 0 ? "36" : "*");
    publisher.set_suspended(below(10) == 0);
    if (below(4) == 0) publisher.add_events("evac");
    if (below(4) == 0) publisher.add_proxies()->set_publisher(name("p", publishers));
  }
  void register_subscriber(v1::SubscriberRegistered& subscriber) {
    subscriber.set_id(name("t", subscribers));
    subscriber.add_areas(below(3) == 0 ? "*" : codes[below(codes.size())]);
    subscriber.set_min_level(static_cast<std::uint32_t>(below(5)));
    subscriber.set_suspended(below(10) == 0);
  }
  void issue_token(v1::TokenIssued& issued) {
    if (below(2) == 0) {
      issued = token_of(name("p", publishers)).token_issued();
      return;
    }
    issued.set_kind(v1::TokenIssued::SUBSCRIBER);
    issued.set_id(name("t", subscribers));
    const auto hash = journal::content_hash(name("token", 5));
    issued.set_token_sha256(hash.data(), hash.size());
  }
  void acknowledge(v1::AcksRecorded& acks, Sequence head) {
    for (auto n = below(4); n > 0; --n) {
      auto& range = *acks.add_ranges();
      range.set_subscriber(name("t", subscribers));
      range.set_through(1 + below(head));
      range.set_at_ms(now_ms);
    }
  }

  std::mt19937 random_;
};

struct State {
  AlertJudge judge;
  delivery::Folds folds;

  void apply(const v1::Entry& entry) {
    judge.apply(entry);
    folds.apply(entry);
  }
};

std::string decision_of(AlertJudge& judge, const Proposal& proposal, Sequence sequence) {
  const auto decision = judge.decide(proposal, sequence, now_ms);
  if (const auto* known = std::get_if<journal::AlreadyKnown>(&decision))
    return "known " + std::to_string(known->sequence);
  if (const auto* refuse = std::get_if<journal::Refuse>(&decision))
    return refuse->code + refuse->detail + refuse->audit->DebugString();
  return std::get<journal::Accept>(decision).body.DebugString();
}

std::string fate_of(const delivery::Folds& folds, const v1::AlertAccepted& alert,
                    Sequence sequence) {
  const auto fate = folds.fate(alert, sequence, now_ms - 10, now_ms);
  return fate ? std::to_string(fate->reason) + " by " + std::to_string(fate->by) : "none";
}

TEST(ReducedLog, FoldsToTheSameState) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  RandomLog log(seed);
  std::mt19937 chance(seed + 1);
  constexpr int rounds = 400;

  AlertJudge deciding;
  const auto journal = journal::open_memory(7, "live", deciding, [] { return now_ms; });
  for (int i = 0; i < rounds; ++i)
    ASSERT_TRUE(journal->append(std::vector{log.next(journal->head().sequence)}));
  const auto head = journal->head().sequence;
  const auto entries = journal->read(0, {head, std::size_t{1} << 30});
  ASSERT_EQ(entries->size(), head);

  State full;
  State reduced;
  journal::Reduction reduction;
  const auto tail = head - chance() % 50;  // what a segment does not hold yet
  const auto take = [&](const v1::Entry& entry) { reduced.apply(entry); };
  for (const auto& stored : *entries) {
    full.apply(stored->entry);
    if (stored->sequence > tail) {
      reduced.apply(stored->entry);
      continue;
    }
    reduction.add(stored->entry);
    if (chance() % 40 == 0 || stored->sequence == tail) {
      ASSERT_TRUE(journal::for_each_reduced(reduction.take(), take));
    }
  }

  EXPECT_EQ(reduced.folds.head(), full.folds.head());
  EXPECT_EQ(reduced.folds.last_alert(), full.folds.last_alert());
  EXPECT_EQ(reduced.folds.cursors(), full.folds.cursors());
  for (int i = 0; i < subscribers; ++i) {
    const auto id = "t" + std::to_string(i);
    EXPECT_EQ(reduced.folds.cursor(id), full.folds.cursor(id));
  }
  for (int i = 0; i < 5; ++i) {
    const auto token = "token" + std::to_string(i);
    EXPECT_EQ(reduced.folds.registry().principal_of(token),
              full.folds.registry().principal_of(token));
  }
  for (const auto& stored : *entries) {
    if (!stored->entry.body().has_alert_accepted()) continue;
    const auto& alert = stored->entry.body().alert_accepted();
    EXPECT_EQ(fate_of(reduced.folds, alert, stored->sequence),
              fate_of(full.folds, alert, stored->sequence));
    EXPECT_EQ(reduced.folds.registry().count_addressed(alert, stored->sequence),
              full.folds.registry().count_addressed(alert, stored->sequence));
  }
  for (int i = 0; i < rounds; ++i) {
    const auto proposal = log.alert();
    EXPECT_EQ(decision_of(reduced.judge, proposal, head + 1),
              decision_of(full.judge, proposal, head + 1));
  }
}

}  // namespace
}  // namespace noroshi::admission
