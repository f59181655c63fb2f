#include "hub/api/buckets.hpp"

#include <algorithm>
#include <cmath>

namespace noroshi::api {

std::optional<std::chrono::seconds> Buckets::refusal(std::string_view name, Time now) {
  if (rate_.per_second == 0) return std::nullopt;
  auto& bucket = bucket_of(name, now);
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return std::nullopt;
  }
  const double until = (1 - bucket.tokens + bucket.promised) / rate_.per_second;
  const double most = static_cast<double>(wait_max.count());
  bucket.promised = std::min(bucket.promised + 1, most * rate_.per_second);
  return std::chrono::seconds(static_cast<std::int64_t>(std::clamp(std::ceil(until), 1.0, most)));
}

Buckets::Bucket& Buckets::bucket_of(std::string_view name, Time now) {
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) {
    if (buckets_.size() >= names_max_) {
      by_name_.erase(buckets_.back().name);
      buckets_.pop_back();
    }
    buckets_.push_front({std::string(name), static_cast<double>(rate_.burst), 0, now});
    by_name_.emplace(buckets_.front().name, buckets_.begin());
    return buckets_.front();
  }
  buckets_.splice(buckets_.begin(), buckets_, found->second);
  auto& bucket = buckets_.front();
  const double come = std::chrono::duration<double>(now - bucket.at).count() * rate_.per_second;
  bucket.tokens = std::min(bucket.tokens + come, static_cast<double>(rate_.burst));
  bucket.promised = std::max(bucket.promised - come, 0.0);
  bucket.at = now;
  return bucket;
}

}  // namespace noroshi::api
