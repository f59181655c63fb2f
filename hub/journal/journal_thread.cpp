#include "hub/journal/journal_thread.hpp"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <iterator>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <variant>

namespace noroshi::journal {
namespace {

constexpr std::size_t group_proposals_max = 256;
constexpr std::size_t group_bytes_max = 1 << 20;
// Between two commits: enough for a catch-up to move, too few for a proposer to notice.
constexpr std::size_t reads_a_turn = 8;
// Between two pieces of housekeeping, so that it takes a small share of a core.
constexpr auto housekeeping_pause = std::chrono::milliseconds(10);
constexpr auto reads_while_proposals_wait = std::chrono::milliseconds(5);

struct QueuedProposal {
  Proposal proposal;
  JournalThread::Answer answer;
  std::size_t bytes;
};

struct QueuedRead {
  Sequence after;
  ReadBounds bounds;
  JournalThread::ReadAnswer answer;
  JournalThread::Look look = nullptr;  // in place of all that

  void close(const Error& error) {
    if (look) return look(failure(ErrorCode::closed, error.detail), {});
    answer(failure(ErrorCode::closed, error.detail));
  }
};

// What is done before the queues are looked at again.
struct Turn {
  std::vector<Proposal> group;
  std::vector<JournalThread::Answer> answers;
  std::vector<QueuedRead> reads;
  [[nodiscard]] bool empty() const { return group.empty() && reads.empty(); }
};

std::size_t size_of(const Proposal& proposal) {
  std::size_t bytes = sizeof(QueuedProposal) + proposal.body.ByteSizeLong();
  if (proposal.content) bytes += proposal.content->size();
  return bytes;
}

// The entries a group has written.
std::vector<StoredPtr> written(const std::vector<Outcome>& outcomes) {
  std::vector<StoredPtr> entries;
  for (const Outcome& outcome : outcomes) {
    if (const auto* committed = std::get_if<Committed>(&outcome)) {
      entries.push_back(committed->stored);
    } else if (const auto* refused = std::get_if<Refused>(&outcome); refused && refused->stored) {
      entries.push_back(refused->stored);
    }
  }
  return entries;
}

}  // namespace

struct JournalThread::State {
  State(std::unique_ptr<Journal> owned, QueueBounds queue_bounds,
        std::function<void(const Error&)> failed_callback)
      : journal(std::move(owned)),
        bounds(queue_bounds),
        on_failure(std::move(failed_callback)),
        at_start(journal->head()),
        head(at_start.sequence) {}

  void work();
  std::optional<Turn> take();
  Turn take_queued();
  std::optional<Error> append(Turn& turn);
  std::optional<Error> serve(std::vector<QueuedRead>& taken);
  void show_tree(const Look& look);
  void defer(std::vector<QueuedRead>& taken, std::size_t from);
  void publish(const std::vector<Outcome>& outcomes, std::chrono::microseconds took);
  void fail(Turn& turn, const Error& error);
  [[nodiscard]] Result<void> open_to_new() const;  // asked under `mutex`
  Result<void> queue(QueuedRead asked);

  // Of the journal thread once it runs.
  const std::unique_ptr<Journal> journal;
  const QueueBounds bounds;
  const std::function<void(const Error&)> on_failure;
  const Head at_start;
  std::vector<Follower> followers;

  std::mutex mutex;  // guards the next six
  std::condition_variable wake;
  std::deque<QueuedProposal> proposals;
  std::size_t proposal_bytes = 0;
  std::deque<QueuedRead> reads;
  bool stopping = false;
  bool failed = false;

  std::mutex starting;  // guards `thread`, so that stop() may be called from two threads
  std::thread thread;

  bool rested = false;  // idle() was called since the last work; of the journal thread
  Journal::Rest housekeeping = Journal::Rest::done;  // what it said; of the journal thread

