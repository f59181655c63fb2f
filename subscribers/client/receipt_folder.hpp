// On-air reports on their way to the hub, one file each: on the disk before they are sent, gone
// once the hub has recorded or declined them. What a crash leaves is sent again; the hub knows an
// id.
//
//   <folder>/<channel>/<epoch>/<id>     a v1.Receipt; what is of another log waits for it
//
// Threading  one thread at a time.
#pragma once

#include <noroshi/v1/stream.pb.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "proto/result.hpp"

namespace noroshi::subscribers {

class ReceiptFolder {
 public:
  // Nothing is touched before open().
  explicit ReceiptFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // Those of one channel (`live`, `drill:<id>`) of one log that wait, by id. io when they cannot be
  // read, or are no receipts.
  Result<std::vector<v1::Receipt>> open(const std::string& channel, std::uint64_t epoch);
  // Those about alerts of the log `epoch`, durable when it returns. Each has an id (contract,
  // "Receipts"); one with an id that waits already takes its place. Only after open().
  Result<void> add(const std::vector<v1::Receipt>& receipts, std::uint64_t epoch);
  // Of a name that a crash brings back only a repetition is to be feared.
  Result<void> remove(const std::string& id, std::uint64_t epoch);

 private:
  std::filesystem::path folder_;
  std::filesystem::path channel_;
};

// Whether `id` is one the hub takes: 1 to 64 characters of A-Z a-z 0-9 . _ : - and not a name that
// begins with a dot.
[[nodiscard]] bool is_receipt_id(const std::string& id);

}  // namespace noroshi::subscribers
