#include "hub/delivery/webhook_letters.hpp"

#include <algorithm>

#include "hub/delivery/outlet.hpp"
#include "hub/drills/channel.hpp"

namespace noroshi::delivery {
namespace {

constexpr std::uint32_t status_gone = 410;

bool asks_for_webhooks(const v1::SubscriberRegistered& registered) {
  const auto& outlets = registered.outlets();
  return !registered.webhook().url().empty() &&
         std::find(outlets.begin(), outlets.end(), name_of(Outlet::webhook)) != outlets.end();
}

template <class Of>
std::string whose(const Of& of) {
  return drills::qualified(drills::Channel::of(of).drill(), of.subscriber());
}

}  // namespace

void WebhookLetters::apply(const v1::Entry& entry) {
  const auto& body = entry.body();
  if (body.has_subscriber_registered()) {
    const auto& registered = body.subscriber_registered();
    auto& endpoint = endpoints_[registered.id()];
    endpoint.gone = false;
    if (!asks_for_webhooks(registered))
      endpoint.asked_for = 0;
    else if (endpoint.asked_for == 0)
      endpoint.asked_for = entry.sequence();
  } else if (body.has_webhook_secrets_set()) {
    endpoints_[body.webhook_secrets_set().subscriber()].secrets_set = entry.sequence();
  } else if (body.has_webhook_replayed()) {
    const auto& replayed = body.webhook_replayed();
    endpoints_[replayed.subscriber()].gone = false;
    auto& letters = posts_[whose(replayed)].letters;
    if (const auto dead = letters.find(replayed.sequence()); dead != letters.end())
      dead->second = {Letter::State::replayed, 0, entry.at_ms(), 0, "", 0};
  }
  for (const auto& attempts : body.webhooks_attempted().webhooks()) attempted(attempts);
  for (const auto& range : body.acks_recorded().ranges()) taken(range);
}

void WebhookLetters::attempted(const v1::WebhookAttempts& attempts) {
  auto& post = posts_[whose(attempts)];
  if (!attempts.dead() && attempts.next_ms() == 0) {
    post.letters.erase(attempts.sequence());
    return;
  }
  auto& letter = post.letters[attempts.sequence()];
  if (attempts.dead()) letter.state = Letter::State::dead;
  letter.attempts = attempts.attempts();
  letter.at_ms = attempts.at_ms();
  letter.status = attempts.status();
  letter.detail = attempts.detail();
  letter.next_ms = attempts.next_ms();
  if (!attempts.dead()) return;
  post.given_up_through = std::max<Sequence>(post.given_up_through, attempts.sequence());
  if (attempts.status() == status_gone) endpoints_[attempts.subscriber()].gone = true;
  bury(post.letters);
}

// Only the waiting ones: a reduced log has acknowledgements in one range, which covers the dead.
void WebhookLetters::taken(const v1::AckRange& range) {
  if (range.outlet() != name_of(Outlet::webhook)) return;
  const auto post = posts_.find(whose(range));
  if (post == posts_.end()) return;
  auto& letters = post->second.letters;
  const auto end = letters.upper_bound(range.through());
  for (auto letter = letters.upper_bound(range.after()); letter != end;)
    letter =
        letter->second.state == Letter::State::waiting ? letters.erase(letter) : std::next(letter);
}

void WebhookLetters::bury(Letters& letters) {
  const auto is_dead = [](const auto& each) { return each.second.state == Letter::State::dead; };
  if (letters.size() <= dead_max) return;
  if (static_cast<std::size_t>(std::count_if(letters.begin(), letters.end(), is_dead)) <= dead_max)
    return;
  letters.erase(std::find_if(letters.begin(), letters.end(), is_dead));
}

const WebhookLetters::Letters& WebhookLetters::of(const std::string& whose) const {
  static const Letters none;
  const auto post = posts_.find(whose);
  return post == posts_.end() ? none : post->second.letters;
}

Sequence WebhookLetters::given_up_through(const std::string& whose) const {
  const auto post = posts_.find(whose);
  return post == posts_.end() ? 0 : post->second.given_up_through;
}

std::size_t WebhookLetters::dead() const {
  std::size_t dead = 0;
  for (const auto& [whose, post] : posts_)
    dead += static_cast<std::size_t>(
        std::count_if(post.letters.begin(), post.letters.end(),
                      [](const auto& each) { return each.second.state == Letter::State::dead; }));
  return dead;
}

bool WebhookLetters::is_gone(const std::string& subscriber) const {
  const auto endpoint = endpoints_.find(subscriber);
  return endpoint != endpoints_.end() && endpoint->second.gone;
}

Sequence WebhookLetters::asked_for(std::string_view subscriber) const {
  const auto endpoint = endpoints_.find(subscriber);
  return endpoint == endpoints_.end() ? 0 : endpoint->second.asked_for;
}

Sequence WebhookLetters::secrets_set(const std::string& subscriber) const {
  const auto endpoint = endpoints_.find(subscriber);
  return endpoint == endpoints_.end() ? 0 : endpoint->second.secrets_set;
}

}  // namespace noroshi::delivery
