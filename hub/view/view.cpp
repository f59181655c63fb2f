#include "hub/view/view.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include "hub/view/feed_page.hpp"
#include "hub/view/ladder_reading.hpp"
#include "hub/view/view_database.hpp"

namespace noroshi::view {
namespace {

constexpr std::size_t questions_max = 1024;
// So many entries are caught up with while a question waits; behind by more, it is told so.
constexpr Sequence waited_for_max = 10'000;

}  // namespace

struct View::State {
  State(const std::filesystem::path& file, std::uint64_t epoch, registry::Registry folded,
        Cursors folded_cursors, std::function<std::int64_t()> wall_clock, Sequence head)
      : database(file, epoch),
        registry(std::move(folded)),
        cursors(std::move(folded_cursors)),
        clock(std::move(wall_clock)),
        target(head) {}

  void post(std::function<void()> task) {
    {
      const std::lock_guard lock(mutex);
      if (stopping) return;
      tasks.push_back(std::move(task));
    }
    wake.notify_one();
  }

  // What comes while the view is busy is stored in one go, behind what was asked before.
  void follow(std::shared_ptr<const std::vector<journal::StoredPtr>> batch) {
    {
      const std::lock_guard lock(mutex);
      const bool posted = !followed.empty();
      if (stopping) return;
      followed.insert(followed.end(), batch->begin(), batch->end());
      if (posted) return;
    }
    post([this] { apply(take_followed()); });
  }

  std::vector<journal::StoredPtr> take_followed() {
    const std::lock_guard lock(mutex);
    return std::exchange(followed, {});
  }

  // A question may be refused for want of room; an entry never is.
  template <class Value>
  void ask(std::function<void(Result<Value>)> answer_to, std::function<Result<Value>()> look_up) {
    if (++questions > questions_max) {
      --questions;
      return answer_to(failure(ErrorCode::unavailable, "too many look-ups are waiting"));
    }
    post([this, answer_to = std::move(answer_to), look_up = std::move(look_up)] {
      when_caught_up([this, answer_to, look_up] {
        --questions;
        answer<Value>(answer_to, look_up);
      });
    });
  }

  void when_caught_up(std::function<void()> question) {
    if (behind() > waited_for_max || behind() == 0) return question();
    waiting.push_back(std::move(question));
    catch_up();
  }

  // By how many entries; nothing is missed of what cannot be had.
  [[nodiscard]] Sequence behind() const {
    const auto through = database.through();
    return failure_detail.empty() && through < target ? target - through : 0;
  }

  void catch_up() {
    if (behind() == 0) return answer_waiting();
    if (std::exchange(reading, true)) return;
    read_log(database.through(), [this](Result<std::vector<journal::StoredPtr>> page) {
      post([this, page = std::move(page)] { take(page); });
    });
  }

  // A log that does not answer now is asked again by whoever comes next; who waits is told. A view
  // that cannot be written starts over once; a second failure is the disk's.
  void take(const Result<std::vector<journal::StoredPtr>>& page) {
    reading = false;
    if (!page || page->empty()) return answer_waiting();
    store(*page);
    if (!failure_detail.empty() && ++failures == 1) start_over();
    catch_up();
  }

  void start_over() {
    try {
      database.clear();
      failure_detail.clear();
    } catch (const std::runtime_error& error) {
      failure_detail = error.what();
    }
  }

  void answer_waiting() {
    for (const auto& question : std::exchange(waiting, {})) question();
  }

  void run() {
    for (;;) {
      std::function<void()> task;
      {
        std::unique_lock lock(mutex);
        wake.wait(lock, [this] { return stopping || !tasks.empty(); });
        if (tasks.empty()) break;
        task = std::move(tasks.front());
        tasks.pop_front();
      }
      task();
    }
    answer_waiting();
  }

  // Answers with what `look_up` finds; a database that cannot answer is an error, never a guess.
  template <class Value>
  void answer(const std::function<void(Result<Value>)>& to,
              const std::function<Result<Value>()>& look_up) {
    Result<Value> found = failure(ErrorCode::unavailable, "view.db");
    try {
      if (!failure_detail.empty()) throw std::runtime_error(failure_detail);
      if (behind() > 0)
        throw std::runtime_error("catching up, " + std::to_string(database.through()) + " of " +
                                 std::to_string(target) + " entries");
      found = look_up();
    } catch (const std::runtime_error& error) {
      found = failure(ErrorCode::unavailable, std::string("view.db: ") + error.what());
    }
    to(std::move(found));
  }

