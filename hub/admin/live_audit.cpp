#include "hub/admin/live_audit.hpp"

#include <boost/asio/post.hpp>
#include <utility>

#include "hub/admin/alert_name.hpp"
#include "hub/admin/backup.hpp"
#include "hub/admin/log_export.hpp"
#include "hub/admin/reported_alert.hpp"

namespace noroshi::admin {

void LiveAudit::answer(const AdminRequest& request, const AdminSocket::Answer& reply) {
  if (request.action == AdminRequest::Action::verify) return verify(request.language, reply);
  if (request.action == AdminRequest::Action::export_)
    return page(request, exported_page(request.audit.value_or(AuditTerms{})), exported, reply);
  if (request.action == AdminRequest::Action::backup)
    return page(request, backed_up_page, backed_up, reply);
  if (request.action == AdminRequest::Action::report) return report(request, reply);
  const auto epoch = journal_.head_at_start().epoch;
  if (!request.audit || !is_by_name(*request.audit, epoch)) return prove(request, reply);
  look_up(request, reply, [this, request, reply](const view::Listed& alert) {
    auto of_sequence = request;
    of_sequence.audit = AuditTerms{alert.sequence, 0, request.audit->size};
    prove(of_sequence, reply);
  });
}

void LiveAudit::prove(const AdminRequest& request, const AdminSocket::Answer& reply) {
  const auto look = [this, request, reply](const Result<journal::TreeHead>& tree,
                                           const merkle::NodeOf& node_of) {
    auto answer = tree ? answer_audit(request, signer_, *tree, node_of) : answer_of(tree.error());
    boost::asio::post(front_, [reply, answer = std::move(answer)] { reply(answer); });
  };
  if (const auto asked = journal_.look_at_tree(look); !asked) reply(answer_of(asked.error()));
}

void LiveAudit::report(const AdminRequest& request, const AdminSocket::Answer& reply) {
  look_up(request, reply, [this, reply](const view::Listed& alert) {
    view_.ladder(drills::Channel::of(alert.alert), alert.sequence, [this, reply](auto ladder) {
      boost::asio::post(front_, [this, reply, ladder = std::move(ladder)] {
        reply(ladder ? reported(journal_.head_at_start(), registry_, *ladder)
                     : answer_of(ladder.error()));
      });
    });
  });
}

void LiveAudit::look_up(const AdminRequest& request, const AdminSocket::Answer& reply, Use use) {
  const auto terms = request.audit.value_or(AuditTerms{});
  const auto epoch = journal_.head_at_start().epoch;
  const auto name = alert_name(terms, epoch);
  view_.named(name, [=, this, language = request.language](auto found) {
    boost::asio::post(front_, [=, found = std::move(found)] {
      if (!found) return reply(answer_of(found.error()));
      const auto alert = only_one(terms, epoch, *found, language);
      if (!alert) return reply(answer_of(alert.error()));
      use(*alert);
    });
  });
}

void LiveAudit::page(const AdminRequest& request, journal::ReadBounds bounds, Tell tell,
                     const AdminSocket::Answer& reply) {
  const auto after = request.audit.value_or(AuditTerms{}).sequence;
  const auto asked = journal_.read(after, bounds, [=, this](auto page) {
    boost::asio::post(front_, [=, page = std::move(page)] {
      reply(page ? tell(*page) : answer_of(page.error()));
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
