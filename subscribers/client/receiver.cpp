#include "subscribers/client/receiver.hpp"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <cassert>
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

}  // namespace

Receiver::Receiver(asio::io_context& context, ReceiverSettings settings, Store& store,
                   Listener& listener)
    : context_(context),
      settings_(std::move(settings)),
      store_(store),
      listener_(listener),
      session_(settings_.session),
      backoff_(settings_.backoff_first, settings_.backoff_most, settings_.jitter_seed),
      retry_timer_(context) {}

Receiver::~Receiver() {
  dropping_ = true;
  storing_.join();
}

void Receiver::start() { dial(); }

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
    asio::post(storing_, [this, to = moved->to] {
      if (dropping_) return;
      if (auto settled = store_.settle(to); !settled) store_failed(settled.error());
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
  asio::post(storing_, [this, welcome] {
    if (dropping_) return;
    auto begun = store_.begin(welcome);
    if (begun) begun = open_receipts(welcome);
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
  asio::post(storing_, [this, batch = std::exchange(batch_, {}), owed = std::move(owed)] {
    store_batch(batch);
  });
}

void Receiver::store_batch(const std::vector<Item>& batch) {
  const auto group = std::max<std::size_t>(store_.group_max(), 1);
  for (std::size_t first = 0; first < batch.size() && !dropping_; first += group) {
    const auto last = std::min(first + group, batch.size());
    if (auto kept = store_group(batch, first, last); !kept) store_failed(kept.error());
  }
}

// On the store's thread.
void Receiver::store_failed(const Error& error) {
  dropping_ = true;
  asio::post(context_,
             [this, error] { end({.kind = Ending::Kind::store_failed, .error = error}); });
}

// Takes items [first, last) and settles those that were taken, also when a later one fails.
Result<void> Receiver::store_group(const std::vector<Item>& batch, std::size_t first,
                                   std::size_t last) {
  Result<void> taken;
  std::size_t count = 0;
  while (taken && first + count < last && !(dropping_ && count > 0)) {
    taken = store_.take(batch[first + count]);
    if (taken) ++count;
  }
  if (count == 0) return taken;
  const auto through = batch[first + count - 1].position;
  if (auto settled = store_.settle(through); !settled) return settled;
  // Before the acknowledgement: what is acknowledged never comes again to be reported.
  std::vector<pb::Receipt> receipts;
  for (std::size_t i = first; i < first + count && !settings_.on_air.empty(); ++i)
    for (auto& receipt : on_air(batch[i], settings_.on_air)) receipts.push_back(std::move(receipt));
  if (auto kept = keep_receipts(std::move(receipts)); !kept) return kept;
  asio::post(context_, [this, through, count] { stored(through, count); });
  return taken;
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
  asio::post(storing_, [this, receipt = std::move(receipt)]() mutable {
    if (auto kept = keep_receipts({std::move(receipt)}); !kept) store_failed(kept.error());
  });
}

// On the store's thread, as the next.
Result<void> Receiver::open_receipts(const pb::Welcome& welcome) {
  if (settings_.receipts == nullptr) return {};
  auto waiting = settings_.receipts->open(welcome.channel(), welcome.epoch());
  if (!waiting) return tl::unexpected(waiting.error());
  asio::post(context_, [this, waiting = std::move(*waiting)] {
    outbox_.clear();
    for (const auto& receipt : waiting) outbox_.add(receipt);
    say_receipts();
  });
  return {};
}

Result<void> Receiver::keep_receipts(std::vector<pb::Receipt> receipts) {
  if (settings_.receipts == nullptr || receipts.empty()) return {};
  if (auto kept = settings_.receipts->add(receipts); !kept) return kept;
  asio::post(context_, [this, receipts = std::move(receipts)] {
    for (const auto& receipt : receipts) outbox_.add(receipt);
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
  asio::post(storing_, [this, id] {
    if (auto removed = settings_.receipts->remove(id); !removed) store_failed(removed.error());
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
