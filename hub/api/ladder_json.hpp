// A ladder as the JSON of GET /v1/alerts/{sequence}/deliveries.
#pragma once

#include <boost/json/object.hpp>
#include <set>
#include <string>

#include "hub/api/ladder_deadlines.hpp"
#include "hub/view/view.hpp"

namespace noroshi::api {

// `connected` are the subscribers that have a live connection just now.
boost::json::object ladder_json(const view::Ladder& ladder, const std::set<std::string>& connected,
                                const LadderDeadlines& deadlines);

// The same without its rows, which may be ten thousand; and one of them.
boost::json::object totals_json(const view::Ladder& ladder, const LadderDeadlines& deadlines);
boost::json::object row_json(const view::Rung& rung, const std::set<std::string>& connected,
                             const LadderDeadlines& deadlines);

}  // namespace noroshi::api
