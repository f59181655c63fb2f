#include "hub/api/feed_probe.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "hub/api/feed.hpp"

namespace noroshi::api {
namespace {

using Clock = std::chrono::steady_clock;
using delivery::Outlet;

// Those that `subscribers` names, or all when it names none.
std::vector<std::string> readers(const registry::Registry& registry,
                                 const std::vector<std::string>& subscribers) {
  std::vector<std::string> found;
  for (const auto& [id, subscriber] : registry.subscribers()) {
    const auto& outlets = subscriber.outlets;
    const bool named = subscribers.empty() ||
                       std::find(subscribers.begin(), subscribers.end(), id) != subscribers.end();
    if (named && !subscriber.current().suspended &&
        std::find(outlets.begin(), outlets.end(), delivery::name_of(Outlet::feed)) != outlets.end())
      found.push_back(id);
  }
  return found;
}

// One probe, from reader to reader.
class Round : public std::enable_shared_from_this<Round> {
 public:
  Round(Rooms& rooms, journal::Sequence probe, std::vector<std::string> readers)
      : rooms_(rooms), readers_(std::move(readers)), report_{probe, {}} {}

  void go_on() {
    if (report_.steps.size() == readers_.size())
      return rooms_.fanout.probes().report(std::move(report_));
    if (Clock::now() - began_ >= delivery::Probing::within) return note("no answer in time");
    const auto& reader = readers_[report_.steps.size()];
    fetch_own_feed(rooms_, reader, [self = shared_from_this()](const wire::Response& answer) {
      boost::asio::post(self->rooms_.front, [self, status = answer.status] {
        self->note(status == 200 ? "" : "the hub answered " + std::to_string(status));
      });
    });
  }

 private:
  void note(const std::string& failure) {
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began_);
    report_.steps.push_back({readers_[report_.steps.size()], Outlet::feed, failure.empty(),
                             static_cast<std::uint32_t>(took.count()), failure});
    boost::asio::post(rooms_.front, [self = shared_from_this()] { self->go_on(); });
  }

  Rooms& rooms_;
  const std::vector<std::string> readers_;
  const Clock::time_point began_ = Clock::now();
  delivery::ProbeReport report_;
};

}  // namespace

void probe_feeds(Rooms& rooms) {
  rooms.fanout.probes().join(
      [&rooms](journal::Sequence probe, const std::vector<std::string>& subscribers) {
        boost::asio::post(rooms.front, [&rooms, probe, subscribers] {
          std::make_shared<Round>(rooms, probe, readers(rooms.identity.registry(), subscribers))
              ->go_on();
        });
      });
}

}  // namespace noroshi::api
