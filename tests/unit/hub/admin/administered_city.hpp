// A log in memory with 362018 registered, and administrators' requests carried out on it as the hub
// does.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "hub/admin/administer.hpp"
#include "hub/admission/alert_judge.hpp"
#include "hub/journal/journal.hpp"
#include "proto/cap/instant.hpp"

namespace noroshi::admin {

class AdministeredCity : public testing::Test {
 protected:
  AdministeredCity() {
    v1::EntryBody body;
    auto& publisher = *body.mutable_publisher_registered();
    publisher.set_code("362018");
    publisher.add_senders("city.tokushima.lg.jp");
    publisher.add_areas("362018");
    const std::vector<journal::Proposal> proposals{{body, std::nullopt, nullptr}};
    EXPECT_TRUE(log_->append(proposals));
  }

  AdminAnswer carry_out(const AdminRequest& request) {
    auto [proposals, answer] = administer(request, judge_.registry());
    if (proposals.empty()) return answer;
    const auto outcomes = log_->append(proposals);
    EXPECT_TRUE(outcomes);
    return conclude(answer, *outcomes, request.language);
  }

  std::int64_t now_ms_ = *cap::unix_milliseconds("2026-11-22T12:00:00+09:00");
  admission::AlertJudge judge_;
  std::unique_ptr<journal::Journal> log_ =
      journal::open_memory(1, "training", judge_, [this] { return now_ms_; });
};

}  // namespace noroshi::admin
