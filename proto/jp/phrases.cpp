#include "proto/jp/phrases.hpp"

#include <algorithm>

namespace noroshi::jp {
namespace {

constexpr const Phrases* all[] = {&phrases_ja, &phrases_ja_yasashii, &phrases_en};

}  // namespace

std::span<const Phrases* const> all_phrases() { return all; }

const Phrases* phrases(std::string_view tag) {
  if (tag == "ja") tag = "ja-JP";
  const auto* const* found = std::find_if(std::begin(all), std::end(all),
                                          [&](const auto* each) { return each->tag == tag; });
  return found == std::end(all) ? nullptr : *found;
}

}  // namespace noroshi::jp
