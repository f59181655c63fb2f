// Parts of the hub alone, each with nothing else to do: what ingest could reach if it were the only
// part, and what an alert costs to examine. One JSON object each on standard output.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace noroshi::bench {

// The journal with its real engine and judge: groups of `group` examined alerts of `alert_bytes`,
// one after the other, into `data`, where `register` made the publisher.
struct JournalAlone {
  std::filesystem::path data;
  std::size_t group = 64;  // at most 256
  std::size_t alert_bytes = 2500;
  double seconds = 3;
};
void run_journal(const JournalAlone& options);

// The TLS door with everything up to the head of the log: reads a POST, knows its publisher,
// examines the alert, answers 201 without asking a journal. Until it is killed.
struct DoorAlone {
  std::filesystem::path data;
  std::uint16_t port = 0;
};
void run_door(const DoorAlone& options);

// Gate, reader and rules (proto/cap) over an alert of 2,500 bytes and one of 1 MB with 2,000 areas;
// the rules and the reading of CAP-JP (proto/jp) over an order for 400 districts.
void run_examine(double seconds);

}  // namespace noroshi::bench
