#include "tests/faults/crossings/site.hpp"

#include <gtest/gtest.h>

#include <future>
#include <thread>
#include <utility>

namespace noroshi::crossings {
namespace {

constexpr std::int64_t now_ms = 1'795'000'000'000;
constexpr std::size_t under_way_max = 4096;
constexpr std::size_t window = 4096;
constexpr delivery::Sequence acknowledged_every = 512;

std::int64_t clock() { return now_ms; }

void add_token(std::vector<journal::Proposal>& proposals, v1::TokenIssued::Kind kind,
               const std::string& id, const std::string& drill) {
  auto& token = *proposals.emplace_back().body.mutable_token_issued();
  token.set_kind(kind);
  token.set_id(id);
  token.set_drill(drill);
  const auto hash = journal::content_hash(id + "/" + drill);
  token.set_token_sha256(hash.data(), hash.size());
}

std::string publisher_id(int number) { return "p" + std::to_string(number); }
std::string subscriber_id(int number) { return "s" + std::to_string(number); }

std::vector<journal::Proposal> registrations() {
  std::vector<journal::Proposal> proposals;
  for (int i = 0; i < publishers; ++i) {
    auto& publisher = *proposals.emplace_back().body.mutable_publisher_registered();
    publisher.set_code(publisher_id(i));
    publisher.add_senders("*");
    publisher.add_areas("*");
  }
  for (int i = 0; i < subscribers; ++i) {
    auto& subscriber = *proposals.emplace_back().body.mutable_subscriber_registered();
    subscriber.set_id(subscriber_id(i));
    subscriber.add_areas("*");
  }
  for (const std::string drill : drills) {
    if (!drill.empty()) {
      auto& session = *proposals.emplace_back().body.mutable_drill_opened();
      session.set_id(drill);
      for (int i = 0; i < publishers; ++i) session.add_publishers(publisher_id(i));
      for (int i = 0; i < subscribers; ++i) session.add_subscribers(subscriber_id(i));
      session.set_from_ms(now_ms - 1);
      session.set_until_ms(now_ms + 1);
    }
    for (int i = 0; i < publishers; ++i)
      add_token(proposals, v1::TokenIssued::PUBLISHER, publisher_id(i), drill);
    for (int i = 0; i < subscribers; ++i)
      add_token(proposals, v1::TokenIssued::SUBSCRIBER, subscriber_id(i), drill);
  }
  return proposals;
}

}  // namespace

void Output::deliver(delivery::Slot& slot) {
  ++deliveries;
  last_ = slot.sequence();
  const auto sent = ledger_.find(slot.alert().content_sha256());
  if (sent == ledger_.end()) {
    ++unknown;
  } else if (sent->second != subscriber_.channel.drill()) {
    ++crossings;
  }
}

void Output::pass(delivery::Sequence sequence, const delivery::Fate&) {
  ++passed;
  last_ = sequence;
}

void Output::flush() {
  if (gone || last_ < acknowledged_ + acknowledged_every) return;
  acknowledged_ = last_;
  shard->post([this, through = last_] {
    if (gone) return;
    EXPECT_TRUE(shard->acknowledge(*this, through));
  });
}

void Output::goodbye(const std::string&, const std::string&, std::chrono::milliseconds) {
  gone = true;
  shard->farewell(*this);
}

// Folds what delivery needs until the hub is up, and judges; misjudges when told to.
class Site::Misjudging : public journal::Judge {
 public:
  explicit Misjudging(Admission admission) : admission_(admission) {}
  void apply(const v1::Entry& entry) override {
    judge_.apply(entry);
    if (starting_) folds_.apply(entry);
  }
  journal::Decision decide(const journal::Proposal& proposal, journal::Sequence sequence,
                           std::int64_t at_ms) override {
    auto decision = judge_.decide(proposal, sequence, at_ms);
    auto* accept = std::get_if<journal::Accept>(&decision);
    if (admission_ == Admission::right || accept == nullptr) return decision;
    auto& body = accept->body;
    if (!body.has_alert_accepted() || body.alert_accepted().drill().empty()) return decision;
    if (++drills_seen_ % 100 != 0) return decision;
    body.mutable_alert_accepted()->set_channel("live");
    body.mutable_alert_accepted()->set_drill("");
    return decision;
  }
  const delivery::Folds& folds() {
    starting_ = false;
    return folds_;
  }
  [[nodiscard]] const registry::Registry& registry() const { return judge_.registry(); }

