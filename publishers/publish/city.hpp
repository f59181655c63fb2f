// The city that orders: a file that is written once and kept, so that an order is one line.
//
//   code = "362018"
//   sender = "city.tokushima.lg.jp"
//   name = "徳島市"
//   prefecture = "徳島県"
//   english = "Tokushima City"         # left out: nothing is said in English
//   reading = "とくしまし"
//   contact = "危機管理課"
//   [[districts]]
//   id = "kawauchi"
//   name = "川内町"
//   kana = "かわうちちょう"
//   [[groups]]                          # what an officer picks: a basin, a hazard zone
//   id = "yoshino"
//   districts = ["kawauchi", "ojin"]
#pragma once

#include <map>
#include <string>
#include <vector>

#include "proto/jp/compose.hpp"
#include "proto/result.hpp"

namespace noroshi::publishers {

struct City {
  jp::Office office;
  std::vector<jp::NamedDistrict> districts;
  std::map<std::string, std::vector<std::string>> groups;  // ids of districts, all of them known

  // The districts of these ids, each a district's or a group's, each district once; the detail of
  // the error is the first id that is neither.
  [[nodiscard]] Result<std::vector<jp::NamedDistrict>> named(
      const std::vector<std::string>& ids) const;
  [[nodiscard]] const jp::NamedDistrict* district(const std::string& id) const;
};

// Failure  io when it cannot be read; configuration, with `file:line:column: what is wrong`, when
//          something is missing, of another kind or not known.
Result<City> read_city(const std::string& file);

}  // namespace noroshi::publishers
