#include "subscribers/client/outbox.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "subscribers/client/on_air.hpp"
#include "subscribers/client/receipt_folder.hpp"

namespace noroshi::subscribers {
namespace {

namespace fs = std::filesystem;
namespace pb = noroshi::v1;

pb::Receipt receipt(const std::string& id, std::uint64_t sequence) {
  pb::Receipt said;
  said.set_id(id);
  said.set_sequence(sequence);
  said.set_state(pb::Receipt::SHOWN);
  said.set_medium("radio");
  return said;
}

std::string ids(const std::vector<pb::ClientMessage>& messages) {
  std::string all;
  for (const auto& message : messages) all += message.receipt().id();
  return all;
}

TEST(Outbox, SaysEachOnceTheHubHasSentItsAlertAndAgainUntilItIsAnswered) {
  Outbox outbox;
  outbox.add(receipt("a", 5));
  outbox.add(receipt("b", 3));
  outbox.add(receipt("a", 5));
  EXPECT_EQ(ids(outbox.due(2)), "");
  EXPECT_EQ(ids(outbox.due(4)), "b");
  EXPECT_EQ(ids(outbox.due(5)), "a");
  EXPECT_EQ(ids(outbox.due(5)), "");
  outbox.begin_again();
  EXPECT_EQ(ids(outbox.due(5)), "ab");
  EXPECT_TRUE(outbox.answered("a"));
  EXPECT_FALSE(outbox.answered("a"));
  outbox.begin_again();
  EXPECT_EQ(ids(outbox.due(5)), "b");
  EXPECT_EQ(outbox.waiting(), 1u);
}

TEST(Outbox, HasSoManyUnansweredAtMost) {
  Outbox outbox;
  for (std::size_t i = 0; i < Outbox::unanswered_max + 10; ++i)
    outbox.add(receipt(std::to_string(i), 1));
  EXPECT_EQ(outbox.due(1).size(), Outbox::unanswered_max);
  EXPECT_TRUE(outbox.answered("0"));
  EXPECT_EQ(outbox.due(1).size(), 1u);
}

class ReceiptFolderTest : public ::testing::Test {
 protected:
  ReceiptFolderTest() { fs::remove_all(path_); }
  ~ReceiptFolderTest() override { fs::remove_all(path_); }
  const fs::path path_ =
      fs::temp_directory_path() / ("noroshi-receipts-" + std::to_string(::getpid()) + "-" +
                                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(ReceiptFolderTest, KeepsWhatIsNotAnsweredOfEachChannelAndLogApart) {
  {
    ReceiptFolder folder(path_);
    ASSERT_TRUE(folder.open("live", 7));
    ASSERT_TRUE(folder.add({receipt("a", 1), receipt("b", 2)}, 7));
    ASSERT_TRUE(folder.remove("a", 7));
    ASSERT_TRUE(folder.remove("never there", 7));
  }
  ReceiptFolder folder(path_);
  EXPECT_TRUE(folder.open("live", 8)->empty());
  EXPECT_TRUE(folder.open("drill:x", 7)->empty());
  const auto waiting = folder.open("live", 7);
  ASSERT_EQ(waiting->size(), 1u);
  EXPECT_EQ(waiting->front().SerializeAsString(), receipt("b", 2).SerializeAsString());
}

TEST_F(ReceiptFolderTest, TakesNoNameThatLeadsElsewhereAndNoOtherFile) {
  ReceiptFolder folder(path_);
  ASSERT_TRUE(folder.open("live", 7));
  EXPECT_FALSE(folder.add({receipt("../a", 1)}, 7));
  EXPECT_FALSE(folder.add({receipt(".a", 1)}, 7));
  std::ofstream(path_ / "live" / "7" / ".b.part") << "half";
  EXPECT_TRUE(folder.open("live", 7)->empty());
  std::ofstream(path_ / "live" / "7" / "c") << "no receipt";
  EXPECT_FALSE(folder.open("live", 7));
}

TEST(OnAir, ShowsAnAlertAndTakesDownWhatACancelRefersTo) {
  Item item{{7, 12}, pb::Delivery(), {}, "live"};
  auto& summary = *std::get<pb::Delivery>(item.content).mutable_summary();
  summary.set_message_type("Update");
  summary.add_referenced_sequences(5);
  const auto shown = on_air(item, "tv.lshape");
  ASSERT_EQ(shown.size(), 1u);
  EXPECT_EQ(shown[0].receipt.id(), "7-12-tv.lshape-shown");
  EXPECT_EQ(shown[0].receipt.sequence(), 12u);
  EXPECT_EQ(shown[0].receipt.state(), pb::Receipt::SHOWN);
  EXPECT_TRUE(shown[0].receipt.has_at());
  summary.set_message_type("Cancel");
  const auto withdrawn = on_air(item, "tv.lshape");
  ASSERT_EQ(withdrawn.size(), 1u);
  EXPECT_EQ(withdrawn[0].receipt.sequence(), 5u);
  EXPECT_EQ(withdrawn[0].receipt.state(), pb::Receipt::WITHDRAWN);
  item.content = pb::Passed();
  EXPECT_TRUE(on_air(item, "tv.lshape").empty());
}

}  // namespace
}  // namespace noroshi::subscribers
