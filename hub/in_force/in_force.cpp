#include "hub/in_force/in_force.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "hub/in_force/situations.hpp"

namespace noroshi::in_force {
namespace {

constexpr std::size_t questions_max = 1024;

}  // namespace

struct InForce::State {
  State(FoldsByChannel folds, const registry::Registry& registry, Sequence head,
        std::function<std::int64_t()> wall_clock)
      : clock(std::move(wall_clock)), situations(std::move(folds), registry, head, clock()) {}

  void post(std::function<void()> task) {
    {
      const std::lock_guard lock(mutex);
      if (stopping) return;
      tasks.push_back(std::move(task));
    }
    wake.notify_one();
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

  // What stood when the hub started, in the order of the log; of the live path first.
  void read_on() {
    const auto unread = situations.unread();
    if (!unread) return;
    read_log(unread->first - 1, unread->last - unread->first + 1,
             [this, unread = *unread](Result<std::vector<journal::StoredPtr>> page) {
               post([this, unread, page = std::move(page)] { take(unread, page); });
             });
  }

  // A page may end early, but never before its first entry. A log that is busy is asked again by
  // the next question.
  void take(const Situations::Unread& unread, const Result<std::vector<journal::StoredPtr>>& page) {
    reading = page.has_value();
    if (!page) return;
    situations.take(unread, *page);
    read_on();
  }

  Result<Answer> answer(const std::string& drill, const Question& question) {
    if (situations.unread() && !std::exchange(reading, true)) read_on();
    return situations.answer(drill, question, clock());
  }

  std::function<std::int64_t()> clock;
  Situations situations;
  Reader read_log;
  bool reading = true;
  std::atomic<std::size_t> questions{0};

  std::mutex mutex;  // guards the next two
  std::deque<std::function<void()>> tasks;
  bool stopping = false;
  std::condition_variable wake;
  std::thread thread;
};

InForce::InForce(FoldsByChannel folds, const registry::Registry& registry, Sequence head,
                 std::function<std::int64_t()> clock)
    : state_(std::make_unique<State>(std::move(folds), registry, head, std::move(clock))) {}

InForce::~InForce() { stop(); }

void InForce::start(Reader read_log) {
  state_->read_log = std::move(read_log);
  state_->post([state = state_.get()] { state->read_on(); });
  state_->thread = std::thread([state = state_.get()] { state->run(); });
}

void InForce::stop() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->wake.notify_one();
  if (state_->thread.joinable()) state_->thread.join();
}

void InForce::entries(std::shared_ptr<const std::vector<journal::StoredPtr>> batch) {
  state_->post([state = state_.get(), batch = std::move(batch)] {
    for (const auto& stored : *batch) state->situations.apply(*stored, state->clock());
  });
}

void InForce::ask(const drills::Channel& channel, Question question,
                  std::function<void(Result<Answer>)> answer) {
  auto* state = state_.get();
  if (++state->questions > questions_max) {
    --state->questions;
    return answer(failure(ErrorCode::unavailable, "too many questions are waiting"));
  }
  state->post(
      [state, drill = channel.drill(), question = std::move(question), answer = std::move(answer)] {
        --state->questions;
        answer(state->answer(drill, question));
      });
}

}  // namespace noroshi::in_force
