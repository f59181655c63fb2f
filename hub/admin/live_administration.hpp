// The admin verbs on the running hub: from the admin socket, through the pure verbs, into the log.
//
// Threading  the thread that runs `front`, which is also the one that changes `registry`.
#pragma once

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "hub/admin/admin_socket.hpp"
#include "hub/admin/administer.hpp"
#include "hub/admin/live_audit.hpp"
#include "hub/admin/live_preview.hpp"
#include "hub/admin/live_probes.hpp"
#include "hub/alarms/standing.hpp"
#include "hub/delivery/webhook_letters.hpp"
#include "hub/journal/journal_thread.hpp"
#include "hub/registry/registry.hpp"

namespace noroshi::admin {

class LiveAdministration {
 public:
  // `status` answers `noroshi-hub status` with one JSON object. `letters` is folded on the same
  // thread as `registry`. All outlive this.
  LiveAdministration(boost::asio::io_context& front, journal::JournalThread& journal,
                     const registry::Registry& registry, const delivery::WebhookLetters& letters,
                     delivery::Probes& probes, const alarms::Standing& alarms,
                     const merkle::NoteSigner& log_signer, view::View& view,
                     std::function<std::string()> status);

  Result<void> open(const std::filesystem::path& socket_file);
  void close() { socket_.reset(); }

 private:
  void carry_out(const AdminRequest& request, AdminSocket::Answer answer);
  // Reads the secrets of the subscriber first.
  void carry_out_webhooks(const AdminRequest& request, AdminSocket::Answer answer);
  void settle(Administration administration, Language language, AdminSocket::Answer answer);

  boost::asio::io_context& front_;
  journal::JournalThread& journal_;
  const registry::Registry& registry_;
  const delivery::WebhookLetters& letters_;
  LiveProbes probes_;
  const alarms::Standing& alarms_;
  LiveAudit audit_;
  LivePreview preview_;
  std::function<std::string()> status_;
  std::unique_ptr<AdminSocket> socket_;
};

}  // namespace noroshi::admin
