#include "hub/outlets/readings.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>

#include "hub/outlets/stream_message.hpp"
#include "proto/cap/json.hpp"
#include "proto/wire/websocket.hpp"

namespace noroshi::outlets {
namespace {

struct QueueBounds {
  std::size_t requests_max;
  std::size_t bytes_max;
};
constexpr QueueBounds delivery_bounds{1024, std::size_t{64} << 20};
constexpr QueueBounds reading_bounds{64, std::size_t{16} << 20};
constexpr std::size_t kept_bytes_max = std::size_t{16} << 20;

// The deliveries made last; belongs to the readings' thread.
class Kept {
 public:
  wire::Frame of(const journal::Stored& stored) {
    const auto found = frames_.find(stored.sequence);
    if (found != frames_.end()) return found->second;
    auto frame = std::make_shared<const std::string>(
        wire::server_frame(wire::Opcode::text, delivery_json(stored)));
    bytes_ += frame->size();
    frames_.emplace(stored.sequence, frame);
    order_.push_back(stored.sequence);
    while (bytes_ > kept_bytes_max && order_.size() > 1) forget_oldest();
    return frame;
  }

 private:
  void forget_oldest() {
    const auto oldest = frames_.find(order_.front());
    bytes_ -= oldest->second->size();
    frames_.erase(oldest);
    order_.pop_front();
  }

  std::unordered_map<journal::Sequence, wire::Frame> frames_;
  std::deque<journal::Sequence> order_;
  std::size_t bytes_ = 0;
};

template <class Answer>
struct Request {
  journal::StoredPtr stored;
  Answer answer;
};

// Requests in order, and how many bytes their documents have.
template <class Answer>
class Queue {
 public:
  explicit Queue(QueueBounds bounds) : bounds_(bounds) {}

  bool push(Request<Answer> request) {
    const auto more = bytes_of(request);
    const bool full = requests_.size() >= bounds_.requests_max || bytes_ + more > bounds_.bytes_max;
    if (full && !requests_.empty()) return false;
    bytes_ += more;
    requests_.push_back(std::move(request));
    return true;
  }
  Request<Answer> pop() {
    auto request = std::move(requests_.front());
    requests_.pop_front();
    bytes_ -= bytes_of(request);
    return request;
  }
  void clear() {
    requests_.clear();
    bytes_ = 0;
  }
  [[nodiscard]] std::size_t size() const { return requests_.size(); }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  static std::size_t bytes_of(const Request<Answer>& request) {
    return request.stored->content ? request.stored->content->size() : 0;
  }

  QueueBounds bounds_;
  std::deque<Request<Answer>> requests_;
  std::size_t bytes_ = 0;
};

}  // namespace

struct Readings::State {
  std::mutex mutex;
  std::condition_variable wake;
  Queue<Made> deliveries{delivery_bounds};
  Queue<Read> readings{reading_bounds};
  std::uint64_t readings_refused = 0;
  bool stopping = false;
  Kept kept;
  std::thread thread;

  void work();
  template <class Answer>
  bool queue(Queue<Answer>& requests, Request<Answer> request);
};

void Readings::State::work() {
  for (;;) {
    std::unique_lock lock(mutex);
    wake.wait(lock, [&] { return stopping || deliveries.size() > 0 || readings.size() > 0; });
    if (stopping) return;
    if (deliveries.size() > 0) {
      const auto request = deliveries.pop();
      lock.unlock();
      request.answer(kept.of(*request.stored));
    } else {
      const auto request = readings.pop();
      lock.unlock();
      const auto& content = request.stored->content;
      request.answer(content ? cap::reading(*content).value_or("") : std::string());
    }
  }
}

template <class Answer>
bool Readings::State::queue(Queue<Answer>& requests, Request<Answer> request) {
  {
    const std::lock_guard lock(mutex);
    if (stopping || !requests.push(std::move(request))) return false;
  }
  wake.notify_one();
  return true;
}

Readings::Readings() : state_(std::make_unique<State>()) {
  state_->thread = std::thread([state = state_.get()] { state->work(); });
}

Readings::~Readings() { stop(); }

bool Readings::delivery(journal::StoredPtr stored, Made answer) {
  return state_->queue(state_->deliveries, Request<Made>{std::move(stored), std::move(answer)});
}

bool Readings::reading(journal::StoredPtr stored, Read answer) {
  if (state_->queue(state_->readings, Request<Read>{std::move(stored), std::move(answer)}))
    return true;
  const std::lock_guard lock(state_->mutex);
  ++state_->readings_refused;
  return false;
}

Readings::Gauges Readings::gauges() const {
  const std::lock_guard lock(state_->mutex);
  return {state_->deliveries.size(), state_->readings.size(),
          state_->deliveries.bytes() + state_->readings.bytes(), state_->readings_refused};
}

void Readings::stop() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->wake.notify_one();
  if (state_->thread.joinable()) state_->thread.join();
  state_->deliveries.clear();
  state_->readings.clear();
}

}  // namespace noroshi::outlets
