#include "hub/admin/live_administration.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>
#include <vector>

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
                                       std::function<std::string()> status)
    : front_(front), journal_(journal), registry_(registry), status_(std::move(status)) {}

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
  if (request.action == AdminRequest::Action::status) return answer(status_answer(status_()));
  auto administration = administer(request, registry_);
  if (administration.proposals.empty()) return answer(administration.answer);

  auto gathering = std::make_shared<Gathering>();
  gathering->answer = std::move(administration.answer);
  gathering->language = request.language;
  gathering->missing = administration.proposals.size();
  gathering->outcomes.resize(gathering->missing);
  gathering->reply = std::move(answer);
  // The registry is folded on this thread from the same batch, posted before these answers.
  const auto settle = [gathering](std::size_t index, journal::Outcome outcome) {
    gathering->outcomes[index] = std::move(outcome);
    if (--gathering->missing > 0) return;
    gathering->reply(conclude(gathering->answer, gathering->outcomes, gathering->language));
  };
  for (std::size_t i = 0; i < administration.proposals.size(); ++i) {
    const auto submitted = journal_.submit(
        std::move(administration.proposals[i]),
        [this, settle, i](journal::Outcome outcome) {
          boost::asio::post(front_,
                            [settle, i, outcome = std::move(outcome)] { settle(i, outcome); });
        },
        journal::JournalThread::Claim::urgent);
    if (!submitted) settle(i, journal::Unknown{submitted.error().detail});
  }
}

}  // namespace noroshi::admin
