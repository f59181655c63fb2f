#include "hub/api/limits.hpp"

namespace noroshi::api {
namespace {

// Identities are bounded by the registry; addresses by nothing but this.
constexpr std::size_t identities_max = 100'000;
constexpr std::size_t addresses_max = 4096;

}  // namespace

Limits::Limits(const config::Config& config, std::uint64_t descriptors_max)
    : buckets_{Buckets(config.alerts, identities_max), Buckets(config.reads, identities_max),
               Buckets(config.streams, identities_max), Buckets(config.failures, addresses_max)},
      reads_max_(config.reads_at_once_max),
      documents_(config.documents_bytes_max),
      answers_(config.answers_bytes_max),
      descriptors_max_(descriptors_max) {}

std::optional<std::chrono::seconds> Limits::refusal(Kind kind, std::string_view name) {
  const auto index = static_cast<std::size_t>(kind);
  const auto wait = buckets_[index].refusal(name, std::chrono::steady_clock::now());
  if (wait) ++refused_[index];
  return wait;
}

Limits::Place Limits::read_place() {
  if (reads_->load() >= reads_max_) {
    ++reads_refused_;
    return nullptr;
  }
  ++*reads_;
  return {reads_.get(), [reads = reads_](const void*) { --*reads; }};
}

bool Limits::room_for_stream(int descriptor) {
  const auto needed = static_cast<std::uint64_t>(descriptor) + descriptors_kept_from_streams;
  if (needed < descriptors_max_) return true;
  ++streams_refused_;
  return false;
}

}  // namespace noroshi::api
