#include "hub/admin/alert_name.hpp"

#include <gtest/gtest.h>

namespace noroshi::admin {
namespace {

constexpr std::uint64_t epoch_here = 42;

TEST(AlertName, WhatIsASequenceIsOne) {
  EXPECT_EQ(*entry_terms("7", 9, Language::english), (AuditTerms{7, 0, 9}));
  EXPECT_FALSE(is_by_name(*entry_terms("7", 0, Language::english), epoch_here));
  EXPECT_FALSE(is_by_name(*entry_terms("42-7", 0, Language::english), epoch_here));
  EXPECT_EQ(alert_name(*entry_terms("42-7", 0, Language::english), epoch_here).sequence, 7u);
}

TEST(AlertName, WhatHasTheFormOfAnotherLogsSequenceMayBeAName) {
  const auto terms = *entry_terms("362018-7", 0, Language::english);
  EXPECT_TRUE(is_by_name(terms, epoch_here));
  const auto name = alert_name(terms, epoch_here);
  EXPECT_EQ(name.sequence, 0u);
  EXPECT_EQ(name.identifier, "362018-7");
}

TEST(AlertName, AnIdentifierOrAReference) {
  const auto name_in = [](const std::string& typed) {
    return alert_name(*entry_terms(typed, 0, Language::english), epoch_here);
  };
  EXPECT_EQ(name_in("urn:oid:2.49.0.1.392").identifier, "urn:oid:2.49.0.1.392");
  const auto reference = name_in("city.example,jp-1,2026-11-22T12:00:00+09:00");
  EXPECT_EQ(reference.sender, "city.example");
  EXPECT_EQ(reference.identifier, "jp-1");
  EXPECT_EQ(reference.sent, "2026-11-22T12:00:00+09:00");
}

TEST(AlertName, WhatCanBeNeitherIsRefused) {
  for (const auto& wrong :
       {std::string(""), std::string("0"), std::string("-7"), std::string("42-"),
        std::string("a b"), std::string("a\n"), std::string("<x>"), std::string(513, 'a'),
        std::string("18446744073709551616"), std::string("\xff")})
    EXPECT_EQ(entry_terms(wrong, 0, Language::english).error().code, ErrorCode::invalid) << wrong;
}

TEST(AlertName, SeveralAreNamedAndNoneIsGuessed) {
  const auto terms = *entry_terms("jp-1", 0, Language::english);
  view::Listed first;
  first.sequence = 12;
  auto second = first;
  second.sequence = 20;
  EXPECT_EQ(only_one(terms, epoch_here, {first}, Language::english)->sequence, 12u);
  EXPECT_EQ(only_one(terms, epoch_here, {}, Language::english).error().code, ErrorCode::not_found);
  const auto several = only_one(terms, epoch_here, {first, second}, Language::english);
  EXPECT_EQ(several.error().code, ErrorCode::conflict);
  EXPECT_NE(several.error().detail.find("20"), std::string::npos) << several.error().detail;
}

}  // namespace
}  // namespace noroshi::admin
