#include "proto/merkle/proof.hpp"

#include <gtest/gtest.h>

#include <random>

#include "tests/unit/proto/merkle/grown.hpp"

namespace noroshi::merkle {
namespace {

constexpr std::size_t size_max = 70;

class Proofs : public testing::Test {
 protected:
  [[nodiscard]] Hash root(std::size_t size) const {
    return defined_root(std::span(all_).first(size));
  }
  // Only what a tree of `size` leaves has.
  [[nodiscard]] NodeOf nodes(std::size_t size) const {
    return [this, size](unsigned level, std::uint64_t index) -> Result<Hash> {
      const auto found = grown_.nodes.find({level, index});
      if (found == grown_.nodes.end() || (index + 1) << level > size)
        return failure(ErrorCode::io, "asked for a node that is not complete");
      return found->second;
    };
  }

  const std::vector<Hash> all_ = leaves(size_max);
  const Grown grown_{all_};
};

TEST_F(Proofs, EveryLeafOfEveryTreeIsShown) {
  for (std::size_t size = 1; size <= size_max; ++size)
    for (std::size_t index = 0; index < size; ++index) {
      const auto proof = inclusion_proof(index, size, nodes(size));
      ASSERT_TRUE(proof) << proof.error().detail;
      EXPECT_TRUE(verify_inclusion(index, size, all_[index], *proof, root(size)))
          << index << " of " << size;
    }
}

TEST_F(Proofs, EveryTreeIsTheBeginningOfEveryLaterOne) {
  for (std::size_t size2 = 0; size2 <= size_max; ++size2)
    for (std::size_t size1 = 0; size1 <= size2; ++size1) {
      const auto proof = consistency_proof(size1, size2, nodes(size2));
      ASSERT_TRUE(proof) << proof.error().detail;
      EXPECT_TRUE(verify_consistency(size1, size2, root(size1), root(size2), *proof))
          << size1 << " of " << size2;
    }
}

// RFC 9162, section 2.1.5: the tree of seven.
TEST_F(Proofs, AreTheOnesOfTheStandard) {
  const auto node = [&](unsigned level, std::uint64_t index) {
    return grown_.nodes.at({level, index});
  };
  const auto& d = all_;
  const auto l = node_hash(node_hash(d[4], d[5]), d[6]);
  EXPECT_EQ(inclusion_proof(0, 7, nodes(7)).value(), (Proof{d[1], node(1, 1), l}));
  EXPECT_EQ(inclusion_proof(3, 7, nodes(7)).value(), (Proof{d[2], node(1, 0), l}));
  EXPECT_EQ(inclusion_proof(4, 7, nodes(7)).value(), (Proof{d[5], d[6], node(2, 0)}));
  EXPECT_EQ(inclusion_proof(6, 7, nodes(7)).value(), (Proof{node(1, 2), node(2, 0)}));
  EXPECT_EQ(consistency_proof(3, 7, nodes(7)).value(), (Proof{d[2], d[3], node(1, 0), l}));
  EXPECT_EQ(consistency_proof(4, 7, nodes(7)).value(), (Proof{l}));
  EXPECT_EQ(consistency_proof(6, 7, nodes(7)).value(), (Proof{node(1, 2), d[6], node(2, 0)}));
}

TEST_F(Proofs, NothingElseIsShown) {
  for (std::size_t size = 1; size <= 33; ++size)
    for (std::size_t index = 0; index < size; ++index) {
      const auto proof = *inclusion_proof(index, size, nodes(size));
      EXPECT_FALSE(verify_inclusion(index, size, all_[(index + 1) % size_max], proof, root(size)));
      EXPECT_FALSE(verify_inclusion(size, size, all_[index], proof, root(size)));
      if (size > 1) {
        EXPECT_FALSE(verify_inclusion((index + 1) % size, size, all_[index], proof, root(size)));
      }
      for (std::size_t i = 0; i < proof.size(); ++i) {
        auto bent = proof;
        bent[i][i % 32] ^= 1;
        EXPECT_FALSE(verify_inclusion(index, size, all_[index], bent, root(size)));
      }
      auto longer = proof;
      longer.push_back(all_[0]);
      EXPECT_FALSE(verify_inclusion(index, size, all_[index], longer, root(size)));
      if (proof.empty()) continue;
      auto shorter = proof;
      shorter.pop_back();
      EXPECT_FALSE(verify_inclusion(index, size, all_[index], shorter, root(size)));
    }
}

TEST_F(Proofs, NoOtherTreeIsTheBeginning) {
  for (std::size_t size2 = 0; size2 <= 33; ++size2)
    for (std::size_t size1 = 0; size1 <= size2; ++size1) {
      const auto proof = *consistency_proof(size1, size2, nodes(size2));
      EXPECT_FALSE(verify_consistency(size1, size2, all_[40], root(size2), proof));
      if (size1 > 0 || size2 == 0) {
        EXPECT_FALSE(verify_consistency(size1, size2, root(size1), all_[40], proof));
      }
      EXPECT_FALSE(verify_consistency(size2 + 1, size2, root(size1), root(size2), proof));
      auto longer = proof;
      longer.push_back(all_[0]);
      EXPECT_FALSE(verify_consistency(size1, size2, root(size1), root(size2), longer));
      for (std::size_t i = 0; i < proof.size(); ++i) {
        auto bent = proof;
        bent[i][31 - i % 32] ^= 0x80;
        EXPECT_FALSE(verify_consistency(size1, size2, root(size1), root(size2), bent));
      }
    }
}

TEST_F(Proofs, WhoKeepsTheNodesSaysWhyThereIsNone) {
  const NodeOf broken = [](unsigned, std::uint64_t) -> Result<Hash> {
    return failure(ErrorCode::io, "the disk is gone");
  };
  EXPECT_EQ(inclusion_proof(3, 7, broken).error().detail, "the disk is gone");
  EXPECT_EQ(consistency_proof(3, 7, broken).error().detail, "the disk is gone");
  EXPECT_EQ(inclusion_proof(7, 7, broken).error().code, ErrorCode::invalid);
  EXPECT_EQ(consistency_proof(8, 7, broken).error().code, ErrorCode::invalid);
}

// The largest numbers neither overflow nor loop.
TEST_F(Proofs, HugeTreesAreRefusedAtOnce) {
  const auto huge = ~std::uint64_t{0};
  const Proof proof(64, all_[0]);
  EXPECT_FALSE(verify_inclusion(huge - 1, huge, all_[0], proof, all_[1]));
  EXPECT_FALSE(verify_consistency(huge - 1, huge, all_[0], all_[1], proof));
  EXPECT_FALSE(verify_consistency(1, huge, all_[0], all_[1], Proof(100'000, all_[0])));
}

}  // namespace
}  // namespace noroshi::merkle
