#include "publishers/client/answers.hpp"

#include <boost/json/parse.hpp>
#include <utility>

#include "publishers/client/json.hpp"

namespace noroshi::publishers {

namespace {

tl::unexpected<Failure> not_a_hub(std::string detail) {
  return tl::unexpected(failed(Failure::Kind::not_a_hub, std::move(detail)));
}

std::optional<boost::json::value> parsed(const std::string& body) {
  boost::system::error_code error;
  auto value = boost::json::parse(body, error);
  if (error) return std::nullopt;
  return value;
}

bool flag_member(const boost::json::value& value, std::string_view name) {
  const auto* found = member(value, name);
  return found != nullptr && found->is_bool() && found->get_bool();
}

std::vector<std::string> texts_of(const boost::json::array* values) {
  std::vector<std::string> texts;
  if (values == nullptr) return texts;
  for (const auto& value : *values)
    if (value.is_string()) texts.emplace_back(value.get_string());
  return texts;
}

}  // namespace

Answer<Accepted> accepted_of(wire::Response answer) {
  const auto value = parsed(answer.body);
  if (!value) return not_a_hub("the answer to an alert is not JSON");
  const auto sequence = number_member(*value, "sequence");
  const auto epoch = number_member(*value, "epoch");
  if (!sequence || !epoch) return not_a_hub("the answer to an alert has no sequence");
  return Accepted{text_member(*value, "id"),
                  *sequence,
                  *epoch,
                  text_member(*value, "accepted_at"),
                  text_member(*value, "channel"),
                  number_member(*value, "subscribers").value_or(0),
                  answer.status == 200,
                  texts_of(array_member(*value, "flags")),
                  std::move(answer.body)};
}

LadderRow ladder_row_of(const boost::json::value& value) {
  LadderRow row{text_member(value, "subscriber"),
                text_member(value, "state"),
                text_member(value, "delivered_at"),
                flag_member(value, "connected"),
                {},
                false,
                text_member(value, "earlier"),
                texts_of(array_member(value, "overdue"))};
  if (const auto* media = array_member(value, "media"))
    for (const auto& medium : *media) {
      if (!text_member(medium, "shown_at").empty()) row.ever_shown = true;
      if (text_member(medium, "state") == "shown")
        row.shown_on.push_back(text_member(medium, "medium"));
    }
  return row;
}

Ladder ladder_totals_of(const boost::json::value& value) {
  Ladder ladder;
  ladder.identifier = text_member(value, "identifier");
  if (const auto* totals = member(value, "totals"))
    ladder.addressed = number_member(*totals, "addressed").value_or(0);
  if (const auto* media = array_member(value, "media"))
    for (const auto& medium : *media)
      ladder.media.push_back({text_member(medium, "medium"),
                              number_member(medium, "shown").value_or(0),
                              number_member(medium, "withdrawn").value_or(0)});
  if (const auto* deadlines = array_member(value, "deadlines"))
    for (const auto& deadline : *deadlines)
      ladder.deadlines.push_back(
          {text_member(deadline, "step"), number_member(deadline, "within_s").value_or(0),
           text_member(deadline, "due_at"), number_member(deadline, "missing").value_or(0),
           flag_member(deadline, "overdue")});
  return ladder;
}

Answer<Ladder> ladder_of(wire::Response answer) {
  const auto value = parsed(answer.body);
  const auto* rows = value ? array_member(*value, "deliveries") : nullptr;
  if (rows == nullptr) return not_a_hub("the delivery report has no rows");
  auto ladder = ladder_totals_of(*value);
  for (const auto& row : *rows) ladder.rows.push_back(ladder_row_of(row));
  ladder.body = std::move(answer.body);
  return ladder;
}

Answer<Drafted> drafted_of(wire::Response answer) {
  const auto value = parsed(answer.body);
  if (!value || text_member(*value, "id").empty())
    return not_a_hub("the answer to a draft has no id");
  // An alert that was accepted before is answered with its own receipt, which has no such time.
  return Drafted{text_member(*value, "id"), text_member(*value, "until"), std::move(answer.body)};
}

Answer<DraftList> drafts_of(wire::Response answer) {
  const auto value = parsed(answer.body);
  const auto* rows = value ? array_member(*value, "drafts") : nullptr;
  if (rows == nullptr) return not_a_hub("the list of drafts is missing");
  DraftList list;
  for (const auto& row : *rows) {
    const auto* summary = member(row, "summary");
    DraftRow draft;
    draft.id = text_member(row, "id");
    draft.state = text_member(row, "state");
    draft.until = text_member(row, "until");
    draft.author = text_member(row, "author");
    if (summary != nullptr) {
      draft.headline = text_member(*summary, "headline");
      draft.level = number_member(*summary, "level").value_or(0);
    }
    list.rows.push_back(std::move(draft));
  }
  list.body = std::move(answer.body);
  return list;
}

Answer<std::optional<std::uint64_t>> newest_of(const wire::Response& answer) {
  const auto value = parsed(answer.body);
  const auto* alerts = value ? array_member(*value, "alerts") : nullptr;
  if (alerts == nullptr) return not_a_hub("the list of alerts is missing");
  if (alerts->empty()) return std::optional<std::uint64_t>();
  const auto sequence = number_member(alerts->front(), "sequence");
  if (!sequence) return not_a_hub("an alert without a sequence");
  return sequence;
}

bool reached(const LadderRow& row) {
  return row.state == "delivered" || row.state == "shown" || row.state == "replaced" ||
         row.state == "withdrawn" || row.state == "passed";
}

}  // namespace noroshi::publishers
