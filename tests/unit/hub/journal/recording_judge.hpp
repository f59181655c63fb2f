// A small real judge, proposals for it, and a directory to keep journals in.
#pragma once

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include "hub/journal/journal.hpp"

namespace noroshi::journal {

constexpr std::uint64_t test_epoch = 4242;
constexpr std::int64_t test_now_ms = 1'795'316'400'000;

inline std::int64_t test_clock() { return test_now_ms; }

// Knows an alert by its key; refuses the publisher "suspended" with an audit entry and the
// publisher "silent" without one. Writes down what it is asked and told.
class RecordingJudge final : public Judge {
 public:
  void apply(const v1::Entry& entry) override {
    calls.push_back(fmt::format("apply {}", entry.sequence()));
    applied.push_back(entry.SerializeAsString());
    if (!entry.body().has_alert_accepted()) return;
    const v1::AlertAccepted& alert = entry.body().alert_accepted();
    known_[{alert.publisher(), alert.summary().sender(), alert.summary().identifier()}] =
        entry.sequence();
  }

  Decision decide(const Proposal& proposal, Sequence sequence, std::int64_t) override {
    calls.push_back(fmt::format("decide {}", sequence));
    const auto found = proposal.key ? known_.find(*proposal.key) : known_.end();
    if (found != known_.end()) return AlreadyKnown{found->second};
    const std::string& publisher = proposal.body.alert_accepted().publisher();
    if (publisher == "silent") return Refuse{"auth.area", "not yours", {"jp.R1 9"}, std::nullopt};
    if (publisher != "suspended") return Accept{proposal.body};
    v1::EntryBody audit;
    audit.mutable_alert_refused()->set_publisher(publisher);
    audit.mutable_alert_refused()->set_code("auth.suspended");
    return Refuse{"auth.suspended", "is suspended", {}, audit};
  }

  std::vector<std::string> calls;
  std::vector<std::string> applied;

 private:
  std::map<AlertKey, Sequence> known_;
};

inline Proposal alert(const std::string& publisher, const std::string& identifier,
                      std::shared_ptr<const std::string> content) {
  const std::string sender = publisher + "@example.jp";
  Proposal proposal;
  v1::AlertAccepted& body = *proposal.body.mutable_alert_accepted();
  body.set_publisher(publisher);
  body.mutable_summary()->set_sender(sender);
  body.mutable_summary()->set_identifier(identifier);
  proposal.key = AlertKey{publisher, sender, identifier};
  proposal.content = std::move(content);
  if (proposal.content) {
    const Hash hash = content_hash(*proposal.content);
    body.set_content_sha256(hash.data(), hash.size());
    body.set_content_size(static_cast<std::uint32_t>(proposal.content->size()));
  }
  return proposal;
}

inline Proposal alert(const std::string& publisher, const std::string& identifier) {
  return alert(publisher, identifier, std::make_shared<const std::string>("<alert/>" + identifier));
}

// The entry an outcome carries, or null.
inline StoredPtr stored_of(const Outcome& outcome) {
  if (const auto* committed = std::get_if<Committed>(&outcome)) return committed->stored;
  if (const auto* known = std::get_if<Known>(&outcome)) return known->stored;
  if (const auto* refused = std::get_if<Refused>(&outcome)) return refused->stored;
  return nullptr;
}

class ScratchDirectory {
 public:
  ScratchDirectory() {
    std::string pattern = std::filesystem::temp_directory_path() / "noroshi-journal-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) std::abort();
    path_ = pattern;
  }
  ~ScratchDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;

  [[nodiscard]] std::filesystem::path file() const { return path_ / "journal.db"; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// The message of a failed Result, for ASSERT_TRUE(result) << why(result).
template <class T>
std::string why(const Result<T>& result) {
  return result ? std::string("it succeeded") : result.error().detail;
}

}  // namespace noroshi::journal
