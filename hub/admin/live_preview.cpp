#include "hub/admin/live_preview.hpp"

#include <boost/asio/post.hpp>
#include <utility>

namespace noroshi::admin {

void LivePreview::answer(const AdminRequest& request, const AdminSocket::Answer& reply) {
  const auto asked = previewed(request, registry_);
  if (!asked) return reply(answer_of(asked.error()));
  const auto head = journal_.gauges().head;
  go_on(std::make_shared<Preview>(*asked, preview_begins(request), head), request, reply);
}

void LivePreview::go_on(const std::shared_ptr<Preview>& preview, const AdminRequest& request,
                        const AdminSocket::Answer& reply) {
  if (preview->complete()) return reply(preview->answer(request));
  const auto asked = journal_.read(preview->read(), preview->bounds(), [=, this](auto page) {
    boost::asio::post(front_, [=, this, page = std::move(page)] {
      if (!page) return reply(answer_of(page.error()));
      if (page->empty()) return reply(preview->answer(request));
      preview->take(*page);
      go_on(preview, request, reply);
    });
  });
  if (!asked) reply(answer_of(asked.error()));
}

}  // namespace noroshi::admin
