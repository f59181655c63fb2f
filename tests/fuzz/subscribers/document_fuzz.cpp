// Whatever document a hub delivers, what a receiver makes of it keeps its promises: tickers fit,
// nothing printed steers a terminal, a map is JSON, and the same item again changes nothing.
#include <boost/json/parse.hpp>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "proto/cap/utf8.hpp"
#include "proto/cap/validate.hpp"
#include "proto/terminal/printable.hpp"
#include "subscribers/client/ready_texts.hpp"
#include "subscribers/client/standing.hpp"
#include "subscribers/subscribe/geojson.hpp"

namespace {

using namespace noroshi;

void require(bool holds) {
  if (!holds) std::abort();
}

void show(const cap::Alert& alert) {
  for (const auto* language : {"ja-JP", "en", "ja-x-yasashii", ""}) {
    for (const std::size_t width : {std::size_t{15}, std::size_t{80}})
      for (const auto& text : subscribers::tickers(alert, language, width)) {
        require(cap::utf8::characters(text) <= width);
        require(terminal::is_printable(text));
      }
    for (const auto& text : subscribers::radio_scripts(alert, language))
      require(terminal::is_printable(text));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  v1::Delivery delivery;
  delivery.set_sequence(11);
  delivery.set_cap_xml(data, size);
  delivery.mutable_summary()->set_identifier("x");
  const subscribers::Item item{{7, 11}, delivery, {}};
  if (const auto alert = cap::validate(delivery.cap_xml(), std::nullopt, 0).alert) show(*alert);
  boost::json::parse(subscribers::geojson_line(item, "ja-JP"));
  subscribers::Standing standing;
  require(standing.take(item, 0).size() >= 1);
  require(standing.take(item, 0).empty());
  return 0;
}
