#include "subscribers/subscribe/printer.hpp"

#include <cerrno>
#include <cstring>

#include "proto/cap/validate.hpp"
#include "proto/terminal/language.hpp"
#include "subscribers/client/facts.hpp"
#include "subscribers/client/ready_texts.hpp"
#include "subscribers/subscribe/geojson.hpp"
#include "subscribers/subscribe/ticker.hpp"

namespace noroshi::subscribers {

namespace {

std::string lines(const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& text : texts) all += text + '\n';
  return all;
}

std::string texts_of(const std::string& document, const Print& print, std::string_view language) {
  const auto alert = cap::validate(document, std::nullopt, 0).alert;
  if (!alert) return {};
  if (print.format == Format::ticker) return lines(tickers(*alert, language, print.width));
  return lines(radio_scripts(*alert, language)) + '\n';
}

std::string language_of_process() {
  return terminal::language_of_process() == terminal::Language::japanese ? "ja-JP" : "en";
}

}  // namespace

Result<void> Printer::begin(const noroshi::v1::Welcome& welcome) {
  language_ = !print_.language.empty()      ? print_.language
              : !welcome.language().empty() ? welcome.language()
                                            : language_of_process();
  return {};
}

Result<void> Printer::take(const Item& item) {
  auto line = text(item);
  if (line.empty()) return {};
  if (line.back() != '\n') line += '\n';
  if (std::fwrite(line.data(), 1, line.size(), out_) != line.size())
    return failure(ErrorCode::io, std::string("stdout: ") + std::strerror(errno));
  return {};
}

Result<void> Printer::settle(const Position&) {
  if (std::fflush(out_) != 0)
    return failure(ErrorCode::io, std::string("stdout: ") + std::strerror(errno));
  return {};
}

std::string Printer::text(const Item& item) const {
  if (print_.format == Format::json) return json_line(item);
  if (print_.format == Format::geojson) return geojson_line(item, language_);
  if (print_.format == Format::ticker && print_.width == 0) return ticker_line(item);
  const auto* delivery = std::get_if<noroshi::v1::Delivery>(&item.content);
  if (delivery == nullptr) return {};
  if (print_.format == Format::xml) return delivery->cap_xml();
  return texts_of(delivery->cap_xml(), print_, language_);
}

}  // namespace noroshi::subscribers
