// What every engine must do. Each is run through the same tests.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/journal/journal.hpp"
#include "proto/merkle/frontier.hpp"
#include "proto/merkle/proof.hpp"
#include "tests/unit/hub/journal/recording_judge.hpp"

namespace noroshi::journal {
namespace {

using testing::ElementsAre;

struct MemoryEngine {
  std::unique_ptr<Journal> open(Judge& judge, WallClock clock) {
    return open_memory(test_epoch, "training", judge, std::move(clock));
  }
};

struct SqliteEngine {
  ScratchDirectory directory;
  std::unique_ptr<Journal> open(Judge& judge, WallClock clock) {
    const auto created = create_sqlite(directory.file(), test_epoch, "training", clock);
    EXPECT_TRUE(created) << why(created);
    auto journal = open_sqlite(directory.file(), judge, std::move(clock));
    EXPECT_TRUE(journal) << why(journal);
    return journal ? *std::move(journal) : nullptr;
  }
};

template <class Engine>
class JournalContract : public testing::Test {
 protected:
  void SetUp() override {
    journal = engine.open(judge, [this] { return now_ms; });
    ASSERT_NE(journal, nullptr);
  }

  std::vector<Outcome> append(const std::vector<Proposal>& group) {
    auto outcomes = journal->append(group);
    EXPECT_TRUE(outcomes) << why(outcomes);
    return outcomes ? *std::move(outcomes) : std::vector<Outcome>(group.size(), Unknown{});
  }

  std::vector<StoredPtr> read(Sequence after, ReadBounds bounds = {}) {
    auto page = journal->read(after, bounds);
    EXPECT_TRUE(page) << why(page);
    return page ? *std::move(page) : std::vector<StoredPtr>{};
  }

  std::vector<Sequence> sequences(Sequence after, ReadBounds bounds = {}) {
    std::vector<Sequence> found;
    for (const StoredPtr& stored : read(after, bounds)) found.push_back(stored->sequence);
    return found;
  }

