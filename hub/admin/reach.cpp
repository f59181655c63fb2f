#include "hub/admin/reach.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

#include "hub/admin/administer.hpp"
#include "hub/admin/alarm_verbs.hpp"
#include "hub/admin/alert_name.hpp"
#include "hub/admin/audit_key.hpp"
#include "hub/admin/audit_verbs.hpp"
#include "hub/admin/backup.hpp"
#include "hub/admin/exit_code.hpp"
#include "hub/admin/hub_line.hpp"
#include "hub/admin/log_access.hpp"
#include "hub/admin/log_export.hpp"
#include "hub/admin/offline_view.hpp"
#include "hub/admin/preview.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admin/reported_alert.hpp"
#include "hub/admin/tree_head.hpp"

namespace noroshi::admin {
namespace {

// For a hub's answer that takes no reading of the log, and for one that takes all of it.
constexpr auto reading_none = std::chrono::seconds(30);
constexpr auto reading_all = std::chrono::minutes(30);

Result<std::unique_ptr<OfflineLog>> open_log(const DataDirectory& directory, Language language,
                                             const journal::WallClock& clock) {
  auto log = OfflineLog::open(directory.journal(), clock);
  if (!log && log.error().code == ErrorCode::conflict) {
    const auto name = printable(directory.journal().string());
    return failure(ErrorCode::unavailable, say(language, Say::journal_locked, name));
  }
  return log;
}

AdminAnswer verify_log(const DataDirectory& directory, const merkle::NoteVerifier& verifier,
                       journal::Journal& journal, Language language) {
  if (const auto fits = check_tree_head(directory, verifier, journal, language); !fits)
    return answer_of({ErrorCode::refused, fits.error().detail});
  LogCheck check(journal.tree());
  while (!check.complete()) {
    const auto page = journal.read(check.read(), {});
    if (!page) return answer_of(page.error());
    if (page->empty()) break;
    check.take(*page);
  }
  return check.answer(language);
}

Result<view::Listed> alert_alone(const DataDirectory& directory, const AdminRequest& request,
                                 OfflineLog& log) {
  auto view = OfflineView::open(directory, log);
  if (!view) return tl::unexpected(view.error());
  auto found = view->named(alert_name(*request.audit, log.head().epoch));
  if (!found) return tl::unexpected(found.error());
  return only_one(*request.audit, log.head().epoch, std::move(*found), request.language);
}

AdminAnswer report_alone(const DataDirectory& directory, const AdminRequest& request,
                         OfflineLog& log) {
  const auto alert = alert_alone(directory, request, log);
  if (!alert) return answer_of(alert.error());
  auto view = OfflineView::open(directory, log);
  if (!view) return answer_of(view.error());
  const auto ladder = view->ladder(drills::Channel::of(alert->alert), alert->sequence);
  return ladder ? reported(log.head(), log.registry(), *ladder) : answer_of(ladder.error());
}

AdminAnswer audit_alone(const DataDirectory& directory, AdminRequest request, OfflineLog& log) {
  auto& journal = log.journal();
  if (request.action == AdminRequest::Action::report && request.audit)
    return report_alone(directory, request, log);
  if (request.audit && is_by_name(*request.audit, log.head().epoch)) {
    const auto alert = alert_alone(directory, request, log);
    if (!alert) return answer_of(alert.error());
    request.audit = AuditTerms{alert->sequence, 0, request.audit->size};
  }
  const auto signer = audit_key(directory, journal.head().epoch);
  if (!signer) return answer_of(signer.error());
  if (request.action == AdminRequest::Action::verify)
    return verify_log(directory, signer->verifier(), journal, request.language);
  if (request.action == AdminRequest::Action::export_) {
    const auto terms = request.audit.value_or(AuditTerms{});
    const auto page = journal.read(terms.sequence, exported_page(terms));
    return page ? exported(*page) : answer_of(page.error());
  }
  if (request.action == AdminRequest::Action::backup) {
    const auto page = journal.read(request.audit.value_or(AuditTerms{}).sequence, backed_up_page);
    return page ? backed_up(*page) : answer_of(page.error());
  }
  return answer_audit(request, *signer, journal.tree(), [&](unsigned level, std::uint64_t index) {
    return journal.node(level, index);
  });
}

AdminAnswer preview_alone(const AdminRequest& request, OfflineLog& log) {
  const auto asked = previewed(request, log.registry());
  if (!asked) return answer_of(asked.error());
  Preview preview(*asked, preview_begins(request), log.head().sequence);
  while (!preview.complete()) {
    const auto page = log.journal().read(preview.read(), preview.bounds());
    if (!page) return answer_of(page.error());
    if (page->empty()) break;
    preview.take(*page);
  }
  return preview.answer(request);
}

AdminAnswer carry_out_alone(const DataDirectory& directory, const AdminRequest& request,
                            OfflineLog& log) {
  if (request.subject == AdminRequest::Subject::audit) return audit_alone(directory, request, log);
  if (request.action == AdminRequest::Action::preview) return preview_alone(request, log);
  auto [proposals, answer] = request.subject == AdminRequest::Subject::alarm
                                 ? administer_alarms(request, log.alarms())
                                 : administer(request, log.registry());
  if (proposals.empty()) return answer;
  std::vector<journal::Outcome> outcomes;
  for (std::span<const journal::Proposal> left(proposals); !left.empty();) {
    const auto group = left.first(std::min(left.size(), OfflineLog::proposals_max));
    auto settled = log.append(group);
    if (!settled) return answer_of(settled.error());
    std::move(settled->begin(), settled->end(), std::back_inserter(outcomes));
    left = left.subspan(group.size());
  }
  return conclude(std::move(answer), outcomes, request.language);
}

std::chrono::milliseconds patience_for(const AdminRequest& request) {
  const bool reads = request.action == AdminRequest::Action::verify ||
                     request.action == AdminRequest::Action::preview;
  if (reads) return reading_all;
  return reading_none;
}

}  // namespace

Ask reach(const DataDirectory& directory, const journal::WallClock& clock) {
  // Once there was no hub, and the log is opened, no hub can come.
  const auto log = std::make_shared<std::unique_ptr<OfflineLog>>();
  return [=](const AdminRequest& request) -> AdminAnswer {
    if (*log == nullptr) {
      if (const auto complete = check_complete(directory, request.language); !complete)
        return answer_of(complete.error());
      const auto answer = ask_hub(directory.admin_socket(), request, patience_for(request));
      if (!answer) return answer_of(answer.error());
      if (*answer) return **answer;
      auto opened = open_log(directory, request.language, clock);
      if (!opened) return answer_of(opened.error());
      *log = std::move(*opened);
    }
    return carry_out_alone(directory, request, **log);
  };
}

AdminAnswer carry_out(const DataDirectory& directory, const AdminRequest& request,
                      const journal::WallClock& clock) {
  return reach(directory, clock)(request);
}

AdminAnswer status_of(const DataDirectory& directory, Language language,
                      const journal::WallClock& clock) {
  if (const auto complete = check_complete(directory, language); !complete) {
    return answer_of(complete.error());
  }
  AdminRequest request;
  request.language = language;
  const auto answer = ask_hub(directory.admin_socket(), request);
  if (!answer) return answer_of(answer.error());
  if (*answer) return **answer;

  const auto log = open_log(directory, language, clock);
  if (!log) return answer_of(log.error());
  const auto head = (*log)->head();
  auto alone = status_answer(boost::json::serialize(
      boost::json::object{{"running", false},
                          {"environment", head.environment},
                          {"epoch", head.epoch},
                          {"head", head.sequence},
                          {"publishers", (*log)->registry().publishers().size()},
                          {"subscribers", (*log)->registry().subscribers().size()}}));
  alone.exit_code = exit_code::failed;
  alone.note = say(language, Say::no_hub, printable(directory.root.string()));
  return alone;
}

}  // namespace noroshi::admin
