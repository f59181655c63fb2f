// One alert of an after-action report, as the hub (or the opened log) tells it to the program that
// writes the report down: its ladder, and what it is related to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/admin/request.hpp"
#include "hub/journal/journal.hpp"
#include "hub/registry/registry.hpp"
#include "hub/view/view.hpp"

namespace noroshi::admin {

// What is told beside the entry itself, which a page of export has.
struct ReportedLadder {
  std::uint64_t epoch = 0;
  std::string environment = {};
  journal::Sequence sequence = 0;
  std::string publisher_name = {};
  std::optional<journal::Sequence> superseded_by = {};
  std::optional<journal::Sequence> cancelled_by = {};
  std::vector<journal::Sequence> refers_to = {};
  std::vector<view::Rung> rungs = {};  // those of GET /v1/alerts/{sequence}/deliveries
};

// The answer to Action::report, one object in `json`.
AdminAnswer reported(const journal::Head& head, const registry::Registry& registry,
                     const view::Ladder& ladder);
// Nothing where it is not what reported() writes.
std::optional<ReportedLadder> reported_ladder_in(const std::string& json);

}  // namespace noroshi::admin