  Engine engine;
  RecordingJudge judge;
  std::int64_t now_ms = test_now_ms;
  std::unique_ptr<Journal> journal;
};

using Engines = testing::Types<MemoryEngine, SqliteEngine>;
TYPED_TEST_SUITE(JournalContract, Engines);

TYPED_TEST(JournalContract, BeginsWithLogOpened) {
  EXPECT_EQ(this->journal->head().sequence, 1u);
  EXPECT_EQ(this->journal->head().epoch, test_epoch);
  EXPECT_EQ(this->journal->head().environment, "training");
  const auto page = this->read(0);
  ASSERT_EQ(page.size(), 1u);
  EXPECT_EQ(page[0]->entry.sequence(), 1u);
  EXPECT_EQ(page[0]->entry.at_ms(), test_now_ms);
  EXPECT_EQ(page[0]->entry.body().log_opened().epoch(), test_epoch);
  EXPECT_EQ(page[0]->entry.body().log_opened().environment(), "training");
  EXPECT_THAT(this->judge.applied, ElementsAre(page[0]->bytes));
}

TYPED_TEST(JournalContract, KeepsTheTreeOverItsEntries) {
  merkle::Frontier expected;
  for (std::size_t round = 0; round < 40; ++round) {
    for (const auto& stored : this->read(expected.size())) expected.add(leaf_hash(stored->bytes));
    ASSERT_EQ(this->journal->tree().size, expected.size());
    ASSERT_EQ(this->journal->tree().root, expected.root());
    this->append(std::vector(round % 5 + 1, alert("hino", std::to_string(round))));
  }
}

TYPED_TEST(JournalContract, ProvesEachEntryFromItsNodes) {
  for (int i = 0; i < 20; ++i) this->append({alert("hino", std::to_string(i))});
  const auto tree = this->journal->tree();
  const merkle::NodeOf node_of = [this](unsigned level, std::uint64_t index) {
    return this->journal->node(level, index);
  };
  for (const auto& stored : this->read(0)) {
    const auto index = stored->sequence - 1;
    const auto proof = merkle::inclusion_proof(index, tree.size, node_of);
    ASSERT_TRUE(proof) << why(proof);
    const auto leaf = leaf_hash(stored->bytes);
    EXPECT_TRUE(merkle::verify_inclusion(index, tree.size, leaf, *proof, tree.root)) << index;
  }
}

TYPED_TEST(JournalContract, GivesDenseSequencesInTheOrderProposed) {
  const auto first = this->append({alert("hino", "A"), alert("hino", "B")});
  const auto second = this->append({alert("hino", "C")});
  EXPECT_EQ(std::get<Committed>(first[0]).stored->sequence, 2u);
  EXPECT_EQ(std::get<Committed>(first[1]).stored->sequence, 3u);
  EXPECT_EQ(std::get<Committed>(second[0]).stored->sequence, 4u);
  EXPECT_EQ(stored_of(second[0])->entry.body().alert_accepted().summary().identifier(), "C");
  EXPECT_EQ(this->journal->head().sequence, 4u);
  EXPECT_THAT(this->sequences(0), ElementsAre(1, 2, 3, 4));
}

TYPED_TEST(JournalContract, ReadsBackTheBytesThatWereAnswered) {
  const auto outcomes = this->append({alert("hino", "A"), alert("suspended", "B")});
  const auto page = this->read(1);
  ASSERT_EQ(page.size(), 2u);
  for (std::size_t i = 0; i < page.size(); ++i) {
    const StoredPtr answered = stored_of(outcomes[i]);
    EXPECT_EQ(page[i]->bytes, answered->bytes);
    EXPECT_EQ(page[i]->entry.SerializeAsString(), answered->entry.SerializeAsString());
    v1::Entry parsed;
    ASSERT_TRUE(parsed.ParseFromString(page[i]->bytes));
    EXPECT_EQ(parsed.sequence(), page[i]->sequence);
  }
}

TYPED_TEST(JournalContract, RecordsWallTimeAsSeenEvenWhenItGoesBack) {
  this->now_ms = 5000;
  this->append({alert("hino", "A")});
  this->now_ms = -1;
  this->append({alert("hino", "B")});
  const auto page = this->read(1);
  ASSERT_EQ(page.size(), 2u);
  EXPECT_EQ(page[0]->entry.at_ms(), 5000);
  EXPECT_EQ(page[1]->entry.at_ms(), -1);
}

TYPED_TEST(JournalContract, AnswersEachProposalOfAGroupInItsPlace) {
  const auto outcomes = this->append({alert("hino", "A"), alert("silent", "B"), alert("hino", "A"),
                                      alert("suspended", "C"), alert("hino", "D")});
  ASSERT_EQ(outcomes.size(), 5u);
  EXPECT_EQ(std::get<Committed>(outcomes[0]).stored->sequence, 2u);
  EXPECT_EQ(std::get<Refused>(outcomes[1]).code, "auth.area");
  EXPECT_EQ(std::get<Known>(outcomes[2]).stored->sequence, 2u);
  EXPECT_EQ(std::get<Refused>(outcomes[3]).code, "auth.suspended");
  EXPECT_EQ(std::get<Committed>(outcomes[4]).stored->sequence, 4u);
  EXPECT_EQ(this->journal->head().sequence, 4u);
}

TYPED_TEST(JournalContract, AsksTheJudgeAboutEachEntryAfterTellingItTheOneBefore) {
  this->append({alert("hino", "A"), alert("silent", "B"), alert("suspended", "C")});
  this->append({alert("hino", "A"), alert("hino", "D")});
  EXPECT_THAT(this->judge.calls,
              ElementsAre("apply 1", "decide 2", "apply 2", "decide 3", "decide 3", "apply 3",
                          "decide 4", "decide 4", "apply 4"));
}

TYPED_TEST(JournalContract, TellsTheJudgeExactlyWhatIsStored) {
  this->append({alert("hino", "A"), alert("suspended", "B")});
  std::vector<std::string> stored;
  for (const StoredPtr& entry : this->read(0)) stored.push_back(entry->bytes);
  EXPECT_EQ(this->judge.applied, stored);
}

TYPED_TEST(JournalContract, AnswersAKnownAlertWithTheBytesOfTheFirstTime) {
  const auto first = this->append({alert("hino", "A"), alert("hino", "A")});
  const auto again = this->append({alert("hino", "A")});
  const StoredPtr original = std::get<Committed>(first[0]).stored;
  for (const Outcome& outcome : {first[1], again[0]}) {
    const StoredPtr known = std::get<Known>(outcome).stored;
    EXPECT_EQ(known->bytes, original->bytes);
    ASSERT_NE(known->content, nullptr);
    EXPECT_EQ(*known->content, *original->content);
  }
  EXPECT_EQ(this->journal->head().sequence, 2u);
}

TYPED_TEST(JournalContract, KeepsARefusalOnlyWhenItIsAudited) {
  const auto outcomes = this->append({alert("silent", "A"), alert("suspended", "B")});
  const Refused& silent = std::get<Refused>(outcomes[0]);
  EXPECT_EQ(silent.stored, nullptr);
  EXPECT_EQ(silent.detail, "not yours");
  EXPECT_THAT(silent.rules, ElementsAre("jp.R1 9"));
  const Refused& audited = std::get<Refused>(outcomes[1]);
  ASSERT_NE(audited.stored, nullptr);
  EXPECT_EQ(audited.stored->sequence, 2u);
  EXPECT_EQ(audited.stored->entry.body().alert_refused().code(), "auth.suspended");
  const auto page = this->read(1);
  ASSERT_EQ(page.size(), 1u);
  EXPECT_EQ(page[0]->bytes, audited.stored->bytes);
  EXPECT_EQ(page[0]->content, nullptr);
}

TYPED_TEST(JournalContract, WritesNothingForAGroupThatIsAllKnownOrUnaudited) {
  this->append({alert("hino", "A")});
  this->append({alert("hino", "A"), alert("silent", "B")});
  this->append({});
  EXPECT_EQ(this->journal->head().sequence, 2u);
  EXPECT_EQ(this->read(0).size(), 2u);
}

TYPED_TEST(JournalContract, KeepsContentToTheByte) {
  std::string every_byte;
  for (int i = 0; i < 256; ++i) every_byte.push_back(static_cast<char>(i));
  std::string large;
  while (large.size() < (2u << 20)) large += every_byte;
  const std::vector<std::string> contents = {"", every_byte, large, std::string(1, '\0')};
  for (std::size_t i = 0; i < contents.size(); ++i)
    this->append(
        {alert("hino", std::to_string(i), std::make_shared<const std::string>(contents[i]))});
  const auto page = this->read(1, ReadBounds{16, 16u << 20});
  ASSERT_EQ(page.size(), contents.size());
  for (std::size_t i = 0; i < contents.size(); ++i) {
    ASSERT_NE(page[i]->content, nullptr);
    EXPECT_TRUE(*page[i]->content == contents[i]) << "content " << i;
  }
}

TYPED_TEST(JournalContract, KeepsAnEntryWithoutContentApartFromOneWithEmptyContent) {
  this->append({alert("hino", "A", nullptr), alert("hino", "B", std::make_shared<std::string>())});
  const auto page = this->read(1);
  ASSERT_EQ(page.size(), 2u);
  EXPECT_EQ(page[0]->content, nullptr);
  ASSERT_NE(page[1]->content, nullptr);
  EXPECT_EQ(*page[1]->content, "");
}

TYPED_TEST(JournalContract, GivesTheSameContentToEveryEntryThatNamesIt) {
  const auto content = std::make_shared<const std::string>("one text");
  this->append({alert("hino", "A", content), alert("tama", "A", content)});
  const auto page = this->read(1);
  ASSERT_EQ(page.size(), 2u);
  EXPECT_EQ(*page[0]->content, "one text");
  EXPECT_EQ(*page[1]->content, "one text");
}

TYPED_TEST(JournalContract, ReadsAfterTheSequenceAndNotItself) {
  this->append({alert("hino", "A"), alert("hino", "B")});
  EXPECT_THAT(this->sequences(1), ElementsAre(2, 3));
  EXPECT_THAT(this->sequences(2), ElementsAre(3));
  EXPECT_THAT(this->sequences(3), ElementsAre());
  EXPECT_THAT(this->sequences(4), ElementsAre());
  EXPECT_THAT(this->sequences(~Sequence{0}), ElementsAre());
}

TYPED_TEST(JournalContract, ReadsNoMoreEntriesThanAskedButAtLeastOne) {
  this->append({alert("hino", "A"), alert("hino", "B"), alert("hino", "C")});
  EXPECT_THAT(this->sequences(1, {2, 1u << 20}), ElementsAre(2, 3));
  EXPECT_THAT(this->sequences(3, {2, 1u << 20}), ElementsAre(4));
  EXPECT_THAT(this->sequences(1, {0, 1u << 20}), ElementsAre(2));
}

TYPED_TEST(JournalContract, ReadsNoMoreBytesThanAskedButAtLeastOneEntry) {
  const auto outcomes = this->append({alert("hino", "A"), alert("hino", "B"), alert("hino", "C")});
  const StoredPtr first = stored_of(outcomes[0]);
  const std::size_t each = first->bytes.size() + first->content->size();
  EXPECT_THAT(this->sequences(1, {9, 2 * each}), ElementsAre(2, 3));
  EXPECT_THAT(this->sequences(1, {9, 2 * each - 1}), ElementsAre(2));
  EXPECT_THAT(this->sequences(1, {9, 0}), ElementsAre(2));
}

// A judge that accepts whatever it is shown.
class CarelessJudge final : public Judge {
 public:
  void apply(const v1::Entry&) override {}
  Decision decide(const Proposal& proposal, Sequence, std::int64_t) override {
    if (proposal.key && proposal.key->identifier == "beyond") return AlreadyKnown{99};
    return Accept{proposal.body};
  }
};

template <class Engine>
class JournalUnderACarelessJudge : public testing::Test {
 protected:
  void SetUp() override {
    journal = engine.open(judge, test_clock);
    ASSERT_NE(journal, nullptr);
  }

