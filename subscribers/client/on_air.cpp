#include "subscribers/client/on_air.hpp"

#include <google/protobuf/util/time_util.h>

#include <chrono>

namespace noroshi::subscribers {

namespace pb = noroshi::v1;

Said said_of(const Position& position, pb::Receipt::State state, const std::string& medium) {
  Said said{position.epoch, {}};
  auto& receipt = said.receipt;
  receipt.set_id(std::to_string(position.epoch) + "-" + std::to_string(position.sequence) + "-" +
                 medium + (state == pb::Receipt::SHOWN ? "-shown" : "-withdrawn"));
  receipt.set_sequence(position.sequence);
  receipt.set_state(state);
  receipt.set_medium(medium);
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  *receipt.mutable_at() = google::protobuf::util::TimeUtil::MillisecondsToTimestamp(
      std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
  return said;
}

std::vector<Said> on_air(const Item& item, const std::string& medium) {
  const auto* delivery = std::get_if<pb::Delivery>(&item.content);
  if (delivery == nullptr) return {};
  const auto& summary = delivery->summary();
  if (summary.message_type() != "Cancel")
    return {said_of(item.position, pb::Receipt::SHOWN, medium)};
  std::vector<Said> withdrawn;
  for (const auto sequence : summary.referenced_sequences())
    withdrawn.push_back(said_of({item.position.epoch, sequence}, pb::Receipt::WITHDRAWN, medium));
  return withdrawn;
}

std::vector<Said> off_air(const Held& ended, const std::string& medium) {
  const bool off = ended.state == State::cancelled || ended.state == State::lifted ||
                   ended.state == State::expired;
  if (!off || medium.empty()) return {};
  std::vector<Said> withdrawn;
  for (const auto& position : ended.positions)
    withdrawn.push_back(said_of(position, pb::Receipt::WITHDRAWN, medium));
  return withdrawn;
}

}  // namespace noroshi::subscribers