  void apply(const std::vector<journal::StoredPtr>& batch) {
    for (const auto& stored : batch) {
      registry.apply(stored->entry);
      view::follow(cursors, stored->entry);
    }
    if (!failure_detail.empty()) return;
    if (behind() == 0) store(batch);
    target = std::max(target, batch.back()->sequence);
    catch_up();
  }

  // After a failure every answer names it, and the next start makes the view anew.
  void store(const std::vector<journal::StoredPtr>& batch) {
    try {
      database.begin();
      for (const auto& stored : batch) database.apply(stored->entry);
      database.commit();
    } catch (const std::runtime_error& error) {
      failure_detail = error.what();
    }
  }

  ViewDatabase database;
  registry::Registry registry;
  Cursors cursors;
  std::function<std::int64_t()> clock;
  Reader read_log;
  Sequence target;                                 // the log's head, as far as it is known here
  std::unordered_map<std::string, Unread> unread;  // by drills::qualified()
  bool reading = false;
  int failures = 0;
  std::vector<std::function<void()>> waiting;  // questions, until it has caught up
  std::atomic<std::size_t> questions{0};
  std::string failure_detail;
  std::mutex mutex;
  std::condition_variable wake;
  std::deque<std::function<void()>> tasks;
  std::vector<journal::StoredPtr> followed;  // guarded by `mutex`; a task is posted for them
  bool stopping = false;
  std::thread thread;
};

View::View(const std::filesystem::path& file, std::uint64_t epoch, Sequence head,
           registry::Registry registry, Cursors cursors, std::function<std::int64_t()> clock)
    : state_(std::make_unique<State>(file, epoch, std::move(registry), std::move(cursors),
                                     std::move(clock), head)) {
  if (state_->database.through() > head) state_->database.clear();
}

View::~View() { stop(); }

Sequence View::through() const { return state_->database.through(); }

void View::start(Reader read_log) {
  state_->read_log = std::move(read_log);
  state_->post([state = state_.get()] { state->catch_up(); });
  state_->thread = std::thread([state = state_.get()] { state->run(); });
}

void View::stop() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->wake.notify_one();
  if (state_->thread.joinable()) state_->thread.join();
}

void View::entries(std::shared_ptr<const std::vector<journal::StoredPtr>> batch) {
  state_->follow(std::move(batch));
}

void View::list(const drills::Channel& channel, Filter filter,
                std::function<void(Result<std::vector<Listed>>)> answer) {
  state_->ask<std::vector<Listed>>(
      std::move(answer),
      [state = state_.get(), channel, filter = std::move(filter)]() -> Result<std::vector<Listed>> {
        return state->database.list(channel, filter, state->clock());
      });
}

void View::feed(const drills::Channel& channel, FeedQuery query,
                std::function<void(Result<FeedPage>)> answer) {
  state_->ask<FeedPage>(
      std::move(answer),
      [state = state_.get(), channel, query = std::move(query)]() -> Result<FeedPage> {
        const auto whose = drills::qualified(channel.drill(), query.subscriber.value_or(""));
        return read_feed_page(state->database, state->registry, channel, query,
                              state->unread[whose]);
      });
}

void View::find(const drills::Channel& channel, v1::Reference reference,
                std::function<void(Result<Sequence>)> answer) {
  state_->ask<Sequence>(
      std::move(answer),
      [state = state_.get(), channel, reference = std::move(reference)]() -> Result<Sequence> {
        const auto found = state->database.find(channel, reference);
        if (!found) return failure(ErrorCode::not_found, reference.identifier());
        return *found;
      });
}

void View::named(AlertName name, std::function<void(Result<std::vector<Listed>>)> answer) {
  state_->ask<std::vector<Listed>>(
      std::move(answer),
      [state = state_.get(), name = std::move(name)]() -> Result<std::vector<Listed>> {
        return state->database.named(name);
      });
}

void View::ladder(const drills::Channel& channel, Sequence sequence,
                  std::function<void(Result<Ladder>)> answer) {
  state_->ask<Ladder>(std::move(answer), [state = state_.get(), channel, sequence] {
    return read_ladder(state->database, state->registry, state->cursors, channel, sequence);
  });
}

}  // namespace noroshi::view
