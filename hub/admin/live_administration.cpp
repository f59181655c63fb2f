#include "hub/admin/live_administration.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>
#include <vector>

#include "hub/admin/alarm_verbs.hpp"
#include "hub/admin/webhook_verbs.hpp"

namespace noroshi::admin {
namespace {

// The outcomes of one verb's proposals, which the journal answers one by one.
struct Gathering {
  AdminAnswer answer;
  Language language;
  std::vector<journal::Outcome> outcomes;
  std::size_t missing;
  AdminSocket::Answer reply;
};

}  // namespace

LiveAdministration::LiveAdministration(boost::asio::io_context& front,
                                       journal::JournalThread& journal,
                                       const registry::Registry& registry,
                                       const delivery::WebhookLetters& letters,
                                       delivery::Probes& probes, const alarms::Standing& alarms,
                                       const merkle::NoteSigner& log_signer, view::View& view,
                                       std::function<std::string()> status)
    : front_(front),
      journal_(journal),
      registry_(registry),
      letters_(letters),
      probes_(front, probes, registry),
      alarms_(alarms),
      audit_(front, journal, log_signer, view, registry),
      preview_(front, journal, registry),
      status_(std::move(status)) {}

Result<void> LiveAdministration::open(const std::filesystem::path& socket_file) {
  auto socket = AdminSocket::open(front_, socket_file,
                                  [this](const AdminRequest& request, AdminSocket::Answer answer) {
                                    carry_out(request, std::move(answer));
                                  });
  if (!socket) return tl::unexpected<Error>(socket.error());
  socket_ = std::move(*socket);
  return {};
}

void LiveAdministration::carry_out(const AdminRequest& request, AdminSocket::Answer answer) {
  if (request.action == AdminRequest::Action::status)
    return answer(status_with_alarms(status_(), alarms_, request.language));
  if (request.subject == AdminRequest::Subject::alarm)
    return settle(administer_alarms(request, alarms_), request.language, std::move(answer));
  if (request.subject == AdminRequest::Subject::webhook)
    return carry_out_webhooks(request, std::move(answer));
  if (request.subject == AdminRequest::Subject::audit) return audit_.answer(request, answer);
  if (request.action == AdminRequest::Action::preview) return preview_.answer(request, answer);
  if (request.action == AdminRequest::Action::test) return probes_.answer(request, answer);
  settle(administer(request, registry_), request.language, std::move(answer));
}

// They lie beside the log and not in memory here.
void LiveAdministration::carry_out_webhooks(const AdminRequest& request,
                                            AdminSocket::Answer answer) {
  const auto go_on = [this, request, answer](std::vector<webhook::Secret> secrets) {
    const WebhookDesk desk{letters_, std::move(secrets)};
    settle(administer_webhooks(request, registry_, &desk), request.language, answer);
  };
  const auto sequence = letters_.secrets_set(request.id);
  if (sequence == 0) return go_on({});
  const auto asked = journal_.read(sequence - 1, {1, 1}, [this, go_on](auto entries) {
    std::vector<webhook::Secret> secrets;
    if (entries && !entries->empty() && entries->front()->content)
      secrets = webhook::unseal(*entries->front()->content);
    boost::asio::post(front_, [go_on, secrets = std::move(secrets)] { go_on(secrets); });
  });
  if (!asked) answer(answer_of(asked.error()));
}

void LiveAdministration::settle(Administration administration, Language language,
                                AdminSocket::Answer answer) {
  if (administration.proposals.empty()) return answer(administration.answer);

  auto gathering = std::make_shared<Gathering>();
  gathering->answer = std::move(administration.answer);
  gathering->language = language;
  gathering->missing = administration.proposals.size();
  gathering->outcomes.resize(gathering->missing);
  gathering->reply = std::move(answer);
  // The registry is folded on this thread from the same batch, posted before these answers.
  const auto settled = [gathering](std::size_t index, journal::Outcome outcome) {
    gathering->outcomes[index] = std::move(outcome);
    if (--gathering->missing > 0) return;
    gathering->reply(conclude(gathering->answer, gathering->outcomes, gathering->language));
  };
  for (std::size_t i = 0; i < administration.proposals.size(); ++i) {
    const auto submitted = journal_.submit(
        std::move(administration.proposals[i]),
        [this, settled, i](journal::Outcome outcome) {
          boost::asio::post(front_,
                            [settled, i, outcome = std::move(outcome)] { settled(i, outcome); });
        },
        journal::JournalThread::Claim::urgent);
    if (!submitted) settled(i, journal::Unknown{submitted.error().detail});
  }
}

}  // namespace noroshi::admin
