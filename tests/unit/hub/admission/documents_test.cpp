// The fold is the same from the log and from the log in short, wherever that is cut.
#include "hub/admission/documents.hpp"

#include <gtest/gtest.h>

#include <random>

#include "hub/journal/reduction.hpp"
#include "tests/unit/hub/admission/story.hpp"

namespace noroshi::admission {
namespace {

class Histories {
 public:
  explicit Histories(unsigned seed) : random_(seed) {}

  Story tell(int length) {
    Story story;
    story.register_districts("362018", {"a", "b", "c"}, "g");
    for (int i = 0; i < length; ++i) {
      story.now_ms += static_cast<std::int64_t>(below(4)) * hour_ms;
      story.send(next(i));
    }
    return story;
  }

 private:
  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
  std::string one_of(const std::vector<std::string>& words) { return words[below(words.size())]; }
  std::string any_before(int i) {
    return "i" + std::to_string(below(static_cast<std::uint64_t>(i) + 1));
  }

  Order next(int i) {
    Order order("i" + std::to_string(i), one_of({"A", "B", "C", "D", ""}),
                static_cast<unsigned>(i));
    order.by(one_of({"362018", "362026"})).on(one_of({"live", "live", "drill:x"}));
    if (below(3) > 0) {
      const std::vector<std::string> earlier{"i" + std::to_string(i - 1), any_before(i)};
      below(5) == 0 ? order.cancels(earlier) : order.updates(earlier);
    }
    for (auto n = below(3); n > 0; --n)
      order.issue({one_of({"evac.l3", "evac.l4", "shelter", "rain", "evac.none"}),
                   {one_of({"362018:a", "362018:g", "362026:*", "141011:x"})}});
    if (below(3) > 0) order.lift(evac(4, {"362018:*", "362026:*", "141011:x"}));
    return order;
  }

  std::mt19937 random_;
};

TEST(DocumentsFold, IsTheSameFromTheLogAndFromItsReduction) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  const auto story = Histories(seed).tell(400);
  ASSERT_GT(story.log().size(), 50u) << "histories that are refused test nothing";
  std::mt19937 chance(seed + 1);
  Documents again;
  Documents reduced;
  journal::Reduction reduction;
  const auto tail = story.log().size() - chance() % 20;
  for (const auto& entry : story.log()) {
    again.apply(entry);
    if (entry.sequence() > tail) {
      reduced.apply(entry);
      continue;
    }
    reduction.add(entry);
    if (chance() % 40 != 0 && entry.sequence() != tail) continue;
    const auto take = [&](const v1::Entry& kept) { reduced.apply(kept); };
    ASSERT_TRUE(journal::for_each_reduced(reduction.take(), take));
  }
  EXPECT_TRUE(again == story.documents()) << "from the log";
  EXPECT_TRUE(reduced == story.documents()) << "from the log in short";
}

TEST(DocumentsFold, KeepsNothingOfWhatIsLiftedButItsDocument) {
  Story story;
  story.send(Order("a1", "A", 1).issue(evac(4, {"362018:a"})));
  story.send(Order("a2", "A", 2).updates({"a1"}).lift(evac(4, {"362018:a"})));
  EXPECT_EQ(story.documents().standing(1), nullptr);
  EXPECT_EQ(story.documents().standing(2), nullptr);
  ASSERT_NE(story.documents().document_with(2), nullptr);
  EXPECT_EQ(*story.documents().document_with(2), "A");
  EXPECT_EQ(story.documents().ended(1)->by, 2u);
}

}  // namespace
}  // namespace noroshi::admission
