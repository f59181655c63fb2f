#include "subscribers/client/receiver.hpp"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <cassert>
#include <utility>

namespace noroshi::subscribers {

namespace asio = boost::asio;
namespace pb = noroshi::v1;
using std::chrono::milliseconds;

namespace {

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

Receiver::Receiver(asio::io_context& context, ReceiverSettings settings, Store& store,
                   Listener& listener)
    : context_(context),
      settings_(resumed(std::move(settings))),
      store_(store),
      listener_(listener),
      session_(settings_.session),
      hubs_({.hubs = settings_.fallbacks.size() + 1,
             .backoff_first = settings_.backoff_first,
             .backoff_most = settings_.backoff_most,
             .return_first = settings_.return_first,
             .seed = settings_.jitter_seed}),
      welcomed_by_(settings_.fallbacks.size() + 1),
      retry_timer_(context),
      time_timer_(context),
      look_timer_(context) {}

Receiver::~Receiver() {
  dropping_ = true;
  storing_.join();
}

void Receiver::start() {
  watch_time();
  listener_.on_hub(hubs_.current());
  dial();
}

void Receiver::stop() { end({.kind = Ending::Kind::asked}); }

const LinkSettings& Receiver::link_settings(std::size_t hub) const {
  return hub == 0 ? settings_.link : settings_.fallbacks[hub - 1];
}

void Receiver::dial() {
  if (ending_) return;
  const auto hub = hubs_.current();
  if (welcomed_last_ && *welcomed_last_ != hub) {
    // Its log may be another one: what is in the store's hands belongs to the last.
    dial_when_stored_ = session_.outstanding() > 0;
    if (dial_when_stored_) return;
    session_.change_hub();
  }
  LinkOwner& owner = *this;
  link_ = std::make_unique<Link>(context_, link_settings(hub), owner);
  link_->open();
}

void Receiver::on_up() {
  link_->send(session_.connected());
  link_->flush();
}

void Receiver::on_message(const pb::ServerMessage& message) {
  if (ending_ || repositioning_ || moving_ || refusal_) return;
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
    welcomed_last_ = hubs_.current();  // its log is known now
    return link_->close();
  }
  if (auto* leave = std::get_if<Session::ComeBack>(&event)) {
    return link_->fail({Fault::Kind::goodbye, leave->code + ": " + leave->detail, leave->wait});
  }
  if (auto* last = std::get_if<Session::Stop>(&event)) {
    Ending ending{.kind = kind_of(last->reason), .detail = last->detail};
    if (settings_.fallbacks.empty() || ending.kind == Ending::Kind::replaced)
      return end(std::move(ending));
    refusal_ = std::move(ending);
    return link_->fail({Fault::Kind::goodbye, last->detail, std::nullopt});
  }
  if (auto* broken = std::get_if<Session::Broken>(&event))
    return link_->fail({Fault::Kind::protocol, broken->detail, std::nullopt});
  if (auto* moved = std::get_if<Session::Advance>(&event)) {
    hubs_.works();
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
  welcomed_last_ = hubs_.current();
  welcomed_by_[hubs_.current()] = true;
  look_for_better();
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
    const auto now = hub_clock_.now(std::chrono::steady_clock::now());
    // One at a time, however long the store takes.
    if (now && !time_due_.exchange(true))
      asio::post(storing_, [this, now] {
        time_due_ = false;
        if (dropping_) return;
        if (auto passed = pass_time(*now); !passed) store_failed(passed.error());
      });
    watch_time();
  });
}

void Receiver::stored(Position through, std::uint64_t items) {
  session_.stored(through.sequence);
  hubs_.works();
  stored_ += items;
  acknowledge();
  if (dial_when_stored_ && session_.outstanding() == 0) dial();
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
  look_timer_.cancel();
  if (touch_) touch_->stop();
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
    look_timer_.cancel();
    if (std::exchange(repositioning_, false) || std::exchange(moving_, false)) return dial();
    if (auto refusal = std::exchange(refusal_, std::nullopt))
      return refused(std::move(*refusal), fault.value_or(Fault{}));
    retry(fault.value_or(Fault{}));
  });
}

void Receiver::retry(const Fault& fault) {
  using Kind = Fault::Kind;
  if (fault.kind == Kind::not_allowed)
    return refused({.kind = Ending::Kind::not_allowed, .fault = fault}, fault);
  if (fault.kind == Kind::drill_over)
    return refused({.kind = Ending::Kind::drill_over, .detail = fault.detail}, fault);
  const bool hopeless = fault.kind == Kind::certificate_untrusted ||
                        fault.kind == Kind::certificate_name || fault.kind == Kind::not_a_hub;
  if (hopeless && !welcomed_by_[hubs_.current()])
    return refused({.kind = Ending::Kind::untrusted, .fault = fault}, fault);
  if (!lost_at_ && been_connected_) lost_at_ = std::chrono::steady_clock::now();
  const auto wait = hubs_.failed(fault.wait, HubOrder::Clock::now());
  listener_.on_hub(hubs_.current());
  listener_.on_lost(fault, wait);
  dial_after(wait);
}

// This hub will have us no more than when we ask again; the others may.
void Receiver::refused(Ending ending, const Fault& fault) {
  const auto wait = hubs_.refused(HubOrder::Clock::now());
  if (!wait) return end(std::move(ending));
  if (!lost_at_ && been_connected_) lost_at_ = std::chrono::steady_clock::now();
  listener_.on_hub(hubs_.current());
  listener_.on_lost(fault, *wait);
  dial_after(*wait);
}

void Receiver::dial_after(milliseconds wait) {
  retry_timer_.expires_after(wait);
  retry_timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) dial();
  });
}

void Receiver::look_for_better() {
  const auto wait = hubs_.look_after();
  if (!wait) return;
  look_timer_.expires_after(*wait);
  look_timer_.async_wait([this](const boost::system::error_code& error) {
    if (error || ending_ || !link_ || touch_) return;
    const auto hub = hubs_.better(HubOrder::Clock::now());
    if (hub == hubs_.current()) return look_for_better();
    touch_ = std::make_unique<Touch>(context_, link_settings(hub), [this, hub](bool there) {
      // The touch is calling: it is taken down from the loop.
      asio::post(context_, [this, hub, there] {
        touch_.reset();
        if (there && !ending_) return go_to_better(hub);
        if (!ending_) look_for_better();
      });
    });
  });
}

// From a quiet moment: nothing is in the store's hands, and what comes meanwhile waits at the hub.
void Receiver::go_to_better(std::size_t hub) {
  const bool quiet = link_ && session_.outstanding() == 0 && session_.reached() > 0;
  if (!quiet || hub >= hubs_.current()) return look_for_better();
  hubs_.go_to(hub, HubOrder::Clock::now());
  listener_.on_hub(hub);
  moving_ = true;
  link_->close();
}

}  // namespace noroshi::subscribers
