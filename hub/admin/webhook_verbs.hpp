// The verbs on webhooks, `subscriber webhook ID show|set|secret|dead|replay`: where they go, what
// they are signed with, and what was given up.
#pragma once

#include <vector>

#include "hub/admin/administer.hpp"
#include "hub/delivery/webhook_letters.hpp"
#include "hub/webhook/signature.hpp"

namespace noroshi::admin {

// What a running hub knows besides the registry: of everybody how their webhooks stand, and of the
// subscriber that is asked about its secrets.
struct WebhookDesk {
  const delivery::WebhookLetters& letters;
  std::vector<webhook::Secret> secrets;
};

// For requests on Subject::webhook; as administer(). Without `desk`, when no hub runs, only show
// and set are carried out. A secret that is made is in the answer, and nowhere else but beside the
// log.
Administration administer_webhooks(const AdminRequest& request, const registry::Registry& registry,
                                   const WebhookDesk* desk);

}  // namespace noroshi::admin
