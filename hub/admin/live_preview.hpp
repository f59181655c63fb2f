// noroshi-hub subscriber preview on the running hub: the log is read page by page between commits.
//
// Threading  the thread that runs `front`, which is also the one that changes `registry`.
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>

#include "hub/admin/admin_socket.hpp"
#include "hub/admin/preview.hpp"
#include "hub/journal/journal_thread.hpp"

namespace noroshi::admin {

class LivePreview {
 public:
  // All outlive this.
  LivePreview(boost::asio::io_context& front, journal::JournalThread& journal,
              const registry::Registry& registry)
      : front_(front), journal_(journal), registry_(registry) {}

  void answer(const AdminRequest& request, const AdminSocket::Answer& reply);

 private:
  void go_on(const std::shared_ptr<Preview>& preview, const AdminRequest& request,
             const AdminSocket::Answer& reply);

  boost::asio::io_context& front_;
  journal::JournalThread& journal_;
  const registry::Registry& registry_;
};

}  // namespace noroshi::admin
