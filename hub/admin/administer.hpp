// The admin verbs themselves, as a pure function: the same whether a hub runs or not.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/admin/request.hpp"
#include "hub/journal/entry.hpp"
#include "hub/registry/registry.hpp"

namespace noroshi::admin {

struct Administration {
  std::vector<journal::Proposal> proposals;  // to be appended, in order; empty when nothing changes
  AdminAnswer answer;                        // once they are all committed
};

// `registry` must hold everything committed so far, and nothing else may change it until the
// proposals are appended: carry out one request after the other. Not for Action::status.
Administration administer(const AdminRequest& request, const registry::Registry& registry);

// The answer to give after the append: `answer` when every outcome is committed, otherwise what
// went wrong.
AdminAnswer conclude(AdminAnswer answer, std::span<const journal::Outcome> outcomes,
                     Language language);

// The answer to `status`: `live_json` (one JSON object) as it is, and as lines for people.
AdminAnswer status_answer(std::string_view live_json);

}  // namespace noroshi::admin
