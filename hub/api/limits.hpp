// What one may ask how often, and how much of it is in handling at once. Alerts sent to us have
// rates of their own, and wait neither for those who read nor for those who connect.
//
// Threading  the front's thread, except where it says otherwise.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "hub/api/buckets.hpp"
#include "hub/api/holdings.hpp"
#include "hub/config/config.hpp"

namespace noroshi::api {

class Limits {
 public:
  enum class Kind { alert, read, stream, failure };
  static constexpr std::size_t kinds = 4;
  // Streams leave the last descriptors to publishers, the journal and the operator.
  static constexpr int descriptors_kept_from_streams = 256;

  // `descriptors_max` of the process.
  Limits(const config::Config& config, std::uint64_t descriptors_max);

  // When `name` (an identity, for failures an address) has done this too often: how long to wait.
  [[nodiscard]] std::optional<std::chrono::seconds> refusal(Kind kind, std::string_view name);
  [[nodiscard]] std::uint64_t refused(Kind kind) const {
    return refused_[static_cast<std::size_t>(kind)];
  }

  // A place among the reads in handling, given back when the last copy goes, on any thread; null
  // when all are taken.
  using Place = std::shared_ptr<const void>;
  [[nodiscard]] Place read_place();
  [[nodiscard]] std::size_t reads() const { return reads_->load(); }
  [[nodiscard]] std::uint64_t reads_refused() const { return reads_refused_; }

  // Bytes of large documents, from their header until they are answered; of large answers, until
  // the kernel has taken them.
  [[nodiscard]] Holdings& documents() { return documents_; }
  [[nodiscard]] Holdings& answers() { return answers_; }
  [[nodiscard]] const Holdings& documents() const { return documents_; }
  [[nodiscard]] const Holdings& answers() const { return answers_; }

  [[nodiscard]] bool room_for_stream(int descriptor);
  [[nodiscard]] std::uint64_t streams_refused() const { return streams_refused_; }

 private:
  std::array<Buckets, kinds> buckets_;
  std::array<std::uint64_t, kinds> refused_{};
  std::size_t reads_max_;
  std::shared_ptr<std::atomic<std::size_t>> reads_ = std::make_shared<std::atomic<std::size_t>>(0);
  std::uint64_t reads_refused_ = 0;
  Holdings documents_;
  Holdings answers_;
  std::uint64_t descriptors_max_;
  std::uint64_t streams_refused_ = 0;
};

}  // namespace noroshi::api
