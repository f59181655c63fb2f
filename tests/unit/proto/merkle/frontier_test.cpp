#include "proto/merkle/frontier.hpp"

#include <gtest/gtest.h>

#include "tests/unit/proto/merkle/grown.hpp"

namespace noroshi::merkle {
namespace {

// The trees that implementations of RFC 6962 are commonly checked with.
TEST(Frontier, HasTheRootsThatOthersHave) {
  const std::string_view entries[] = {
      std::string_view(""),
      std::string_view("\x00", 1),
      std::string_view("\x10"),
      std::string_view("\x20\x21"),
      std::string_view("\x30\x31"),
      std::string_view("\x40\x41\x42\x43"),
      std::string_view("\x50\x51\x52\x53\x54\x55\x56\x57"),
      std::string_view("\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f")};
  const std::string_view roots[] = {
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  Frontier frontier;
  EXPECT_EQ(digits(frontier.root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (std::size_t i = 0; i < std::size(entries); ++i) {
    frontier.add(leaf_hash(entries[i]));
    EXPECT_EQ(frontier.size(), i + 1);
    EXPECT_EQ(digits(frontier.root()), roots[i]) << i + 1;
  }
}

TEST(Frontier, HasTheRootOfTheDefinitionAtEverySize) {
  const auto all = leaves(300);
  Frontier frontier;
  for (std::size_t size = 1; size <= all.size(); ++size) {
    frontier.add(all[size - 1]);
    ASSERT_EQ(frontier.root(), defined_root(std::span(all).first(size))) << size;
  }
}

TEST(Frontier, TellsEveryCompleteNodeOnce) {
  const auto all = leaves(100);
  const Grown grown(all);
  std::size_t expected = 0;
  for (unsigned level = 0; all.size() >> level != 0; ++level)
    for (std::size_t index = 0; index < all.size() >> level; ++index, ++expected) {
      const auto node = grown.nodes.find({level, index});
      ASSERT_NE(node, grown.nodes.end()) << level << ' ' << index;
      EXPECT_EQ(node->second, defined_root(std::span(all).subspan(index << level, 1U << level)));
    }
  EXPECT_EQ(grown.nodes.size(), expected);
}

TEST(Frontier, GoesOnFromWhatItHad) {
  const auto all = leaves(77);
  Frontier whole;
  for (const auto& leaf : all) whole.add(leaf);
  for (std::size_t size = 0; size <= all.size(); ++size) {
    const auto begun = Grown(std::span(all).first(size));
    auto again = Frontier::of(size, begun.frontier.roots());
    ASSERT_TRUE(again) << size;
    for (auto i = size; i < all.size(); ++i) again->add(all[i]);
    EXPECT_EQ(again->root(), whole.root()) << size;
  }
}

TEST(Frontier, OfTheWrongNumberOfRootsIsNone) {
  EXPECT_FALSE(Frontier::of(3, leaves(1)));
  EXPECT_FALSE(Frontier::of(0, leaves(1)));
  EXPECT_FALSE(Frontier::of(4, leaves(2)));
  EXPECT_TRUE(Frontier::of(0, {}));
}

}  // namespace
}  // namespace noroshi::merkle
