// Text out of XML source that the gate has admitted. Inside proto/cap only.
#pragma once

#include <string>
#include <string_view>

#include "proto/cap/document.hpp"

namespace noroshi::cap {

// The text at `source`, the inside of an element without child elements: all text and CDATA joined,
// references resolved, comments and processing instructions skipped; up to its end tag.
std::string text_content(std::string_view source);

// The value of an attribute as XML gives it to an application.
std::string attribute_value(std::string_view source);

// Lines and columns of a text, cheap when asked in ascending order.
class Locator {
 public:
  // `text` must outlive the locator.
  explicit Locator(std::string_view text) : text_(text) {}

  // `at` points into the text.
  Place place_of(const char* at);

 private:
  std::string_view text_;
  std::size_t offset_ = 0;
  Place place_{1, 1};
};

}  // namespace noroshi::cap
