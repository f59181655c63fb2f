#include "hub/admin/audit_verbs.hpp"

#include <gmock/gmock.h>

#include <map>

#include "hub/admin/audit_words.hpp"
#include "proto/merkle/proof_json.hpp"
#include "tests/unit/hub/admin/scratch_directory.hpp"

namespace noroshi::admin {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr std::uint64_t log_epoch = 42;

// A tree of leaves "0", "1", … that keeps its nodes.
struct GrownTree {
  explicit GrownTree(std::uint64_t size) {
    for (std::uint64_t i = 0; i < size; ++i)
      made.add(merkle::leaf_hash(std::to_string(i)), [this](const merkle::Node& node) {
        nodes[{node.level, node.index}] = node.hash;
      });
  }
  [[nodiscard]] merkle::NodeOf node_of() const {
    return [this](unsigned level, std::uint64_t index) -> Result<merkle::Hash> {
      const auto found = nodes.find({level, index});
      if (found == nodes.end()) return failure(ErrorCode::invalid, "no such node");
      return found->second;
    };
  }
  merkle::Frontier made;
  std::map<std::pair<unsigned, std::uint64_t>, merkle::Hash> nodes;
};

class AuditVerbsTest : public ScratchDirectory {
 protected:
  std::string file_with(const std::string& name, const std::string& text) {
    std::ofstream(scratch_ / name, std::ios::binary) << text;
    return (scratch_ / name).string();
  }
  static AdminAnswer verified(const std::vector<std::string>& files) {
    return verify_proofs(files, Language::english);
  }
  AdminAnswer verified_text(const std::string& text) {
    return verified({file_with("proof.json", text)});
  }
  const GrownTree tree_{11};
};

TEST_F(AuditVerbsTest, WhatTheLogProvesIsOk) {
  std::vector<std::string> files;
  for (std::uint64_t size = 1; size <= 11; ++size) {
    for (std::uint64_t index = 0; index < size; ++index)
      files.push_back(file_with("i" + std::to_string(size) + "-" + std::to_string(index),
                                *merkle::inclusion_json(index, size, tree_.node_of())));
    files.push_back(file_with("c" + std::to_string(size),
                              *merkle::consistency_json(size, 11, tree_.node_of())));
  }
  const auto answer = verified(files);
  EXPECT_EQ(answer.exit_code, 0);
  std::string every_one;
  for (std::size_t i = 0; i < files.size(); ++i) every_one += "ok\n";
  EXPECT_EQ(answer.data, every_one);
}

TEST_F(AuditVerbsTest, OneThatDoesNotProveRefusesAllAndIsNamed) {
  const auto good = *merkle::inclusion_json(3, 11, tree_.node_of());
  auto other_leaf = good;
  other_leaf.replace(other_leaf.find("\"leaf_index\":3"), 14, "\"leaf_index\":4");
  const auto answer = verified({file_with("good.json", good), file_with("bad.json", other_leaf)});
  EXPECT_EQ(answer.exit_code, 4);
  EXPECT_THAT(answer.data, StartsWith("ok\n"));
  EXPECT_THAT(answer.data, HasSubstr("bad.json: does not prove it"));
  EXPECT_THAT(answer.json, HasSubstr("\"ok\":false"));
}

TEST_F(AuditVerbsTest, NothingHostileIsTaken) {
  const auto good = *merkle::consistency_json(4, 11, tree_.node_of());
  const std::string texts[] = {"",
                               "{",
                               "null",
                               "[]",
                               "{}",
                               R"({"type":"inclusion"})",
                               R"({"type":1})",
                               good + good,
                               good.substr(0, good.size() - 1),
                               std::string(100'000, '['),
                               R"({"type":"consistency","size1":-1,"size2":1e300})",
                               std::string("{\"type\":\"\0\"}", 12)};
  for (const auto& text : texts) {
    const auto answer = verified_text(text);
    EXPECT_EQ(answer.exit_code, 4) << text.substr(0, 80);
    EXPECT_THAT(answer.data, HasSubstr("not a proof")) << text.substr(0, 80);
  }
  EXPECT_THAT(verified_text(good + std::string(1 << 20, ' ')).data, HasSubstr("more than 1048576"));
  EXPECT_EQ(verified_text(good + std::string((1 << 20) - good.size(), ' ')).data, "ok\n");
  EXPECT_THAT(verified({(scratch_ / "none").string()}).data, HasSubstr("cannot be read"));
  EXPECT_THAT(verified({scratch_.string()}).data, HasSubstr("cannot be read"));
}

TEST_F(AuditVerbsTest, AnEntryIsNamedBySequenceWithOrWithoutItsEpoch) {
  const auto terms = [](const std::string& typed) {
    return audit_terms_of(typed, 9, Language::english);
  };
  EXPECT_EQ(*terms("7"), (AuditTerms{7, 0, 9}));
  EXPECT_EQ(*terms("42-7"), (AuditTerms{7, 42, 9}));
  for (const auto* wrong :
       {"", "0", "-7", "42-", "0-7", "7x", "+7", "42-7-1", " 7", "18446744073709551616"})
    EXPECT_FALSE(terms(wrong)) << wrong;
}

TEST_F(AuditVerbsTest, TheLogSignsAndProvesWhatItHas) {
  const auto signer = merkle::NoteSigner::make("noroshi/" + std::to_string(log_epoch));
  const journal::TreeHead head{11, tree_.made.root()};
  AdminRequest request;
  request.subject = AdminRequest::Subject::audit;
  request.action = AdminRequest::Action::checkpoint;
  const auto note = answer_audit(request, *signer, head, tree_.node_of());
  const std::vector verifiers{signer->verifier()};
  EXPECT_TRUE(merkle::open_note(note.data, verifiers));

  const auto proved = [&](const AuditTerms& terms) {
    request.action = AdminRequest::Action::prove;
    request.audit = terms;
    return answer_audit(request, *signer, head, tree_.node_of());
  };
  EXPECT_EQ(verified_text(proved({5, 0, 0}).data).data, "ok\n");
  EXPECT_EQ(verified_text(proved({5, log_epoch, 6}).data).data, "ok\n");
  EXPECT_EQ(proved({12, 0, 0}).exit_code, 5);
  EXPECT_EQ(proved({7, 0, 6}).exit_code, 5);
  EXPECT_EQ(proved({5, 0, 12}).exit_code, 5);
  EXPECT_EQ(proved({5, log_epoch + 1, 0}).exit_code, 5);
}

TEST_F(AuditVerbsTest, ALogIsGoodOnlyWhenItsEntriesMakeItsTree) {
  const auto check_of = [](const journal::TreeHead& head, const std::string& third) {
    LogCheck check(head);
    std::vector<journal::StoredPtr> page;
    for (std::uint64_t i = 0; i < 11; ++i) {
      auto stored = std::make_shared<journal::Stored>();
      stored->bytes = i == 2 ? third : std::to_string(i);
      page.push_back(stored);
    }
    check.take(page);
    EXPECT_TRUE(check.complete());
    return check.answer(Language::english).exit_code;
  };
  EXPECT_EQ(check_of({11, tree_.made.root()}, "2"), 0);
  EXPECT_EQ(check_of({11, tree_.made.root()}, "two"), 4);
  EXPECT_EQ(check_of({10, GrownTree(10).made.root()}, "2"), 0);
}

}  // namespace
}  // namespace noroshi::admin
