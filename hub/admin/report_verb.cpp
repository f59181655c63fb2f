#include "hub/admin/report_verb.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <set>
#include <utility>

#include "hub/admin/alert_name.hpp"
#include "hub/admin/exit_code.hpp"
#include "hub/admin/log_export.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admin/report_file.hpp"
#include "hub/admin/report_numbers.hpp"
#include "proto/merkle/checkpoint.hpp"

namespace noroshi::admin {
namespace {

using journal::Sequence;
using Action = AdminRequest::Action;

constexpr std::uint32_t draft_page = 256;
constexpr std::size_t draft_pages_max = 256;
constexpr std::int64_t draft_age_max_ms = std::int64_t{60} * 60 * 1000;  // six times its life

// One report, put together question by question.
class ReportGathering {
 public:
  ReportGathering(const Ask& ask, Language language) : ask_(ask), language_(language) {}

  Result<Report> gather(const AuditTerms& asked_for) {
    auto asked = ladder(asked_for);
    if (!asked) return tl::unexpected(asked.error());
    report_.asked = asked->sequence;
    if (auto all = relatives(std::move(*asked)); !all) return tl::unexpected(all.error());
    for (auto& [sequence, found] : ladders_) {
      auto alert = reported_alert(std::move(found));
      if (!alert) return tl::unexpected(alert.error());
      report_.alerts.push_back(std::move(*alert));
    }
    if (auto signed_off = checkpoint(); !signed_off) return tl::unexpected(signed_off.error());
    return std::move(report_);
  }

  // That the alert is in the tree of that size.
  Result<std::string> proof(Sequence sequence, Sequence size) {
    auto answer = answer_to(Action::prove, {sequence, 0, size});
    if (!answer) return tl::unexpected(answer.error());
    return std::move(answer->json);
  }

 private:
  Result<AdminAnswer> answer_to(Action action, const AuditTerms& terms) {
    AdminRequest request;
    request.subject = AdminRequest::Subject::audit;
    request.action = action;
    request.audit = terms;
    request.language = language_;
    auto answer = ask_(request);
    if (answer.exit_code == exit_code::ok) return answer;
    failed_ = answer;
    return failure(ErrorCode::unavailable, answer.note);
  }

  tl::unexpected<Error> not_understood(const char* what) const {
    return failure(ErrorCode::protocol, say(language_, Say::request_malformed, what));
  }

  Result<ReportedLadder> ladder(const AuditTerms& terms) {
    const auto answer = answer_to(Action::report, terms);
    if (!answer) return tl::unexpected(answer.error());
    auto found = reported_ladder_in(answer->json);
    if (!found) return not_understood("report");
    return std::move(*found);
  }

  // The asked one, and all that is before and behind it.
  Result<void> relatives(ReportedLadder asked) {
    std::set<Sequence> open;
    const auto take = [&](ReportedLadder found) {
      open.insert(found.refers_to.begin(), found.refers_to.end());
      if (found.superseded_by) open.insert(*found.superseded_by);
      if (found.cancelled_by) open.insert(*found.cancelled_by);
      const auto sequence = found.sequence;
      ladders_.emplace(sequence, std::move(found));
    };
    take(std::move(asked));
    while (!open.empty()) {
      const auto next = open.extract(open.begin()).value();
      if (ladders_.contains(next)) continue;
      report_.cut = ladders_.size() == Report::alerts_max;
      if (report_.cut) return {};
      auto found = ladder({next});
      if (!found) return tl::unexpected(found.error());
      take(std::move(*found));
    }
    return {};
  }

  Result<ExportedPage> page(Sequence after, std::uint32_t limit) {
    AuditTerms terms;
    terms.sequence = after;
    terms.limit = limit;
    const auto answer = answer_to(Action::export_, terms);
    if (!answer) return tl::unexpected(answer.error());
    auto found = exported_page_in(*answer);
    if (!found) return not_understood("entries");
    return std::move(*found);
  }

  Result<ReportedAlert> reported_alert(ReportedLadder found) {
    const auto entries = page(found.sequence - 1, 1);
    if (!entries) return tl::unexpected(entries.error());
    v1::Entry entry;
    if (entries->entries.empty() || !entry.ParseFromString(entries->entries.front()) ||
        entry.sequence() != found.sequence || !entry.body().has_alert_accepted())
      return not_understood("entries");
    ReportedAlert alert{std::move(found),
                        entry.at_ms(),
                        entry.body().alert_accepted(),
                        journal::leaf_hash(entries->entries.front()),
                        !entries->contents.empty(),
                        std::nullopt};
    if (!alert.alert.has_approval()) return alert;
    auto drafted = draft_of(alert);
    if (!drafted) return tl::unexpected(drafted.error());
    alert.drafted = *drafted;
    return alert;
  }

