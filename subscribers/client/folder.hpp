// Keeps alerts as files, for whoever watches a folder.
//
//   <sequence>.xml          the accepted bytes
//   <sequence>.passed.json  in its place when its turn came too late
//   <epoch>/<sequence>.xml  … of every other log than the first, where several are allowed
//   .noroshi                JSON: which stream this is and how far it goes in each log
//   .noroshi.lock           held while a receiver runs
//
// Alerts may be taken away by whoever reads them; .noroshi remembers how far we are.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "subscribers/client/receiver.hpp"

namespace noroshi::subscribers {

// One: a log that is not the folder's is refused, a person has to look. Several: hubs with logs of
// their own deliver into it, at most `logs_max`.
enum class Logs { one, several };

class Folder final : public Store {
 public:
  static constexpr std::size_t logs_max = 16;

  // Which stream a folder holds.
  struct Stream {
    Position position;                // in its first log
    std::vector<Position> elsewhere;  // in the others
    std::string channel;
    std::string environment;
    std::string subscriber;
  };

  // Makes the folder when it is missing. `conflict` when another receiver runs on it, or when it
  // holds alerts without saying of which log; `io` when it cannot be read or written.
  static Result<Folder> open(std::filesystem::path path, Logs logs = Logs::one);
  ~Folder() override;
  Folder(Folder&& other) noexcept;
  Folder& operator=(Folder&&) = delete;

  // Up to where the folder holds everything of its first log; absent when it is new.
  [[nodiscard]] std::optional<Position> position() const;
  [[nodiscard]] std::vector<Position> elsewhere() const;
  // Where an alert lies, or lay until it was taken away.
  [[nodiscard]] std::filesystem::path file(const Position& position) const;

  // `conflict` when the folder belongs to another log, channel or subscriber.
  Result<void> begin(const noroshi::v1::Welcome& welcome) override;
  Result<void> take(const Item& item) override;
  Result<void> settle(const Position& through) override;
  [[nodiscard]] std::size_t group_max() const override { return 64; }

 private:
  Folder(std::filesystem::path path, int lock, Logs logs);
  [[nodiscard]] std::filesystem::path folder_of(std::uint64_t epoch) const;
  Position* position_in(std::uint64_t epoch);
  Result<void> trust_names();
  Result<void> write_stream();

  std::filesystem::path path_;
  int lock_;
  Logs logs_;
  std::optional<Stream> stream_;
};

}  // namespace noroshi::subscribers
