#include "subscribers/client/reading.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <array>

#include "proto/cap/instant.hpp"
#include "proto/cap/validate.hpp"
#include "proto/jp/codes.hpp"
#include "proto/jp/event_life.hpp"
#include "proto/jp/levels.hpp"
#include "proto/jp/order.hpp"

namespace noroshi::subscribers {

namespace pb = noroshi::v1;

namespace {

std::string sha256(const std::string& bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> hash;
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), hash.data());
  return {hash.begin(), hash.end()};
}

// Of several ends the last; what has none never runs out.
class Life {
 public:
  void add(std::optional<std::int64_t> end) {
    if (!any_)
      last_ = end;
    else if (last_)
      last_ = end ? std::optional(std::max(*last_, *end)) : std::nullopt;
    any_ = true;
  }
  [[nodiscard]] bool any() const { return any_; }
  [[nodiscard]] std::optional<std::int64_t> last() const { return last_; }

 private:
  bool any_ = false;
  std::optional<std::int64_t> last_;
};

void read_lines(const jp::Order& order, Read& read) {
  auto& held = read.held;
  Life until_lifted;
  Life by_itself;
  held.level = 0;
  for (const auto& line : order.lines) {
    if (line.direction == jp::Direction::lift || line.event == jp::null_report_event) continue;
    (jp::stands_until_lifted(line.event) ? until_lifted : by_itself).add(line.expires_ms);
    held.level = std::max(held.level, line.level);
  }
  held.until_lifted = until_lifted.any();
  held.until_ms = until_lifted.any() ? until_lifted.last() : by_itself.last();
  if (until_lifted.any() || by_itself.any() || order.lines.empty()) return;
  held.state = State::said;
  read.ends = State::lifted;
}

void read_blocks(const cap::Alert& alert, Held& held) {
  Life life;
  for (const auto& info : alert.info)
    life.add(info.expires ? cap::unix_milliseconds(*info.expires) : std::nullopt);
  held.until_ms = life.last();
}

std::int64_t milliseconds(const google::protobuf::Timestamp& at) {
  return at.seconds() * 1000 + at.nanos() / 1'000'000;
}

}  // namespace

Read read(const Item& item, const pb::Delivery& delivery) {
  const auto& summary = delivery.summary();
  Read read;
  auto& held = read.held;
  held.positions = {item.position};
  held.publisher = delivery.publisher();
  held.sender = summary.sender();
  held.identifier = summary.identifier();
  held.sha256 = sha256(delivery.cap_xml());
  held.document = summary.document();
  held.revision = summary.revision();
  held.status = summary.status();
  held.event = summary.event();
  held.headline = summary.headline();
  held.level = summary.level();
  held.areas.assign(summary.area_codes().begin(), summary.area_codes().end());
  held.accepted_ms = milliseconds(delivery.accepted_at());
  if (const auto alert = cap::validate(delivery.cap_xml(), std::nullopt, 0).alert) {
    read.references = cap::references(*alert);
    if (const auto order = jp::read(*alert))
      read_lines(*order, read);
    else
      read_blocks(*alert, held);
  }
  if (summary.message_type() == "Cancel") {
    held.state = State::said;
    read.ends = State::cancelled;
  }
  if (held.state == State::said) held.until_ms.reset();
  return read;
}

}  // namespace noroshi::subscribers
