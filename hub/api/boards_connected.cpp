// Who is connected, as boards with rows are told it.
#include <algorithm>
#include <boost/asio/post.hpp>
#include <functional>
#include <utility>

#include "hub/api/board.hpp"
#include "hub/api/boards.hpp"

namespace noroshi::api {

// Who comes and goes is in no entry; rows say whether a subscriber is connected.
void Boards::count_connected(const std::string& drill) {
  auto& channel = *channel_of(drill);
  const bool rows = std::any_of(channel.boards.begin(), channel.boards.end(),
                                [](const auto& board) { return board->alert().has_value(); });
  if (!rows || std::exchange(channel.counting, true)) return;
  rooms_.fanout.states(
      channel.channel, [this, drill](const std::vector<delivery::SubscriberState>& states) {
        std::size_t sum = 0;  // in whatever order they come
        for (const auto& state : states) sum += std::hash<std::string>()(state.subscriber);
        boost::asio::post(rooms_.front, [this, drill, sum] { connected_now(drill, sum); });
      });
}

void Boards::connected_now(const std::string& drill, std::size_t sum) {
  auto* channel = channel_of(drill);
  if (channel == nullptr) return;
  channel->counting = false;
  if (std::exchange(channel->connected, sum) == sum) return;
  for (const auto& board : channel->boards)
    if (const auto alert = board->alert()) mark(channel->ladders, *alert - 1, *alert);
}

}  // namespace noroshi::api
