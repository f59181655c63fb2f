// `noroshi-hub init`: a data directory that a hub can serve from, durable when this returns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "hub/admin/data_directory.hpp"
#include "hub/admin/words.hpp"
#include "hub/journal/journal.hpp"
#include "proto/result.hpp"

namespace noroshi::admin {

struct InitRequest {
  enum class Sample { none, tokushima };
  std::filesystem::path data;
  Sample sample = Sample::none;
  std::vector<std::string> hosts;    // besides localhost and the loopback addresses
  std::string environment = "live";  // live, training, demo
};

struct InitReport {
  std::uint64_t epoch = 0;
  std::size_t publishers = 0;
  std::size_t subscribers = 0;
};

// Of a new log.
std::uint64_t random_epoch();

// Makes the directory, or takes one that is empty. Refused with conflict, and nothing touched, when
// it holds anything.
Result<void> take_root(const DataDirectory& directory, Language language);

// Refused with conflict, and nothing touched, when `data` holds anything. When it fails half-way
// (or the power does), what is left says so by its file `unfinished`.
Result<InitReport> init(const InitRequest& request, const journal::WallClock& clock,
                        Language language);

}  // namespace noroshi::admin
