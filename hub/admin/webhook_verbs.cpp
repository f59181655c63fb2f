#include "hub/admin/webhook_verbs.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "hub/admin/exit_code.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admin/registration_verb.hpp"
#include "hub/admin/subscriber_verbs.hpp"
#include "hub/admin/terms.hpp"
#include "hub/webhook/url.hpp"
#include "proto/cap/instant.hpp"

namespace noroshi::admin {
namespace {

namespace json = boost::json;
using Action = AdminRequest::Action;
using Letter = delivery::WebhookLetters::Letter;
using webhook::Secret;

constexpr std::size_t replays_max = 1024;

const char* payload_name(v1::WebhookSettings::Payload payload) {
  return payload == v1::WebhookSettings::JSON ? "json" : "cap";
}

const char* state_name(Letter::State state) {
  return state == Letter::State::dead       ? "dead"
         : state == Letter::State::replayed ? "replayed"
                                            : "waiting";
}

class Verb {
 public:
  Verb(const AdminRequest& request, const registry::Registry& registry, const WebhookDesk* desk)
      : request_(request),
        registry_(registry),
        desk_(desk),
        terms_(request.webhook.value_or(WebhookTerms{})),
        language_(request.language) {}

  Administration carry_out() {
    const auto id = subscriber_id(request_.id, language_);
    if (!id) return {{}, answer_of(id.error())};
    const auto* subscriber = registry_.subscriber(*id);
    if (subscriber == nullptr)
      return refused(ErrorCode::not_found, say(language_, Say::subscriber_unknown, *id));
    if (request_.action == Action::set) return set(*subscriber);
    if (request_.action == Action::show) return show(*subscriber);
    if (desk_ == nullptr)
      return refused(ErrorCode::unavailable, say(language_, Say::webhook_hub_wanted));
    switch (request_.action) {
      case Action::add:
      case Action::renew:
      case Action::revoke:
        return secrets(*subscriber);
      case Action::list:
        return list(*subscriber);
      case Action::replay:
        return replay(*subscriber);
      default:
        return refused(ErrorCode::invalid, say(language_, Say::request_malformed, "action"));
    }
  }

 private:
  static Administration refused(ErrorCode code, std::string detail) {
    return {{}, answer_of({code, std::move(detail)})};
  }

  [[nodiscard]] const delivery::WebhookLetters::Letters& letters(
      const registry::Subscriber& subscriber) const {
    return desk_->letters.of(drills::qualified(request_.drill, subscriber.id));
  }