  void expect_broken(const Result<std::vector<Outcome>>& outcomes) {
    ASSERT_FALSE(outcomes);
    EXPECT_EQ(outcomes.error().code, ErrorCode::io);
    const auto again = journal->append(std::vector{alert("tama", "fine")});
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::io);
    const auto page = journal->read(0, {});
    ASSERT_FALSE(page);
    EXPECT_EQ(page.error().code, ErrorCode::io);
  }

  Engine engine;
  CarelessJudge judge;
  std::unique_ptr<Journal> journal;
};
TYPED_TEST_SUITE(JournalUnderACarelessJudge, Engines);

TYPED_TEST(JournalUnderACarelessJudge, NeverKeepsAKeyTwiceInOneGroup) {
  this->expect_broken(this->journal->append(std::vector{alert("hino", "A"), alert("hino", "A")}));
}

TYPED_TEST(JournalUnderACarelessJudge, NeverKeepsAKeyTwiceInTwoGroups) {
  ASSERT_TRUE(this->journal->append(std::vector{alert("hino", "A")}));
  this->expect_broken(this->journal->append(std::vector{alert("hino", "A")}));
}

TYPED_TEST(JournalUnderACarelessJudge, KeepsKeysThatDifferInOnePart) {
  Proposal other_sender = alert("hino", "A");
  other_sender.key->sender = "other@example.jp";
  EXPECT_TRUE(this->journal->append(
      std::vector{alert("hino", "A"), alert("tama", "A"), alert("hino", "B"), other_sender}));
}

TYPED_TEST(JournalUnderACarelessJudge, BreaksOnAKnownEntryThatIsNotThere) {
  this->expect_broken(this->journal->append(std::vector{alert("hino", "beyond")}));
}

TYPED_TEST(JournalUnderACarelessJudge, BreaksOnAHashThatIsNotThatOfTheContent) {
  Proposal proposal = alert("hino", "A");
  proposal.content = std::make_shared<const std::string>("something else");
  this->expect_broken(this->journal->append(std::vector{proposal}));
}

TYPED_TEST(JournalUnderACarelessJudge, BreaksOnAHashWithoutContent) {
  Proposal proposal = alert("hino", "A");
  proposal.content = nullptr;
  this->expect_broken(this->journal->append(std::vector{proposal}));
}

}  // namespace
}  // namespace noroshi::journal
