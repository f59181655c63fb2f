#include "proto/cap/path.hpp"

namespace noroshi::cap {

std::string Path::text() const {
  if (parent_ == nullptr) return {};
  std::string text = parent_->text();
  text += '/';
  text += name_;
  if (number_ > 0) text += '[' + std::to_string(number_) + ']';
  return text;
}

}  // namespace noroshi::cap
