#include "hub/admin/live_audit.hpp"

#include <boost/asio/post.hpp>
#include <utility>

#include "hub/admin/log_export.hpp"

namespace noroshi::admin {

void LiveAudit::answer(const AdminRequest& request, const AdminSocket::Answer& reply) {
  if (request.action == AdminRequest::Action::verify) return verify(request.language, reply);
  if (request.action == AdminRequest::Action::export_) return export_page(request, reply);
  const auto look = [this, request, reply](const Result<journal::TreeHead>& tree,
                                           const merkle::NodeOf& node_of) {
    auto answer = tree ? answer_audit(request, signer_, *tree, node_of) : answer_of(tree.error());
    boost::asio::post(front_, [reply, answer = std::move(answer)] { reply(answer); });
  };
  if (const auto asked = journal_.look_at_tree(look); !asked) reply(answer_of(asked.error()));
}

void LiveAudit::export_page(const AdminRequest& request, const AdminSocket::Answer& reply) {
  const auto after = request.audit.value_or(AuditTerms{}).sequence;
  const auto asked = journal_.read(after, exported_page, [=, this](auto page) {
    boost::asio::post(front_, [=, page = std::move(page)] {
      reply(page ? exported(*page) : answer_of(page.error()));
    });
  });
  if (!asked) reply(answer_of(asked.error()));
}

void LiveAudit::verify(Language language, const AdminSocket::Answer& reply) {
  const auto look = [this, language, reply](const Result<journal::TreeHead>& tree,
                                            const merkle::NodeOf&) {
    boost::asio::post(front_, [this, language, reply, tree] {
      if (!tree) return reply(answer_of(tree.error()));
      go_on(std::make_shared<LogCheck>(*tree), language, reply);
    });
  };
  if (const auto asked = journal_.look_at_tree(look); !asked) reply(answer_of(asked.error()));
}

void LiveAudit::go_on(const std::shared_ptr<LogCheck>& check, Language language,
                      const AdminSocket::Answer& reply) {
  if (check->complete()) return reply(check->answer(language));
  const auto asked = journal_.read(check->read(), {}, [=, this](auto page) {
    boost::asio::post(front_, [=, this, page = std::move(page)] {
      if (!page) return reply(answer_of(page.error()));
      if (page->empty()) return reply(check->answer(language));
      check->take(*page);
      go_on(check, language, reply);
    });
  });
  if (!asked) reply(answer_of(asked.error()));
}

}  // namespace noroshi::admin