 private:
  // One city sends a million of the same.
  admission::AlertJudge judge_{admission::AlertJudge::Questioning::note};
  delivery::Folds folds_;
  Admission admission_;
  bool starting_ = true;
  std::uint64_t drills_seen_ = 0;
};

Site::Site(std::filesystem::path directory, const Ledger& ledger, Admission admission,
           Output::Assertion assertion)
    : directory_(std::move(directory)),
      ledger_(ledger),
      admission_(admission),
      assertion_(assertion) {
  EXPECT_TRUE(journal::create_sqlite(directory_ / "journal.db", 7, "demo", clock));
  Misjudging judge(Admission::right);
  auto log = journal::open_sqlite(directory_ / "journal.db", judge, clock);
  EXPECT_TRUE(log);
  EXPECT_TRUE((*log)->append(registrations()));
  for (const std::string drill : drills)
    for (int i = 0; i < publishers; ++i)
      publishers_.push_back(*judge.registry().principal_of(publisher_id(i) + "/" + drill));
}

Site::~Site() {
  if (journal_) stop();
}

const registry::Principal& Site::publisher(int number, int drill) const {
  return publishers_.at(static_cast<std::size_t>(drill * publishers + number));
}

void Site::start() {
  judge_ = std::make_unique<Misjudging>(admission_);
  journal::SqliteOptions options;
  options.start = journal::Start::from_digest;
  auto log = journal::open_sqlite(directory_ / "journal.db", *judge_, clock, options);
  ASSERT_TRUE(log) << log.error().detail;
  const auto& folds = judge_->folds();
  std::vector<registry::Principal> streams;
  for (const std::string drill : drills)
    for (int i = 0; i < subscribers; ++i)
      streams.push_back(*folds.registry().principal_of(subscriber_id(i) + "/" + drill));
  journal_ = std::make_unique<journal::JournalThread>(
      std::move(*log), journal::QueueBounds{}, [](const Error& error) { FAIL() << error.detail; });
  fanout_ = std::make_unique<delivery::Fanout>(2, *journal_, folds, 7, "demo", 1u << 20, clock);
  fanout_->start();
  journal_->start();
  for (const auto& stream : streams) {
    auto output = std::make_shared<Output>(stream, ledger_, assertion_);
    auto& shard = fanout_->shard_of(stream.id);
    output->shard = &shard;
    std::promise<bool> done;
    auto attached = done.get_future();
    shard.post([&shard, &done, output, stream] {
      shard.welcome(output);
      const auto welcome = shard.attach(stream, *output, {std::nullopt, std::nullopt, window});
      if (welcome) shard.feed(*output);
      done.set_value(welcome.has_value());
    });
    ASSERT_TRUE(attached.get()) << stream.channel.name();
    outputs_.push_back(std::move(output));
  }
}

void Site::stop() {
  wait_until_under_way_is_at_most(0);
  wait_until_sent();
  fanout_->stop(std::chrono::seconds(30));
  totals_.held_back += fanout_->totals().crossings_refused;
  journal_->stop();
  fanout_.reset();
  journal_.reset();
  for (const auto& output : std::exchange(outputs_, {})) {
    totals_.deliveries += output->deliveries;
    totals_.passed += output->passed;
    totals_.crossings += output->crossings;
    totals_.unknown += output->unknown;
  }
}

// Everything there is now has come before every stream.
void Site::wait_until_sent() {
  const auto head = journal_->gauges().head;
  for (const auto& output : outputs_)
    for (delivery::Sequence through = 0; through < head; std::this_thread::yield()) {
      std::promise<delivery::Sequence> told;
      output->shard->post(
          [&] { told.set_value(output->gone ? head : output->shard->tell_through(*output)); });
      through = told.get_future().get();
    }
}

void Site::send(const registry::Principal& publisher, std::shared_ptr<const std::string> document) {
  auto examined = admission::examine(
      {publisher.id, publisher.credential, publisher.channel, std::move(document), std::nullopt},
      now_ms);
  wait_until_under_way_is_at_most(under_way_max);
  {
    const std::lock_guard lock(mutex_);
    ++under_way_;
  }
  while (!journal_->submit(examined.proposal,
                           [this](const journal::Outcome& outcome) { answered(outcome); }))
    std::this_thread::yield();  // the queue is full for a moment
}

void Site::answered(const journal::Outcome& outcome) {
  const std::lock_guard lock(mutex_);
  const auto* committed = std::get_if<journal::Committed>(&outcome);
  if (std::holds_alternative<journal::Known>(outcome)) ++totals_.known;
  if (std::holds_alternative<journal::Refused>(outcome)) ++totals_.refused;
  if (committed != nullptr && !committed->stored->entry.body().has_alert_accepted())
    ++totals_.refused;  // by examine: the refusal's own entry
  if (committed != nullptr && committed->stored->entry.body().has_alert_accepted()) {
    ++totals_.accepted;
    const auto& alert = committed->stored->entry.body().alert_accepted();
    for (std::size_t i = 0; i < drills.size(); ++i)
      if (alert.drill() == drills[i]) ++totals_.accepted_in[i];
  }
  --under_way_;
  answered_.notify_one();
}

void Site::wait_until_under_way_is_at_most(std::size_t most) {
  std::unique_lock lock(mutex_);
  answered_.wait(lock, [&] { return under_way_ <= most; });
}

}  // namespace noroshi::crossings
