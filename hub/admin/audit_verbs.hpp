// noroshi-hub audit: what the log says of itself, and whether what somebody says of it is right.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "hub/admin/request.hpp"
#include "hub/journal/journal.hpp"
#include "proto/merkle/frontier.hpp"
#include "proto/merkle/note.hpp"
#include "proto/merkle/proof.hpp"

namespace noroshi::admin {

// Whether each of `files` is a proof that proves: a line each, `ok` or the reason. Refused unless
// all are.
// Bounds  1 MiB a file.
AdminAnswer verify_proofs(std::span<const std::string> files, Language language);

// SEQUENCE or EPOCH-SEQUENCE.
// Failure  invalid.
Result<AuditTerms> audit_terms_of(const std::string& entry, std::uint64_t size, Language language);

// For Action::checkpoint and Action::prove, of the tree as it is now; `signer` is the log's.
AdminAnswer answer_audit(const AdminRequest& request, const merkle::NoteSigner& signer,
                         const journal::TreeHead& tree, const merkle::NodeOf& node_of);

// Reads a log from its first entry to where its tree stood, and compares what follows from the
// entries with what the tree says.
class LogCheck {
 public:
  explicit LogCheck(const journal::TreeHead& tree) : tree_(tree) {}

  [[nodiscard]] bool complete() const { return made_.size() >= tree_.size; }
  // The next page is the one after this.
  [[nodiscard]] journal::Sequence read() const { return made_.size(); }
  void take(std::span<const journal::StoredPtr> page);
  [[nodiscard]] AdminAnswer answer(Language language) const;

 private:
  journal::TreeHead tree_;
  merkle::Frontier made_;
};

}  // namespace noroshi::admin
