// How the webhooks do, for the operator.
#pragma once

#include <boost/json/object.hpp>

#include "hub/api/families.hpp"
#include "hub/delivery/webhook_letters.hpp"
#include "hub/outlets/webhook/webhooks.hpp"

namespace noroshi::api {

// What is known of them: the calls, and of the log what was given up. Belongs to the front.
struct WebhookFigures {
  const webhook::Webhooks& webhooks;
  const delivery::WebhookLetters& letters;
};

void describe_webhooks(Families& families, const WebhookFigures& figures);
boost::json::object webhooks_json(const WebhookFigures& figures);

}  // namespace noroshi::api
