#include "subscribers/client/receiver.hpp"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <cassert>
#include <map>
#include <utility>

#include "subscribers/client/on_air.hpp"

namespace noroshi::subscribers {

namespace asio = boost::asio;
namespace pb = noroshi::v1;
using std::chrono::milliseconds;

namespace {

// A hub may ask for patience, but not switch a receiver off.
constexpr milliseconds wait_max{300'000};

Ending::Kind kind_of(Session::Stop::Reason reason) {
  switch (reason) {
    case Session::Stop::Reason::replaced:
      return Ending::Kind::replaced;
    case Session::Stop::Reason::suspended:
      return Ending::Kind::suspended;
    case Session::Stop::Reason::drill_over:
      return Ending::Kind::drill_over;
    case Session::Stop::Reason::other_channel:
      return Ending::Kind::other_channel;
    case Session::Stop::Reason::rolled_back:
      break;
  }
  return Ending::Kind::rolled_back;
}

std::int64_t milliseconds_of(const google::protobuf::Timestamp& at) {
  return at.seconds() * 1000 + at.nanos() / 1'000'000;
}

// What is not in the index yet is folded once more.
ReceiverSettings resumed(ReceiverSettings settings) {
  if (settings.standing == nullptr) return settings;
  const auto go_back = [&](Position& position) {
    const auto folded = settings.standing->position(position.epoch);
    position.sequence = std::min(position.sequence, folded.value_or(position.sequence));
  };
  if (settings.session.position) go_back(*settings.session.position);
  for (auto& position : settings.session.elsewhere) go_back(position);
  return settings;
}

}  // namespace

Result<std::vector<Said>> Store::stands(const std::vector<Held>&, const Standing&) {
  return std::vector<Said>{};
}

Receiver::Receiver(asio::io_context& context, ReceiverSettings settings, Store& store,
                   Listener& listener)
    : context_(context),
      settings_(resumed(std::move(settings))),
      store_(store),
      listener_(listener),
      session_(settings_.session),
      backoff_(settings_.backoff_first, settings_.backoff_most, settings_.jitter_seed),
      retry_timer_(context),
      time_timer_(context) {}

Receiver::~Receiver() {
  dropping_ = true;
  storing_.join();
}

void Receiver::start() {
  watch_time();
  dial();
}

void Receiver::stop() { end({.kind = Ending::Kind::asked}); }

void Receiver::dial() {
  if (ending_) return;
  LinkOwner& owner = *this;
  link_ = std::make_unique<Link>(context_, settings_.link, owner);
  link_->open();
}

void Receiver::on_up() {
  link_->send(session_.connected());
  link_->flush();
}

void Receiver::on_message(const pb::ServerMessage& message) {
  if (ending_ || repositioning_) return;
  if (message.has_heartbeat()) outbox_.begin_again();
  hear_time(message);
  auto event = session_.receive(message);
  if (auto* begun = std::get_if<Session::Begin>(&event)) {
    if (begun->log_changed) listener_.on_log_changed(begun->welcome);
    return begin(begun->welcome);
  }
  if (auto* item = std::get_if<Session::HandOver>(&event)) {
    if (handed_over_ == settings_.count_max) return;
    ++handed_over_;
    const Position position{session_.position()->epoch, item->sequence};
    batch_.push_back({position, std::move(item->item), std::chrono::system_clock::now(),
                      settings_.session.channel});
    return;
  }
  if (auto* answered = std::get_if<Session::Answered>(&event)) {
    if (!outbox_.answered(answered->id)) return;
    if (answered->declined) listener_.on_declined(*answered->declined);
    forget_receipt(answered->id);
    return end_if_done();
  }
  if (std::holds_alternative<Session::Reposition>(event)) {
    repositioning_ = true;
    return link_->close();
  }
  if (auto* leave = std::get_if<Session::ComeBack>(&event)) {
    return link_->fail({Fault::Kind::goodbye, leave->code + ": " + leave->detail, leave->wait});
  }
  if (auto* last = std::get_if<Session::Stop>(&event)) {
    return end({.kind = kind_of(last->reason), .detail = last->detail});
  }
  if (auto* broken = std::get_if<Session::Broken>(&event))
    return link_->fail({Fault::Kind::protocol, broken->detail, std::nullopt});
  if (auto* moved = std::get_if<Session::Advance>(&event)) {
    backoff_.reset();
    asio::post(storing_, [this, to = moved->to, now = now_ms()] {
      if (dropping_) return;
      if (auto settled = settle(to, now); !settled) store_failed(settled.error());
    });
  }
}

void Receiver::begin(const pb::Welcome& welcome) {
  const auto now = std::chrono::steady_clock::now();
  std::optional<milliseconds> gone;
  if (lost_at_) gone = std::chrono::duration_cast<milliseconds>(now - *lost_at_);
  lost_at_.reset();
  been_connected_ = true;
  listener_.on_connected(welcome, gone);
  outbox_.begin_again();
  asio::post(storing_, [this, welcome, from = *session_.position(), now_at_hub = now_ms()] {
    if (dropping_) return;
    auto begun = store_.begin(welcome);
    // Before the first alert: an index that says nothing of a log would not be gone back to.
    if (auto* index = settings_.standing; begun && index != nullptr && !index->position(from.epoch))
      begun = index->settle(from, now_at_hub);
    if (begun) begun = open_receipts(welcome);
    if (begun) begun = announce({});
    if (begun) return;
    store_failed(begun.error());
  });
}

void Receiver::on_batch_end() {
  hand_over();
  acknowledge();
  say_receipts();
}

void Receiver::hand_over() {
  if (batch_.empty() || ending_) return;
  // The loop must not run dry while the store's thread owes it an answer.
  auto owed = asio::make_work_guard(context_);
  asio::post(storing_, [this, batch = std::exchange(batch_, {}), now = now_ms(),
                        owed = std::move(owed)] { store_batch(batch, now); });
}

void Receiver::store_batch(const std::vector<Item>& batch, std::int64_t now_ms) {
  const auto group = std::max<std::size_t>(store_.group_max(), 1);
  const std::span<const Item> items(batch);
  for (std::size_t first = 0; first < items.size() && !dropping_; first += group) {
    const auto last = std::min(first + group, items.size());
    if (auto kept = store_group(items.subspan(first, last - first), now_ms); !kept)
      store_failed(kept.error());
  }
}

// On the store's thread.
void Receiver::store_failed(const Error& error) {
  dropping_ = true;
  asio::post(context_,
             [this, error] { end({.kind = Ending::Kind::store_failed, .error = error}); });
}

// Settles those that were taken, also when a later one fails.
Result<void> Receiver::store_group(std::span<const Item> group, std::int64_t now_ms) {
  const auto* standing = settings_.standing;
  Result<void> taken;
  std::size_t count = 0;
  while (taken && count < group.size() && !(dropping_ && count > 0)) {
    const auto& item = group[count];
    const bool again = standing != nullptr && standing->standing().knows_from_elsewhere(item);
    if (!again) taken = store_.take(item);
    if (taken) ++count;
  }
  if (count == 0) return taken;
  const auto through = group[count - 1].position;
  if (auto settled = store_.settle(through); !settled) return settled;
  // Before the acknowledgement, and before the index that says where to go on: what was not
  // reported comes again.
  if (auto told = tell(group.first(count), now_ms); !told) return told;
  if (settings_.standing != nullptr)
    if (auto kept = settings_.standing->settle(through, now_ms); !kept) return kept;
  asio::post(context_, [this, through, count] { stored(through, count); });
  return taken;
}

// What has become of these and, by them, of others.
Result<void> Receiver::tell(std::span<const Item> stored, std::int64_t now_ms) {
  std::vector<Said> receipts;
  std::vector<Held> changes;
  for (const auto& item : stored) {
    if (!settings_.on_air.empty())
      for (auto& said : on_air(item, settings_.on_air)) receipts.push_back(std::move(said));
    if (settings_.standing == nullptr) continue;
    for (auto& change : settings_.standing->take(item, now_ms))
      changes.push_back(std::move(change));
  }
  if (auto kept = keep_receipts(std::move(receipts)); !kept) return kept;
  return changes.empty() ? Result<void>() : announce(changes);
}

Result<void> Receiver::announce(const std::vector<Held>& changes) {
  if (settings_.standing == nullptr) return {};
  std::vector<Said> receipts;
  for (const auto& change : changes)
    for (auto& said : off_air(change, settings_.on_air)) receipts.push_back(std::move(said));
  auto more = store_.stands(changes, settings_.standing->standing());
  if (!more) return tl::unexpected(more.error());
  for (auto& said : *more) receipts.push_back(std::move(said));
  return keep_receipts(std::move(receipts));
}

Result<void> Receiver::settle(Position through, std::int64_t now_ms) {
  if (auto settled = store_.settle(through); !settled || settings_.standing == nullptr)
    return settled;
  return settings_.standing->settle(through, now_ms);
}

// Of the hub, once it has said it.
std::int64_t Receiver::now_ms() const {
  const auto at_hub = hub_clock_.now(std::chrono::steady_clock::now());
  const auto here = std::chrono::system_clock::now().time_since_epoch();
  return at_hub.value_or(std::chrono::duration_cast<milliseconds>(here).count());
}

void Receiver::hear_time(const pb::ServerMessage& message) {
  const auto now = std::chrono::steady_clock::now();
  if (message.has_welcome() && message.welcome().has_hub_time())
    hub_clock_.heard(milliseconds_of(message.welcome().hub_time()), now);
  if (message.has_heartbeat() && message.heartbeat().has_hub_time())
    hub_clock_.heard(milliseconds_of(message.heartbeat().hub_time()), now);
}

// Until a hub has said what time it is nothing ends by it.
void Receiver::watch_time() {
  if (settings_.standing == nullptr) return;
  time_timer_.expires_after(settings_.time_step);
  time_timer_.async_wait([this](const boost::system::error_code& error) {
    if (error || ending_) return;
    if (const auto now = hub_clock_.now(std::chrono::steady_clock::now()))
      asio::post(storing_, [this, now] {
        if (dropping_) return;
        if (auto passed = pass_time(*now); !passed) store_failed(passed.error());
      });
    watch_time();
  });
}

Result<void> Receiver::pass_time(std::int64_t now_ms) {
  const auto changes = settings_.standing->pass_time(now_ms);
  if (changes.empty()) return {};
  if (auto told = announce(changes); !told) return told;
  return settings_.standing->write();
}

void Receiver::stored(Position through, std::uint64_t items) {
  session_.stored(through.sequence);
  backoff_.reset();
  stored_ += items;
  acknowledge();
  end_if_done();
}

// What was reported of the last item, too, is to be in the hub's log.
void Receiver::end_if_done() {
  if (stored_ >= settings_.count_max && outbox_.waiting() == 0)
    end({.kind = Ending::Kind::count_reached});
}

void Receiver::report(pb::Receipt receipt) {
  const auto epoch = session_.position() ? session_.position()->epoch : 0;
  asio::post(storing_, [this, said = Said{epoch, std::move(receipt)}]() mutable {
    if (auto kept = keep_receipts({std::move(said)}); !kept) store_failed(kept.error());
  });
}

// On the store's thread, as the next.
Result<void> Receiver::open_receipts(const pb::Welcome& welcome) {
  if (settings_.receipts == nullptr) return {};
  auto waiting = settings_.receipts->open(welcome.channel(), welcome.epoch());
  if (!waiting) return tl::unexpected(waiting.error());
  asio::post(context_, [this, epoch = welcome.epoch(), waiting = std::move(*waiting)] {
    if (!session_.position() || session_.position()->epoch != epoch) return;
    outbox_.clear();
    for (const auto& receipt : waiting) outbox_.add(receipt);
    say_receipts();
  });
  return {};
}

Result<void> Receiver::keep_receipts(std::vector<Said> receipts) {
  if (settings_.receipts == nullptr || receipts.empty()) return {};
  std::map<std::uint64_t, std::vector<pb::Receipt>> by_log;
  for (auto& said : receipts) by_log[said.epoch].push_back(std::move(said.receipt));
  for (const auto& [epoch, of_log] : by_log)
    if (auto kept = settings_.receipts->add(of_log, epoch); !kept) return kept;
  asio::post(context_, [this, by_log = std::move(by_log)] {
    const auto here = session_.position();
    const auto of_log = here ? by_log.find(here->epoch) : by_log.end();
    if (of_log == by_log.end()) return;  // said when that log is connected to again
    for (const auto& receipt : of_log->second) outbox_.add(receipt);
    say_receipts();
  });
  return {};
}

void Receiver::say_receipts() {
  if (!link_ || repositioning_) return;
  const auto due = outbox_.due(session_.reached());
  for (const auto& message : due) link_->send(message);
  if (!due.empty()) link_->flush();
}

void Receiver::forget_receipt(const std::string& id) {
  asio::post(storing_, [this, id, epoch = session_.position()->epoch] {
    if (auto removed = settings_.receipts->remove(id, epoch); !removed)
      store_failed(removed.error());
  });
}

void Receiver::acknowledge() {
  if (!link_) return;
  if (const auto message = session_.acknowledgement()) {
    link_->send(*message);
    link_->flush();
  }
}

void Receiver::end(Ending ending) {
  if (ending_) return;
  ending_ = std::move(ending);
  retry_timer_.cancel();
  time_timer_.cancel();
  dropping_ = true;
  // Behind whatever the store's thread is doing, so that its result is acknowledged first.
  auto owed = asio::make_work_guard(context_);
  asio::post(storing_,
             [this, owed = std::move(owed)] { asio::post(context_, [this] { store_is_idle(); }); });
}

void Receiver::store_is_idle() {
  idle_ = true;
  if (link_) return link_->close();
  listener_.on_ended(*ending_);
}

void Receiver::on_down(std::optional<Fault> fault) {
  // The link is calling: it is taken down from the loop.
  asio::post(context_, [this, fault = std::move(fault)] {
    link_.reset();
    hand_over();
    if (ending_) {
      if (idle_) listener_.on_ended(*ending_);
      return;
    }
    if (std::exchange(repositioning_, false)) return dial();
    retry(fault.value_or(Fault{}));
  });
}

void Receiver::retry(const Fault& fault) {
  using Kind = Fault::Kind;
  if (fault.kind == Kind::not_allowed)
    return end({.kind = Ending::Kind::not_allowed, .fault = fault});
  if (fault.kind == Kind::drill_over)
    return end({.kind = Ending::Kind::drill_over, .detail = fault.detail});
  const bool hopeless = fault.kind == Kind::certificate_untrusted ||
                        fault.kind == Kind::certificate_name || fault.kind == Kind::not_a_hub;
  if (hopeless && !been_connected_) return end({.kind = Ending::Kind::untrusted, .fault = fault});
  if (!lost_at_ && been_connected_) lost_at_ = std::chrono::steady_clock::now();
  const auto wait = fault.wait ? std::min(*fault.wait, wait_max) : backoff_.next();
  listener_.on_lost(fault, wait);
  retry_timer_.expires_after(wait);
  retry_timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) dial();
  });
}

}  // namespace noroshi::subscribers
