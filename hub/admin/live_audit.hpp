// noroshi-hub audit checkpoint|prove|verify|export|report and backup on the running hub.
//
// Threading  the thread that runs `front`.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>

#include "hub/admin/admin_socket.hpp"
#include "hub/admin/audit_verbs.hpp"
#include "hub/journal/journal_thread.hpp"
#include "hub/registry/registry.hpp"
#include "hub/view/view.hpp"

namespace noroshi::admin {

class LiveAudit {
 public:
  // All outlive this.
  LiveAudit(boost::asio::io_context& front, journal::JournalThread& journal,
            const merkle::NoteSigner& signer, view::View& view, const registry::Registry& registry)
      : front_(front), journal_(journal), signer_(signer), view_(view), registry_(registry) {}

  // `verify` reads the log page by page between commits, up to where it ends now.
  void answer(const AdminRequest& request, const AdminSocket::Answer& reply);

 private:
  void prove(const AdminRequest& request, const AdminSocket::Answer& reply);
  // The ladder of one alert.
  void report(const AdminRequest& request, const AdminSocket::Answer& reply);
  using Use = std::function<void(const view::Listed&)>;
  void look_up(const AdminRequest& request, const AdminSocket::Answer& reply, Use use);
  // One page, made an answer of by `tell`.
  using Tell = AdminAnswer (*)(std::span<const journal::StoredPtr> page);
  void page(const AdminRequest& request, journal::ReadBounds bounds, Tell tell,
            const AdminSocket::Answer& reply);
  void verify(Language language, const AdminSocket::Answer& reply);
  void go_on(const std::shared_ptr<LogCheck>& check, Language language,
             const AdminSocket::Answer& reply);

  boost::asio::io_context& front_;
  journal::JournalThread& journal_;
  const merkle::NoteSigner& signer_;
  view::View& view_;
  const registry::Registry& registry_;
};

}  // namespace noroshi::admin
