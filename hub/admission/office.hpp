// In whose name a document speaks, and who says to have typed it (CAP-JP: PublishingOfficeCode and
// EditorialOfficeCode). A claim, until the head of the log compares it with who sent it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "proto/cap/document.hpp"

namespace noroshi::admission {

struct Office {
  std::string code;  // six digits where it is a municipality's code; else as it is written, cut
  std::string path;
  cap::Place place;
};

struct Offices {
  std::optional<Office> publishing;  // the first; nothing when none is named
  // What cannot be true when `submitter` sends it: a second publishing office; or, where the
  // publishing office is another than the submitter, an editing office that is not the submitter,
  // or none at all (then it is the publishing office that is objected to).
  std::optional<Office> contradiction;
};

Offices offices_of(const cap::Alert& alert, std::string_view submitter);

}  // namespace noroshi::admission