  // Written by the journal thread alone.
  std::atomic<std::uint64_t> commits = 0;
  std::atomic<std::uint64_t> entries = 0;
  std::atomic<Sequence> head;
  std::atomic<std::int64_t> commit_last_us = 0;
  std::atomic<std::int64_t> commit_max_us = 0;
  std::atomic<std::int64_t> commit_sum_us = 0;
  std::atomic<std::uint64_t> reads_served = 0;
  std::atomic<std::uint64_t> reads_deferred = 0;
  std::atomic<std::size_t> queued = 0;  // these two written under `mutex`
  std::atomic<std::size_t> reads_queued = 0;
};

void JournalThread::State::work() {
  while (auto turn = take()) {
    std::optional<Error> error;
    if (turn->empty()) {
      auto rest = journal->idle();
      if (rest) housekeeping = *rest;
      if (!rest) error = rest.error();
    }
    if (!error && !turn->group.empty()) error = append(*turn);
    if (!error) error = serve(turn->reads);
    if (error) return fail(*turn, *error);
  }
}

// Waits for work. An empty turn, once each time the queues ran empty and again for as long as the
// journal wants it, is the journal's own; none at all is the end.
std::optional<Turn> JournalThread::State::take() {
  std::unique_lock lock(mutex);
  const auto nothing = [this] { return proposals.empty() && reads.empty(); };
  if (nothing() && !stopping && !std::exchange(rested, true)) return Turn{};
  const auto due = [&] { return stopping || !nothing(); };
  if (housekeeping == Journal::Rest::wanted && !wake.wait_for(lock, housekeeping_pause, due))
    return Turn{};
  wake.wait(lock, due);
  if (nothing()) return std::nullopt;
  rested = false;
  return take_queued();
}

Turn JournalThread::State::take_queued() {
  Turn turn;
  std::size_t bytes = 0;
  while (!proposals.empty() && turn.group.size() < group_proposals_max) {
    QueuedProposal& next = proposals.front();
    if (!turn.group.empty() && bytes + next.bytes > group_bytes_max) break;
    bytes += next.bytes;
    turn.group.push_back(std::move(next.proposal));
    turn.answers.push_back(std::move(next.answer));
    proposals.pop_front();
  }
  proposal_bytes -= bytes;
  queued = proposals.size();
  for (; !reads.empty() && turn.reads.size() < reads_a_turn; reads.pop_front())
    turn.reads.push_back(std::move(reads.front()));
  reads_queued = reads.size();
  return turn;
}

// An error leaves the answers to fail().
std::optional<Error> JournalThread::State::append(Turn& turn) {
  const auto begun = std::chrono::steady_clock::now();
  auto outcomes = journal->append(turn.group);
  if (!outcomes) return outcomes.error();
  assert(outcomes->size() == turn.answers.size());
  publish(*outcomes, std::chrono::duration_cast<std::chrono::microseconds>(
                         std::chrono::steady_clock::now() - begun));
  for (std::size_t i = 0; i < outcomes->size(); ++i) turn.answers[i](std::move((*outcomes)[i]));
  turn.answers.clear();
  return std::nullopt;
}

// Only io is the end of the journal; any other error is the reader's. Leaves what is unanswered.
std::optional<Error> JournalThread::State::serve(std::vector<QueuedRead>& taken) {
  const auto begun = std::chrono::steady_clock::now();
  std::size_t answered = 0;
  std::optional<Error> error;
  for (; answered < taken.size(); ++answered) {
    QueuedRead& next = taken[answered];
    if (next.look) {
      show_tree(next.look);
    } else {
      auto page = journal->read(next.after, next.bounds);
      if (!page && page.error().code == ErrorCode::io) {
        error = page.error();
        break;
      }
      next.answer(std::move(page));
    }
    ++reads_served;
    const auto took = std::chrono::steady_clock::now() - begun;
    if (queued > 0 && took >= reads_while_proposals_wait) defer(taken, answered + 1);
  }
  taken.erase(taken.begin(), taken.begin() + static_cast<std::ptrdiff_t>(answered));
  return error;
}

// A node that cannot be read breaks the journal, which the next call finds.
void JournalThread::State::show_tree(const Look& look) {
  look(journal->tree(),
       [this](unsigned level, std::uint64_t index) { return journal->node(level, index); });
}

// Those from `from` on are the first of the next turn.
void JournalThread::State::defer(std::vector<QueuedRead>& taken, std::size_t from) {
  const auto first = taken.begin() + static_cast<std::ptrdiff_t>(from);
  reads_deferred += static_cast<std::uint64_t>(taken.end() - first);
  const std::lock_guard lock(mutex);
  reads.insert(reads.begin(), std::make_move_iterator(first), std::make_move_iterator(taken.end()));
  reads_queued = reads.size();
  taken.erase(first, taken.end());
}

void JournalThread::State::publish(const std::vector<Outcome>& outcomes,
                                   std::chrono::microseconds took) {
  const Batch batch = std::make_shared<const std::vector<StoredPtr>>(written(outcomes));
  if (batch->empty()) return;
  head = batch->back()->sequence;
  entries += batch->size();
  commits += 1;
  commit_last_us = took.count();
  commit_sum_us += took.count();
  commit_max_us = std::max<std::int64_t>(commit_max_us, took.count());
  for (const Follower& follower : followers) follower(batch);
}

void JournalThread::State::fail(Turn& turn, const Error& error) {
  std::deque<QueuedProposal> proposals_left;
  std::deque<QueuedRead> reads_left;
  {
    const std::lock_guard lock(mutex);
    failed = true;
    proposals_left.swap(proposals);
    reads_left.swap(reads);
    proposal_bytes = 0;
    queued = 0;
    reads_queued = 0;
  }
  for (const Answer& answer : turn.answers) answer(Unknown{error.detail});
  for (QueuedProposal& left : proposals_left)
    left.answer(Unknown{"not attempted: " + error.detail});
  for (QueuedRead& left : turn.reads) left.close(error);
  for (QueuedRead& left : reads_left) left.close(error);
  if (on_failure) on_failure(error);
}

Result<void> JournalThread::State::open_to_new() const {
  if (failed) return failure(ErrorCode::unavailable, "the journal has failed");
  if (stopping) return failure(ErrorCode::unavailable, "the journal has stopped");
  return {};
}

JournalThread::JournalThread(std::unique_ptr<Journal> journal, QueueBounds bounds,
                             std::function<void(const Error&)> on_failure)
    : state_(std::make_unique<State>(std::move(journal), bounds, std::move(on_failure))) {}

JournalThread::~JournalThread() { stop(); }

void JournalThread::follow(Follower follower) {
  const std::lock_guard lock(state_->starting);
  assert(!state_->thread.joinable());
  state_->followers.push_back(std::move(follower));
}

void JournalThread::start() {
  const std::lock_guard lock(state_->starting);
  assert(!state_->thread.joinable());
  state_->thread = std::thread([state = state_.get()] { state->work(); });
}

Result<void> JournalThread::submit(Proposal proposal, Answer answer, Claim claim) {
  const std::size_t bytes = size_of(proposal);
  {
    const std::lock_guard lock(state_->mutex);
    if (auto open = state_->open_to_new(); !open) return open;
    const auto share = [claim](std::size_t bound) {
      return claim == Claim::urgent ? bound : bound - bound / 4;
    };
    if (state_->proposals.size() >= share(state_->bounds.proposals_max) ||
        state_->proposal_bytes + bytes > share(state_->bounds.bytes_max))
      return failure(ErrorCode::unavailable, "too many proposals wait for the journal");
    state_->proposals.push_back({std::move(proposal), std::move(answer), bytes});
    state_->proposal_bytes += bytes;
    state_->queued = state_->proposals.size();
  }
  state_->wake.notify_one();
  return {};
}

Result<void> JournalThread::State::queue(QueuedRead asked) {
  {
    const std::lock_guard lock(mutex);
    if (auto open = open_to_new(); !open) return open;
    if (reads.size() >= bounds.reads_max)
      return failure(ErrorCode::unavailable, "too many reads wait for the journal");
    reads.push_back(std::move(asked));
    reads_queued = reads.size();
  }
  wake.notify_one();
  return {};
}

Result<void> JournalThread::read(Sequence after, ReadBounds bounds, ReadAnswer answer) {
  return state_->queue({after, bounds, std::move(answer)});
}

Result<void> JournalThread::look_at_tree(Look look) {
  return state_->queue({0, {}, nullptr, std::move(look)});
}

void JournalThread::stop() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->wake.notify_one();
  const std::lock_guard lock(state_->starting);
  if (state_->thread.joinable()) {
    assert(state_->thread.get_id() != std::this_thread::get_id());
    state_->thread.join();
  } else {
    state_->work();  // never started, or over: answers what is queued, if anything is
  }
}

JournalGauges JournalThread::gauges() const {
  return {state_->commits,
          state_->entries,
          state_->queued,
          state_->reads_queued,
          state_->reads_served,
          state_->reads_deferred,
          state_->head,
          std::chrono::microseconds(state_->commit_last_us),
          std::chrono::microseconds(state_->commit_max_us),
          std::chrono::microseconds(state_->commit_sum_us)};
}

Head JournalThread::head_at_start() const { return state_->at_start; }

}  // namespace noroshi::journal
