#include "hub/view/view.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include "hub/view/view_database.hpp"

namespace noroshi::view {
namespace {

constexpr std::size_t questions_max = 1024;

}  // namespace

struct View::State {
  State(const std::filesystem::path& file, std::uint64_t epoch, registry::Registry folded,
        Cursors folded_cursors, std::function<std::int64_t()> wall_clock)
      : database(file, epoch),
        registry(std::move(folded)),
        cursors(std::move(folded_cursors)),
        clock(std::move(wall_clock)) {}

  void post(std::function<void()> task) {
    {
      const std::lock_guard lock(mutex);
      if (stopping) return;
      tasks.push_back(std::move(task));
    }
    wake.notify_one();
  }

  // A question may be refused for want of room; an entry never is.
  template <class Value>
  void ask(std::function<void(Result<Value>)> answer_to, std::function<Result<Value>()> look_up) {
    if (++questions > questions_max) {
      --questions;
      return answer_to(failure(ErrorCode::unavailable, "too many look-ups are waiting"));
    }
    post([this, answer_to = std::move(answer_to), look_up = std::move(look_up)] {
      --questions;
      answer<Value>(answer_to, look_up);
    });
  }

  void run() {
    for (;;) {
      std::function<void()> task;
      {
        std::unique_lock lock(mutex);
        wake.wait(lock, [this] { return stopping || !tasks.empty(); });
        if (tasks.empty()) return;
        task = std::move(tasks.front());
        tasks.pop_front();
      }
      task();
    }
  }

  // Answers with what `look_up` finds; a database that cannot answer is an error, never a guess.
  template <class Value>
  void answer(const std::function<void(Result<Value>)>& to,
              const std::function<Result<Value>()>& look_up) {
    Result<Value> found = failure(ErrorCode::unavailable, "view.db");
    try {
      if (!failure_detail.empty()) throw std::runtime_error(failure_detail);
      found = look_up();
    } catch (const std::runtime_error& error) {
      found = failure(ErrorCode::unavailable, std::string("view.db: ") + error.what());
    }
    to(std::move(found));
  }

  void apply(const std::vector<journal::StoredPtr>& batch) {
    for (const auto& stored : batch) {
      registry.apply(stored->entry);
      for (const auto& range : stored->entry.body().acks_recorded().ranges()) {
        auto& cursor = cursors[range.subscriber()];
        cursor = std::max<Sequence>(cursor, range.through());
      }
    }
    if (failure_detail.empty()) store(batch);
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

  Result<Ladder> ladder(Sequence sequence) {
    auto alert = database.alert(sequence);
    if (!alert) return failure(ErrorCode::not_found, std::to_string(sequence));
    Ladder ladder{std::move(*alert), {}};
    for (const auto& [id, subscriber] : registry.subscribers()) {
      if (!subscriber.addressed(ladder.alert.alert, sequence)) continue;
      ladder.rungs.push_back({id, subscriber.name, Rung::State::queued, 0});
    }
    std::vector<Rung*> acknowledged;
    for (auto& rung : ladder.rungs) {
      const auto cursor = cursors.find(rung.subscriber);
      if (cursor != cursors.end() && cursor->second >= sequence) acknowledged.push_back(&rung);
    }
    database.fill_in(sequence, acknowledged);
    return ladder;
  }

  ViewDatabase database;
  registry::Registry registry;
  Cursors cursors;
  std::function<std::int64_t()> clock;
  std::atomic<std::size_t> questions{0};
  std::string failure_detail;
  std::mutex mutex;
  std::condition_variable wake;
  std::deque<std::function<void()>> tasks;
  bool stopping = false;
  std::thread thread;
};

View::View(const std::filesystem::path& file, std::uint64_t epoch, Sequence head,
           registry::Registry registry, Cursors cursors, std::function<std::int64_t()> clock)
    : state_(std::make_unique<State>(file, epoch, std::move(registry), std::move(cursors),
                                     std::move(clock))) {
  if (state_->database.through() > head) state_->database.clear();
}

View::~View() { stop(); }

Sequence View::through() const { return state_->database.through(); }

Result<void> View::replay(const std::vector<journal::StoredPtr>& entries) {
  state_->store(entries);
  if (state_->failure_detail.empty()) return {};
  auto detail = std::exchange(state_->failure_detail, {});
  state_->database.clear();
  return failure(ErrorCode::unavailable, "view.db: " + detail);
}

void View::start() {
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
  state_->post([state = state_.get(), batch = std::move(batch)] { state->apply(*batch); });
}

void View::list(Filter filter, std::function<void(Result<std::vector<Listed>>)> answer) {
  state_->ask<std::vector<Listed>>(
      std::move(answer),
      [state = state_.get(), filter = std::move(filter)]() -> Result<std::vector<Listed>> {
        return state->database.list(filter, state->clock());
      });
}

void View::ladder(Sequence sequence, std::function<void(Result<Ladder>)> answer) {
  state_->ask<Ladder>(std::move(answer),
                      [state = state_.get(), sequence] { return state->ladder(sequence); });
}

}  // namespace noroshi::view
