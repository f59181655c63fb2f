// Where an element stands, as findings name it: "/alert/info[2]/area[1]". A chain of steps on the
// stack, written out only for a finding that is kept. Inside proto/cap, and for the profiles over
// it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace noroshi::cap {

class Path {
 public:
  Path() = default;  // the document as a whole: ""
  // A step below `parent`, which must outlive it, as must `name`; `number` counts from 1, 0 is
  // left out.
  Path(const Path& parent, std::string_view name, std::size_t number = 0)
      : parent_(&parent), name_(name), number_(number) {}

  std::string text() const;

 private:
  const Path* parent_ = nullptr;
  std::string_view name_;
  std::size_t number_ = 0;
};

inline const Path document_path;
inline const Path alert_path(document_path, "alert");

}  // namespace noroshi::cap
