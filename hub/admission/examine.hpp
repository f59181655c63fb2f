// Is it a valid alert, and what does it say? The expensive half of admission: pure, and may run on
// any thread.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/admission/circumstances.hpp"
#include "hub/drills/channel.hpp"
#include "hub/journal/entry.hpp"
#include "proto/cap/validate.hpp"

namespace noroshi::admission {

struct Submission {
  std::string publisher;
  std::string credential;
  drills::Channel channel;  // of the credential
  std::shared_ptr<const std::string> bytes;
  std::optional<std::string> charset;      // of the Content-Type
  v1::Approval approval = {};              // see approval.hpp; empty: a system sends
  std::vector<std::string> answered = {};  // digests of the questions a person has answered
};

// Where in the document something stands that the head of the log may yet object to.
struct Mark {
  std::string rule;   // auth.area, auth.event, cap.R090, life.stale …
  std::string value;  // a code, the sender, an identifier; what the refusal says of it; "" for
                      // whatever the rule objects to
  std::string path;
  cap::Place place;
};

struct Examined {
  // Ready for the journal; when the document is refused, the refusal's own entry.
  journal::Proposal proposal;
  // "" when the document may go to the head; else a code of the contract.
  std::string code;
  std::string detail;
  // Warnings too, and what is to be confirmed (severity confirm): neither refuses here.
  std::vector<cap::Finding> findings;
  std::vector<Mark> marks;
  std::string submitter;  // the submission's publisher
  journal::Hash content_hash{};
  // What `proposal` carries for the head, which may be changed until it is proposed; null when the
  // document is refused.
  std::shared_ptr<Circumstances> circumstances;
};

// `now_ms` is the only clock. Takes what the submission's channel takes (drill.hpp). What follows
// CAP-JP is held to its rules (proto/jp/rules.hpp); its codes are read wherever they stand, and
// everything else passes as plain CAP 1.2. A document in the wrong channel is told so first.
Examined examine(const Submission& submission, std::int64_t now_ms);

}  // namespace noroshi::admission
