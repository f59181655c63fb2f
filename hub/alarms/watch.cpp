#include "hub/alarms/watch.hpp"

#include <sys/statvfs.h>
#include <sys/timex.h>

#include <boost/asio/post.hpp>
#include <chrono>
#include <optional>
#include <utility>
#include <variant>

#include "hub/config/log.hpp"

namespace noroshi::alarms {
namespace {

constexpr std::chrono::milliseconds turn{500};
constexpr std::uint64_t turns_between_machine_looks = 60;

std::int64_t steady_now() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

bool clock_is_synchronised() {
  timex state{};
  const int answer = ::adjtimex(&state);
  return answer >= 0 && answer != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}

// To whom the system gives space that is left: not what is kept for root.
std::optional<std::uint64_t> free_bytes_of(const std::filesystem::path& directory) {
  struct statvfs system {};
  if (::statvfs(directory.c_str(), &system) != 0) return std::nullopt;
  return std::uint64_t{system.f_bavail} * system.f_frsize;
}

void tell(const v1::EntryBody& body) {
  if (body.has_alarm_raised()) {
    const auto& raised = body.alarm_raised();
    log::warn("alarm.raised", {{"id", raised.id()},
                               {"publisher", raised.publisher()},
                               {"missing", std::to_string(raised.missing())},
                               {"detail", raised.detail()}});
  } else if (body.has_alarm_cleared()) {
    log::info("alarm.cleared", {{"id", body.alarm_cleared().id()}});
  }
}

}  // namespace

Watch::Watch(boost::asio::io_context& front, boost::asio::thread_pool& workers,
             journal::JournalThread& journal, view::View& view, Folds folds,
             journal::WallClock clock, WatchSettings settings)
    : front_(front),
      workers_(workers),
      journal_(journal),
      view_(view),
      settings_(std::move(settings)),
      timer_(front),
      watcher_(std::move(folds), surroundings(clock)),
      notifier_(front, workers,
                {settings_.notify, settings_.environment, settings_.epoch,
                 settings_.data / "notified.json", settings_.reach, clock},
                [this] { return watcher_.now_ms(); }) {}

Surroundings Watch::surroundings(journal::WallClock clock) {
  Surroundings all;
  all.wall_ms = std::move(clock);
  all.steady_ms = steady_now;
  all.ladder = [this](const drills::Channel& channel, journal::Sequence alert,
                      Surroundings::LadderAnswer answer) {
    view_.ladder(channel, alert, [this, answer = std::move(answer)](Result<view::Ladder> ladder) {
      boost::asio::post(front_, [answer, ladder = std::move(ladder)] { answer(ladder); });
    });
  };
  all.write = [this](v1::EntryBody body, std::function<void(bool)> done) {
    journal::Proposal proposal;
    proposal.body = std::move(body);
    // The entry reaches apply() before `done` is called: both are posted, in this order.
    const auto submitted = journal_.submit(
        std::move(proposal),
        [this, done](const journal::Outcome& outcome) {
          const auto* committed = std::get_if<journal::Committed>(&outcome);
          if (committed != nullptr) tell(committed->stored->entry.body());
          boost::asio::post(front_, [done, is = committed != nullptr] { done(is); });
        },
        journal::JournalThread::Claim::urgent);
    if (!submitted) done(false);
  };
  return all;
}

void Watch::start() {
  if (turns_++ % turns_between_machine_looks == 0) look_at_machine();
  watcher_.tick();
  notifier_.tick(watcher_.alarms());
  timer_.expires_after(turn);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) start();
  });
}

// A file system may take its time to answer.
void Watch::look_at_machine() {
  watcher_.clock_synchronised(clock_is_synchronised());
  if (settings_.disk_free_bytes_min == 0) return watcher_.disk(0, 0);
  boost::asio::post(workers_, [this] {
    const auto free = free_bytes_of(settings_.data);
    if (!free) return;
    boost::asio::post(front_,
                      [this, free] { watcher_.disk(*free, settings_.disk_free_bytes_min); });
  });
}

}  // namespace noroshi::alarms
