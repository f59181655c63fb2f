// The official list of municipality codes (全国地方公共団体コード, published by the ministry as a
// table: 団体コード, 都道府県名, 市区町村名, their readings), as CSV (RFC 4180).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "hub/admin/words.hpp"

namespace noroshi::admin {

struct ListedPublisher {
  std::string code;  // six digits
  std::string name;
  bool operator==(const ListedPublisher&) const = default;
};

// What of the table cannot be used, where, from 1, and why, in words. The column counts fields.
struct ListProblem {
  std::size_t line;
  std::size_t column;
  std::string why;
};

struct PublisherList {
  std::vector<ListedPublisher> publishers;  // in the order of the table, without the bad rows
  std::vector<ListProblem> problems;
};

// UTF-8 with or without byte order mark, or CP932 as spreadsheets write it; with a header row or
// without. A row without a municipality is the prefecture's. Columns after the third are not read,
// and empty rows are left out. At most rows_max rows: the rest is one problem.
inline constexpr std::size_t rows_max = 4000;
PublisherList read_publisher_list(std::string_view bytes, Language language);

}  // namespace noroshi::admin
