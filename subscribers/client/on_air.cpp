#include "subscribers/client/on_air.hpp"

#include <google/protobuf/util/time_util.h>

#include <chrono>

namespace noroshi::subscribers {

namespace {

namespace pb = noroshi::v1;

pb::Receipt receipt(const Item& item, std::uint64_t sequence, pb::Receipt::State state,
                    const std::string& medium) {
  pb::Receipt said;
  said.set_id(std::to_string(item.position.epoch) + "-" + std::to_string(sequence) + "-" + medium +
              (state == pb::Receipt::SHOWN ? "-shown" : "-withdrawn"));
  said.set_sequence(sequence);
  said.set_state(state);
  said.set_medium(medium);
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  *said.mutable_at() = google::protobuf::util::TimeUtil::MillisecondsToTimestamp(
      std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
  return said;
}

}  // namespace

std::vector<pb::Receipt> on_air(const Item& item, const std::string& medium) {
  const auto* delivery = std::get_if<pb::Delivery>(&item.content);
  if (delivery == nullptr) return {};
  const auto& summary = delivery->summary();
  if (summary.message_type() != "Cancel")
    return {receipt(item, item.position.sequence, pb::Receipt::SHOWN, medium)};
  std::vector<pb::Receipt> withdrawn;
  for (const auto sequence : summary.referenced_sequences())
    withdrawn.push_back(receipt(item, sequence, pb::Receipt::WITHDRAWN, medium));
  return withdrawn;
}

}  // namespace noroshi::subscribers
