#include "subscribers/subscribe/printer.hpp"

#include <cerrno>
#include <cstring>

#include "subscribers/subscribe/facts.hpp"
#include "subscribers/subscribe/ticker.hpp"

namespace noroshi::subscribers {

Result<void> Printer::begin(const noroshi::v1::Welcome&) { return {}; }

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
  if (format_ == Format::json) return json_line(item);
  if (format_ == Format::ticker) return ticker_line(item);
  const auto* delivery = std::get_if<noroshi::v1::Delivery>(&item.content);
  return delivery != nullptr ? delivery->cap_xml() : std::string();
}

}  // namespace noroshi::subscribers
