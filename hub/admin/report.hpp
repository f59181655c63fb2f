// The after-action report of an alert and of what it is related to, before it is written down.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/admin/reported_alert.hpp"
#include "proto/merkle/hash.hpp"

namespace noroshi::admin {

struct Drafted {
  journal::Sequence sequence = 0;
  std::int64_t at_ms = 0;
};

struct ReportedAlert {
  ReportedLadder ladder = {};
  std::int64_t at_ms = 0;  // when it was accepted
  v1::AlertAccepted alert = {};
  merkle::Hash leaf = {};
  bool has_content = false;  // false: it was archived or erased
  std::optional<Drafted> drafted = {};
};

struct Report {
  static constexpr std::size_t alerts_max = 64;
  journal::Sequence asked = 0;
  std::int64_t made_ms = 0;
  journal::Sequence tree_size = 0;
  std::string checkpoint = {};             // the signed note over that tree
  std::vector<ReportedAlert> alerts = {};  // ascending, at least one
  bool cut = false;                        // more are related
};

}  // namespace noroshi::admin
