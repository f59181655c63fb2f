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
//   english = "Kawauchi"               # all have one, or English says "parts of it"
//   [[groups]]                          # what an officer picks: a basin, a hazard zone
//   id = "yoshino"
//   districts = ["kawauchi", "ojin"]
#pragma once

#include <cstddef>
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

  // The districts of these ids, each a district's or a group's or the name of one district, each
  // district once. The detail of the error is the first that is none of these (not_found) or the
  // name of several (conflict), then with their ids.
  [[nodiscard]] Result<std::vector<jp::NamedDistrict>> named(
      const std::vector<std::string>& ids) const;
  // What can be named: at most `ids_max` ids of districts and groups, "…" for more.
  [[nodiscard]] std::string known_ids(std::size_t ids_max) const;
  [[nodiscard]] const jp::NamedDistrict* district(const std::string& id) const;
};

// Failure  configuration, with `file: why` when it cannot be read, `file:line:column: what is
// wrong`
//          when something is missing, of another kind or not known.
Result<City> read_city(const std::string& file);

}  // namespace noroshi::publishers
