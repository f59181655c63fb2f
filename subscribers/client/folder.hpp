// Keeps alerts as files, for whoever watches a folder.
//
//   <sequence>.xml          the accepted bytes
//   <sequence>.passed.json  in its place when its turn came too late
//   .noroshi                JSON: which stream this is and how far it goes
//   .noroshi.lock           held while a receiver runs
//
// Alerts may be taken away by whoever reads them; .noroshi remembers how far we are.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "subscribers/client/receiver.hpp"

namespace noroshi::subscribers {

class Folder final : public Store {
 public:
  // Which stream a folder holds.
  struct Stream {
    Position position;
    std::string channel;
    std::string environment;
    std::string subscriber;
  };

  // Makes the folder when it is missing. `conflict` when another receiver runs on it, or when it
  // holds alerts without saying of which log; `io` when it cannot be read or written.
  static Result<Folder> open(std::filesystem::path path);
  ~Folder() override;
  Folder(Folder&& other) noexcept;
  Folder& operator=(Folder&&) = delete;

  // Up to where the folder holds everything; absent when it is new.
  [[nodiscard]] std::optional<Position> position() const;

  // `conflict` when the folder belongs to another log, channel or subscriber.
  Result<void> begin(const noroshi::v1::Welcome& welcome) override;
  Result<void> take(const Item& item) override;
  Result<void> settle(const Position& through) override;
  [[nodiscard]] std::size_t group_max() const override { return 64; }

 private:
  Folder(std::filesystem::path path, int lock, std::optional<Stream> stream);
  Result<void> write_stream();

  std::filesystem::path path_;
  int lock_;
  std::optional<Stream> stream_;
};

}  // namespace noroshi::subscribers