  [[nodiscard]] std::size_t dead(const registry::Subscriber& subscriber) const {
    const auto& all = letters(subscriber);
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const auto& each) {
      return each.second.state == Letter::State::dead;
    }));
  }

  Administration set(registry::Subscriber subscriber) const {
    auto& settings = subscriber.webhook;
    if (terms_.url) {
      const auto url = webhook::read_url(*terms_.url);
      if (!url)
        return refused(ErrorCode::invalid,
                       say(language_, Say::webhook_bad_url, printable(url.error().detail)));
      settings.set_url(*terms_.url);
    }
    if (terms_.payload) {
      if (*terms_.payload != "cap" && *terms_.payload != "json")
        return refused(ErrorCode::invalid, say(language_, Say::webhook_bad_payload));
      settings.set_payload(*terms_.payload == "json" ? v1::WebhookSettings::JSON
                                                     : v1::WebhookSettings::CAP);
    }
    if (settings.url().empty())
      return refused(ErrorCode::invalid, say(language_, Say::webhook_url_wanted, subscriber.id));
    if (settings.payload() == v1::WebhookSettings::PAYLOAD_UNSPECIFIED)
      settings.set_payload(v1::WebhookSettings::CAP);
    auto& outlets = subscriber.outlets;
    if (std::find(outlets.begin(), outlets.end(), "webhook") == outlets.end())
      outlets.emplace_back("webhook");
    auto note = say(language_, Say::webhook_set, subscriber.id, printable(settings.url()),
                    payload_name(settings.payload()));
    if (desk_ == nullptr || desk_->secrets.empty())
      note += "\n" + say(language_, Say::webhook_secret_wanted, subscriber.id);
    Administration administration;
    administration.proposals.push_back(
        {subscriber_registered(subscriber, request_.reason), std::nullopt, nullptr});
    administration.answer = {exit_code::ok, "", std::move(note), json_of(subscriber)};
    return administration;
  }

  [[nodiscard]] std::string json_of(const registry::Subscriber& subscriber) const {
    json::object object{{"subscriber", subscriber.id},
                        {"url", subscriber.webhook.url()},
                        {"payload", payload_name(subscriber.webhook.payload())}};
    if (desk_ != nullptr) {
      object["secrets"] = desk_->secrets.size();
      object["gone"] = desk_->letters.is_gone(subscriber.id);
      object["dead"] = dead(subscriber);
    }
    return json::serialize(object) + "\n";
  }

  Administration show(const registry::Subscriber& subscriber) const {
    if (!subscriber.takes_webhooks())
      return refused(ErrorCode::not_found, say(language_, Say::webhook_none, subscriber.id));
    AdminAnswer answer;
    answer.data = say(language_, Say::webhook_shown, printable(subscriber.webhook.url()),
                      payload_name(subscriber.webhook.payload())) +
                  "\n";
    if (desk_ != nullptr) {
      answer.data +=
          say(language_, Say::webhook_standing, desk_->secrets.size(), dead(subscriber)) + "\n";
      for (const auto& [sequence, letter] : letters(subscriber))
        if (letter.state != Letter::State::dead) answer.data += row(sequence, letter);
      if (desk_->letters.is_gone(subscriber.id))
        answer.note = say(language_, Say::webhook_gone, subscriber.id);
    }
    answer.json = json_of(subscriber);
    return {{}, answer};
  }

  Administration secrets(const registry::Subscriber& subscriber) const {
    auto all = desk_->secrets;
    const auto& id = subscriber.id;
    if (request_.action == Action::revoke) {
      if (all.size() < 2)
        return refused(ErrorCode::conflict, say(language_, Say::webhook_one_secret, id));
      all.resize(1);
      return sealed(id, all, "", say(language_, Say::webhook_secret_removed, id));
    }
    if (request_.action == Action::add && !all.empty())
      return refused(ErrorCode::conflict, say(language_, Say::webhook_has_secret, id));
    if (request_.action == Action::renew && all.empty())
      return refused(ErrorCode::conflict, say(language_, Say::webhook_secret_wanted, id));
    all.insert(all.begin(), webhook::make_secret());
    all.resize(std::min(all.size(), webhook::secrets_max));
    return sealed(
        id, all, webhook::secret_text(all.front()),
        say(language_, all.size() > 1 ? Say::webhook_secret_rotated : Say::webhook_secret_added,
            id));
  }

  [[nodiscard]] Administration sealed(const std::string& id, const std::vector<Secret>& all,
                                      const std::string& fresh, std::string note) const {
    auto content = std::make_shared<const std::string>(webhook::seal(all));
    const auto hash = journal::content_hash(*content);
    v1::EntryBody body;
    auto& set = *body.mutable_webhook_secrets_set();
    set.set_subscriber(id);
    set.set_content_sha256(hash.data(), hash.size());
    Administration administration;
    administration.proposals.push_back({std::move(body), std::nullopt, std::move(content)});
    json::object object{{"subscriber", id}, {"secrets", all.size()}};
    if (!fresh.empty()) object["secret"] = fresh;
    administration.answer = {exit_code::ok, fresh.empty() ? "" : fresh + "\n", std::move(note),
                             json::serialize(object) + "\n"};
    return administration;
  }

  static std::string row(journal::Sequence sequence, const Letter& letter) {
    return fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", sequence, state_name(letter.state),
                       letter.attempts, cap::cap_datetime(letter.at_ms),
                       letter.status == 0 ? "-" : std::to_string(letter.status),
                       printable(letter.detail));
  }

  Administration list(const registry::Subscriber& subscriber) const {
    AdminAnswer answer;
    for (const auto& [sequence, letter] : letters(subscriber)) {
      if (letter.state == Letter::State::waiting) continue;
      answer.data += row(sequence, letter);
      answer.json += json::serialize(json::object{{"subscriber", subscriber.id},
                                                  {"sequence", sequence},
                                                  {"state", state_name(letter.state)},
                                                  {"attempts", letter.attempts},
                                                  {"at", cap::cap_datetime(letter.at_ms)},
                                                  {"status", letter.status},
                                                  {"detail", letter.detail}}) +
                     "\n";
    }
    if (answer.data.empty()) answer.note = say(language_, Say::webhook_no_dead, subscriber.id);
    return {{}, answer};
  }

  // Of a drill that has been opened, or of the live path.
  Administration replay(const registry::Subscriber& subscriber) const {
    auto as = registry::Registry::called(subscriber);
    if (request_.drill.empty()) return replay(subscriber, as.channel);
    const auto* session = registry_.drills().find(request_.drill);
    if (session == nullptr)
      return refused(ErrorCode::not_found, say(language_, Say::drill_unknown, request_.drill));
    return replay(subscriber, session->channel);
  }

  [[nodiscard]] Administration replay(const registry::Subscriber& subscriber,
                                      const drills::Channel& channel) const {
    Administration administration;
    for (const auto& [sequence, letter] : letters(subscriber)) {
      if (letter.state != Letter::State::dead) continue;
      if (!terms_.all && sequence != terms_.sequence) continue;
      if (administration.proposals.size() == replays_max) break;
      v1::EntryBody body;
      auto& replayed = *body.mutable_webhook_replayed();
      replayed.set_subscriber(subscriber.id);
      channel.mark(replayed);
      replayed.set_sequence(sequence);
      administration.proposals.push_back({std::move(body), std::nullopt, nullptr});
    }
    const auto count = administration.proposals.size();
    if (count == 0)
      return refused(ErrorCode::not_found, say(language_, Say::webhook_not_dead, subscriber.id));
    administration.answer = {
        exit_code::ok, "", say(language_, Say::webhook_replaying, subscriber.id, count),
        json::serialize(json::object{{"subscriber", subscriber.id}, {"replayed", count}}) + "\n"};
    return administration;
  }

  const AdminRequest& request_;
  const registry::Registry& registry_;
  const WebhookDesk* desk_;
  const WebhookTerms terms_;
  const Language language_;
};

}  // namespace

Administration administer_webhooks(const AdminRequest& request, const registry::Registry& registry,
                                   const WebhookDesk* desk) {
  return Verb(request, registry, desk).carry_out();
}

}  // namespace noroshi::admin
