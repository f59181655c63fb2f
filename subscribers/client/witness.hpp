// A witness of a hub's log: remembers the last checkpoint that it found good, and finds whether
// what the hub says now goes on from it (ops/docs/contract.md, "Witnesses").
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "proto/merkle/checkpoint.hpp"
#include "proto/merkle/cosignature.hpp"
#include "proto/merkle/note.hpp"
#include "proto/result.hpp"
#include "subscribers/client/fault.hpp"
#include "subscribers/client/link.hpp"

namespace noroshi::subscribers {

enum class Verdict {
  first,            // the first checkpoint of this log: taken, and remembered
  consistent,       // goes on from the one before
  rolled_back,      // it has fewer entries than it had
  split,            // it is not the log that was shown before
  wrong_signature,  // not signed by the key of the log
  other_log,        // another origin: restored into a new epoch, or another hub
  unseen,           // the hub could not be asked: see `fault` or `trouble`
};

// "first", "rolled_back" …
std::string_view name(Verdict verdict);
// One that a person has to look into.
bool contradicts(Verdict verdict);

struct Finding {
  Verdict verdict = Verdict::unseen;
  std::optional<merkle::Checkpoint> kept;   // what was remembered, if anything
  std::optional<merkle::Checkpoint> shown;  // what the hub says, as far as it can be read
  std::string key;                          // of the log, as text; what a first one trusts
  bool pinned = false;                      // that key was given by the operator
  bool by_the_same_key = false;             // other_log: signed with the key of the log before
  std::filesystem::path evidence;           // of what contradicts
  std::optional<Fault> fault;
  std::optional<Error> trouble;       // of our own disk
  bool cosigned = false;              // the hub has taken our cosignature
  std::optional<Fault> not_cosigned;  // why not
};

class Witness {
 public:
  struct Settings {
    std::filesystem::path folder;              // see SeenLogs
    std::vector<merkle::NoteVerifier> pinned;  // none: whatever key a hub first names
    std::shared_ptr<const merkle::Cosigner> cosigner = nullptr;  // signs what was found good
  };
  explicit Witness(Settings settings) : settings_(std::move(settings)) {}

  // Asks the hub and remembers what it says if that goes on from what it said. What contradicts is
  // written to the folder as evidence, once for each kind and remembered checkpoint, and what is
  // remembered stays: the next look finds the same. What is good is
  // cosigned, if there is a key for it. Blocks up to 40 s, and 60 s for another witness on the
  // folder.
  Finding look(const LinkSettings& hub, const std::stop_token& stop) const;

 private:
  Settings settings_;
};

}  // namespace noroshi::subscribers