  // From the alert backwards: most drafts wait for a minute or two.
  Result<std::optional<Drafted>> draft_of(const ReportedAlert& alert) {
    auto before = alert.ladder.sequence;
    for (std::size_t pages = 0; pages < draft_pages_max && before > 1; ++pages) {
      const auto after = before > draft_page ? before - 1 - draft_page : 0;
      std::optional<Drafted> found;
      std::int64_t oldest_ms = alert.at_ms;
      for (auto from = after; from + 1 < before;) {
        const auto entries = page(from, static_cast<std::uint32_t>(before - 1 - from));
        if (!entries) return tl::unexpected(entries.error());
        if (entries->entries.empty()) return std::nullopt;
        for (const auto& bytes : entries->entries) look_at(bytes, alert, found, oldest_ms);
        from += entries->entries.size();
      }
      if (found || oldest_ms < alert.at_ms - draft_age_max_ms) return found;
      before = after + 1;
    }
    return std::nullopt;
  }

  static void look_at(const std::string& bytes, const ReportedAlert& alert,
                      std::optional<Drafted>& found, std::int64_t& oldest_ms) {
    v1::Entry entry;
    if (!entry.ParseFromString(bytes)) return;
    oldest_ms = std::min(oldest_ms, entry.at_ms());
    if (entry.body().has_draft_submitted() &&
        entry.body().draft_submitted().id() == alert.alert.approval().draft())
      found = Drafted{entry.sequence(), entry.at_ms()};
  }

  // Last of all, so that all is in it.
  Result<void> checkpoint() {
    auto answer = answer_to(Action::checkpoint, {});
    if (!answer) return tl::unexpected(answer.error());
    report_.checkpoint = std::move(answer->data);
    const auto end = report_.checkpoint.find("\n\n");
    const auto said =
        merkle::read_checkpoint(std::string_view(report_.checkpoint).substr(0, end + 1));
    if (!said) return tl::unexpected(said.error());
    report_.tree_size = said->size;
    return {};
  }

 public:
  // What the hub answered in place of what was asked; nothing when it was not the hub that failed.
  [[nodiscard]] const std::optional<AdminAnswer>& failed() const { return failed_; }

 private:
  const Ask& ask_;
  Language language_;
  Report report_;
  std::map<Sequence, ReportedLadder> ladders_;
  std::optional<AdminAnswer> failed_;
};

AdminAnswer told(const Report& report, const ReportFiles& files, Language language) {
  std::string lines;
  boost::json::array alerts;
  for (const auto& each : report.alerts) {
    const auto numbers = numbers_of(each);
    const auto told = say(language, ReportSay::report_told, each.ladder.sequence, numbers.addressed,
                          numbers.delivered.count, numbers.shown.count);
    lines += (lines.empty() ? "" : "; ") + told;
    alerts.push_back(boost::json::object{{"sequence", each.ladder.sequence},
                                         {"addressed", numbers.addressed},
                                         {"delivered", numbers.delivered.count},
                                         {"shown", numbers.shown.count}});
  }
  const auto page = printable(files.page.string());
  const auto table = printable(files.table.string());
  return {exit_code::ok, page + "\n" + table + "\n",
          say(language, ReportSay::report_done, page, report.alerts.size(), lines),
          boost::json::serialize(
              boost::json::object{{"html", page}, {"csv", table}, {"alerts", std::move(alerts)}}) +
              "\n"};
}

}  // namespace

AdminAnswer carry_out_report(const Ask& ask, const ReportOptions& options, std::int64_t now_ms,
                             Language language) {
  const auto terms = entry_terms(options.alert, 0, language);
  if (!terms) return answer_of(terms.error());
  ReportGathering gathering(ask, language);
  auto report = gathering.gather(*terms);
  if (!report) return gathering.failed().value_or(answer_of(report.error()));
  report->made_ms = now_ms;
  Enclosed enclosed{{"checkpoint", report->checkpoint}, {"audit.pub", options.audit_pub}};
  for (const auto& each : report->alerts) {
    const auto proof = gathering.proof(each.ladder.sequence, report->tree_size);
    if (!proof) return gathering.failed().value_or(answer_of(proof.error()));
    enclosed.emplace_back(fmt::format("proof-{}.json", each.ladder.sequence), *proof);
  }
  const auto out = options.out.empty() ? fmt::format("report-{}", report->asked) : options.out;
  const auto files = write_report(*report, enclosed, out, language);
  if (!files) return answer_of(files.error());
  return told(*report, *files, language);
}

}  // namespace noroshi::admin
