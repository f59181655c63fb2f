#include "publishers/client/ladder_parts.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cassert>
#include <utility>

#include "publishers/client/json.hpp"

namespace noroshi::publishers {

Result<bool> LadderParts::take(const ServerEvent& event) {
  const bool totals = event.name == "ladder";
  if (!totals && event.name != "row") return false;
  boost::system::error_code error;
  const auto value = boost::json::parse(event.data, error);
  if (error || !value.is_object()) return failure(ErrorCode::protocol, "an event that is not JSON");
  // Written anew: what is kept must be one line, whatever the server's lines were.
  auto json = boost::json::serialize(value);
  return totals ? take_totals(value, json) : take_row(value, json);
}

Result<bool> LadderParts::take_totals(const boost::json::value& value, const std::string& json) {
  if (number_member(value, "sequence") != sequence_)
    return failure(ErrorCode::protocol, "the ladder of another alert");
  const auto* counts = member(value, "totals");
  const auto addressed = counts ? number_member(*counts, "addressed") : std::nullopt;
  if (!addressed || *addressed > rows_max)
    return failure(ErrorCode::protocol, "a ladder without totals, or with too many");
  if (totals_ && totals_->body == json) return false;
  totals_ = ladder_totals_of(value);
  totals_->body = json;
  return true;
}

Result<bool> LadderParts::take_row(const boost::json::value& value, const std::string& json) {
  auto row = ladder_row_of(value);
  if (row.subscriber.empty()) return failure(ErrorCode::protocol, "a row of nobody");
  auto& known = rows_[row.subscriber];
  if (rows_.size() > rows_max) return failure(ErrorCode::protocol, "too many rows");
  if (known.json == json) return false;
  known = {std::move(row), json};
  return true;
}

Ladder LadderParts::ladder() const {
  assert(whole());
  auto ladder = *totals_;
  ladder.body.pop_back();  // the brace
  ladder.body += ",\"deliveries\":[";
  for (const auto& [subscriber, row] : rows_) {
    if (!ladder.rows.empty()) ladder.body += ',';
    ladder.body += row.json;
    ladder.rows.push_back(row.row);
  }
  ladder.body += "]}";
  return ladder;
}

}  // namespace noroshi::publishers
