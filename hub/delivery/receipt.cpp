#include "hub/delivery/receipt.hpp"

#include <algorithm>
#include <utility>

namespace noroshi::delivery {
namespace {

constexpr std::size_t id_bytes_max = 64;
constexpr std::size_t detail_bytes_max = 200;
constexpr std::int64_t year_10000_s = 253'402'300'800;
constexpr std::string_view id_characters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-";

bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= id_bytes_max &&
         id.find_first_not_of(id_characters) == std::string_view::npos;
}

bool is_medium(std::string_view medium) {
  return std::find(media.begin(), media.end(), medium) != media.end();
}

bool is_time(const google::protobuf::Timestamp& time) {
  return time.seconds() >= 0 && time.seconds() < year_10000_s && time.nanos() >= 0 &&
         time.nanos() < 1'000'000'000;
}

const char* fault_of(const v1::Receipt& said) {
  if (!is_id(said.id())) return "id";
  if (said.sequence() == 0) return "sequence";
  if (said.state() == v1::Receipt::STATE_UNSPECIFIED || !v1::Receipt::State_IsValid(said.state()))
    return "state";
  if (!is_medium(said.medium())) return "medium";
  if (said.has_at() && !is_time(said.at())) return "at";
  const bool needs_detail = said.state() == v1::Receipt::REFUSED;
  if (said.detail().size() > detail_bytes_max || (needs_detail && said.detail().empty()))
    return "detail";
  return nullptr;
}

}  // namespace

Result<Receipt> read_receipt(const v1::Receipt& said, std::string subscriber,
                             const drills::Channel& channel, std::string outlet,
                             std::int64_t now_ms) {
  if (const auto* fault = fault_of(said)) return failure(ErrorCode::invalid, fault);
  const auto at_ms =
      said.has_at() ? said.at().seconds() * 1000 + said.at().nanos() / 1'000'000 : now_ms;
  return Receipt{std::move(subscriber), channel,      std::move(outlet), said.id(),
                 said.sequence(),       said.state(), said.medium(),     at_ms,
                 said.detail()};
}

}  // namespace noroshi::delivery
