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

constexpr std::size_t deliveries_max = 1024;
constexpr std::size_t readings_max = 64;
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

}  // namespace

struct Readings::State {
  std::mutex mutex;
  std::condition_variable wake;
  std::deque<Request<Made>> deliveries;
  std::deque<Request<Read>> readings;
  bool stopping = false;
  Kept kept;
  std::thread thread;

  void work();
  template <class Answer>
  bool queue(std::deque<Request<Answer>>& requests, std::size_t most, Request<Answer> request);
};

void Readings::State::work() {
  for (;;) {
    std::unique_lock lock(mutex);
    wake.wait(lock, [&] { return stopping || !deliveries.empty() || !readings.empty(); });
    if (stopping) return;
    if (!deliveries.empty()) {
      const auto request = std::move(deliveries.front());
      deliveries.pop_front();
      lock.unlock();
      request.answer(kept.of(*request.stored));
    } else {
      const auto request = std::move(readings.front());
      readings.pop_front();
      lock.unlock();
      const auto& content = request.stored->content;
      request.answer(content ? cap::reading(*content).value_or("") : std::string());
    }
  }
}

template <class Answer>
bool Readings::State::queue(std::deque<Request<Answer>>& requests, std::size_t most,
                            Request<Answer> request) {
  {
    const std::lock_guard lock(mutex);
    if (stopping || requests.size() >= most) return false;
    requests.push_back(std::move(request));
  }
  wake.notify_one();
  return true;
}

Readings::Readings() : state_(std::make_unique<State>()) {
  state_->thread = std::thread([state = state_.get()] { state->work(); });
}

Readings::~Readings() { stop(); }

bool Readings::delivery(journal::StoredPtr stored, Made answer) {
  return state_->queue(state_->deliveries, deliveries_max,
                       Request<Made>{std::move(stored), std::move(answer)});
}

bool Readings::reading(journal::StoredPtr stored, Read answer) {
  return state_->queue(state_->readings, readings_max,
                       Request<Read>{std::move(stored), std::move(answer)});
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
