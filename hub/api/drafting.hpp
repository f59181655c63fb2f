// /v1/drafts: an officer asks for a second person, another signs the very bytes (contract, "HTTP
// API"; reliability.md §4). The same below /v1/drills/{id}: whoever acts does so in the channel of
// their credential, and what lies in another is not found.
//
// Threading  the front's thread.
#pragma once

#include <string>

#include "hub/api/posting.hpp"

namespace noroshi::api {

class Drafting {
 public:
  Drafting(Rooms& rooms, Posting& posting) : rooms_(rooms), posting_(posting) {}

  // POST /v1/drafts: 201 once the draft is durable, 200 for the same bytes of the same officer
  // while they wait. With Noroshi-Replaces: ID the draft of that id is withdrawn then;
  // Noroshi-Replaced says `yes`, or `no` when it had ended otherwise.
  void submit(transport::Exchange exchange, const registry::Principal& officer);
  // GET /v1/drafts: those of the last day and a bit, newest first.
  void list(const transport::Exchange& exchange, const registry::Principal& reader,
            const drills::Channel& channel);
  // GET /v1/drafts/{id}: the bytes, or in JSON what they say.
  void get(const transport::Exchange& exchange, const registry::Principal& reader,
           const drills::Channel& channel, const std::string& id);
  // POST /v1/drafts/{id}/approval: answers as POST /v1/alerts does.
  void approve(transport::Exchange exchange, const registry::Principal& officer,
               const std::string& id);
  // POST /v1/drafts/{id}/withdrawal
  void withdraw(const transport::Exchange& exchange, const registry::Principal& officer,
                const std::string& id);

 private:
  using Closed = std::function<void(const journal::Outcome&)>;
  // unavailable when it could not be queued; then `answer` is never called.
  Result<void> close(const std::string& id, const registry::Principal& officer, std::string reason,
                     Closed answer);
  // Null when there is none in the channel that `reader` may see.
  [[nodiscard]] const admission::Draft* visible(const registry::Principal& reader,
                                                const drills::Channel& channel,
                                                const std::string& id) const;
  [[nodiscard]] bool may_see(const registry::Principal& reader,
                             const admission::Draft& draft) const;
  void sign(transport::Exchange exchange, const registry::Principal& officer,
            const admission::Draft& draft, const journal::StoredPtr& stored);
  void answer_closing(const transport::Exchange& exchange, const std::string& id,
                      const journal::Outcome& outcome);

  Rooms& rooms_;
  Posting& posting_;
};

}  // namespace noroshi::api
