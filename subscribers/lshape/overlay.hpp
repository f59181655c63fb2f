// A text file with what stands now, for the L-shaped overlay (L字) of a television picture: one
// line of ready text each, the highest level first. A character generator watches the file.
//
// The file is UTF-8, always whole (replaced by a rename), and has at most `lines` lines of at most
// `width` full-width characters each; what has no room is counted on the last line. What its lines
// speak of is reported as shown on tv.lshape, and as withdrawn once it is no longer in the file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "subscribers/client/folder.hpp"

namespace noroshi::subscribers {

class Overlay final : public Store {
 public:
  struct Settings {
    std::filesystem::path file;
    std::filesystem::path reported;  // which alerts were reported as shown, for the next run
    std::size_t width = 40;
    std::size_t lines = 8;
    std::string language = {};  // "": what the subscription says, else Japanese
    std::string none = {};      // what the file says when nothing stands; "": it is empty
  };
  // `io` when what was reported cannot be read.
  static Result<Overlay> open(Folder folder, Settings settings);

  Result<void> begin(const noroshi::v1::Welcome& welcome) override;
  Result<void> take(const Item& item) override { return folder_.take(item); }
  Result<void> settle(const Position& through) override { return folder_.settle(through); }
  [[nodiscard]] std::size_t group_max() const override { return folder_.group_max(); }
  // Writes the file; what it says has changed is reported.
  Result<std::vector<Said>> stands(const std::vector<Held>& changes,
                                   const Standing& standing) override;

 private:
  Overlay(Folder folder, Settings settings)
      : folder_(std::move(folder)), settings_(std::move(settings)) {}

  [[nodiscard]] std::vector<std::string> texts_of(const Held& held) const;
  std::string render(const std::vector<Held>& standing, std::set<Position>& shown) const;
  Result<void> note(const std::set<Position>& maybe_shown);

  Folder folder_;
  Settings settings_;
  std::string language_ = "ja-JP";
  std::set<Position> shown_;
  std::uint64_t reports_ = 0;  // makes the id of each report new
  bool fresh_ = true;          // nothing was reported in this run
};

}  // namespace noroshi::subscribers
