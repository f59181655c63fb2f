// The alert that everybody carries: an evacuation order in CAP 1.2 as a city writes it, of a chosen
// size, with a number in its identifier by which any protocol recognises it without reading XML.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace noroshi::bench {

// Municipalities of ten prefectures; alert `number` is for areas[number % 10].
inline constexpr std::array<std::string_view, 10> areas = {"362018", "131016", "271004", "011002",
                                                           "041009", "141003", "231002", "261009",
                                                           "341002", "401307"};
inline constexpr unsigned warning_level = 4;

class AlertText {
 public:
  // `bytes` of UTF-8, at least 1,500; sent now, expires in a day.
  explicit AlertText(std::size_t bytes);

  // The document with this number, until the next call.
  const std::string& numbered(std::uint64_t number);
  // The number of a document of the same shape; `document` must hold size() bytes.
  [[nodiscard]] std::uint64_t number_of(std::string_view document) const;
  [[nodiscard]] std::size_t size() const { return text_.size(); }

 private:
  std::string text_;
  std::size_t number_at_ = 0;
  std::size_t area_at_ = 0;
};

}  // namespace noroshi::bench
