#include "hub/in_force/in_force.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <iterator>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

namespace noroshi::in_force {
namespace {

constexpr std::size_t questions_max = 1024;
// Alerts that lie so close together in the log are read at once.
constexpr Sequence read_at_once = 64;

}  // namespace

struct InForce::State {
  State(Folds folds, const registry::Registry& registry, Sequence head,
        std::function<std::int64_t()> wall_clock)
      : channel(folds.standing.channel()),
        clock(std::move(wall_clock)),
        situation(std::move(folds), registry, head, clock()) {
    const auto all = situation.unread();
    unread.insert(all.begin(), all.end());
  }

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

  // What stood when the hub started, in the order of the log.
  void read_on() {
    if (unread.empty()) return;
    const auto first = *unread.begin();
    const auto last = *std::prev(unread.upper_bound(first + read_at_once - 1));
    read_log(first - 1, last - first + 1,
             [this, first](Result<std::vector<journal::StoredPtr>> page) {
               post([this, first, page = std::move(page)] { take(first, page); });
             });
  }

  // A page may end early, but never before its first entry. A log that is busy is asked again by
  // the next question.
  void take(Sequence first, const Result<std::vector<journal::StoredPtr>>& page) {
    reading = page.has_value();
    if (!page) return;
    unread.erase(first);
    for (const auto& stored : *page) {
      unread.erase(stored->sequence);
      situation.place(*stored);
    }
    read_on();
  }

  Result<Answer> answer(const Question& question) {
    const bool needs_shapes = question.point || question.shapes == Question::Shapes::wanted;
    if (!unread.empty() && !std::exchange(reading, true)) read_on();
    if (needs_shapes && !unread.empty())
      return failure(ErrorCode::unavailable,
                     std::to_string(unread.size()) + " documents are still to be read");
    return situation.answer(question, clock());
  }

  const std::string channel;
  std::function<std::int64_t()> clock;
  Situation situation;
  Reader read_log;
  std::set<Sequence> unread;
  bool reading = true;
  std::atomic<std::size_t> questions{0};

  std::mutex mutex;  // guards the next two
  std::deque<std::function<void()>> tasks;
  bool stopping = false;
  std::condition_variable wake;
  std::thread thread;
};

InForce::InForce(Folds folds, const registry::Registry& registry, Sequence head,
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
    for (const auto& stored : *batch) state->situation.apply(*stored, state->clock());
  });
}

const std::string& InForce::channel() const { return state_->channel; }

void InForce::ask(Question question, std::function<void(Result<Answer>)> answer) {
  auto* state = state_.get();
  if (++state->questions > questions_max) {
    --state->questions;
    return answer(failure(ErrorCode::unavailable, "too many questions are waiting"));
  }
  state->post([state, question = std::move(question), answer = std::move(answer)] {
    --state->questions;
    answer(state->answer(question));
  });
}

}  // namespace noroshi::in_force
