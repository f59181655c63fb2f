// What a witness has seen of the logs of its hubs, in a folder of its own:
//
//   seen.json  {"hubs": {"<host:port>": origin}, "logs": {origin: {"key", "checkpoint"}}}
//   .lock      held while somebody reads, compares and writes
//
// It is the memory that a hub cannot take back, so it is durable before it is relied on, and a file
// that cannot be read is never taken for an empty one.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>
#include <string>

#include "proto/merkle/checkpoint.hpp"
#include "proto/merkle/note.hpp"
#include "proto/result.hpp"

namespace noroshi::subscribers {

// The last checkpoint of a log that was found to go on from those before it.
struct SeenLog {
  merkle::NoteVerifier key;  // its name is the log's origin
  std::string note;          // as the hub signed it
  merkle::Checkpoint checkpoint;
};

class SeenLogs {
 public:
  static constexpr std::size_t hubs_max = 64;

  // Makes the folder when it is missing, and waits until nobody else works in it. `io`; `conflict`
  // when the file there is not what keep() writes or its notes are not signed as it says;
  // `unavailable` when somebody is still at work after `wait`, or `stop` asked for the end.
  static Result<SeenLogs> open(std::filesystem::path folder, const std::stop_token& stop = {},
                               std::chrono::milliseconds wait = std::chrono::seconds{60});
  ~SeenLogs();
  SeenLogs(SeenLogs&& other) noexcept;
  SeenLogs& operator=(SeenLogs&&) = delete;

  // Which log the hub at this host:port had.
  [[nodiscard]] std::optional<std::string> origin_of(const std::string& hub) const;
  // A log is one, whichever hub shows it.
  [[nodiscard]] const SeenLog* log(const std::string& origin) const;
  // Durable when it returns. A log that no hub has any more is forgotten. `io`; `conflict` when
  // there are too many hubs.
  Result<void> keep(const std::string& hub, SeenLog log);

 private:
  SeenLogs(std::filesystem::path folder, int lock);
  Result<void> read();

  std::filesystem::path folder_;
  int lock_;
  std::map<std::string, std::string> hubs_;
  std::map<std::string, SeenLog> logs_;
};

}  // namespace noroshi::subscribers
