#include "hub/outlets/webhook/webhook.hpp"

#include <algorithm>
#include <utility>

#include "hub/outlets/crossing.hpp"

namespace noroshi::webhook {
namespace {

using namespace std::chrono_literals;
using delivery::Form;
using delivery::Sequence;

constexpr int status_gone = 410;
constexpr std::size_t detail_bytes_max = 200;
constexpr auto encoding = delivery::Encoding::webhook;
constexpr std::string_view cap_type = "application/cap+xml";
constexpr std::string_view json_type = "application/json";

}  // namespace

Webhook::Webhook(delivery::Shard& shard, const Works& works, const registry::Principal& subscriber)
    : shard_(shard),
      works_(works),
      subscriber_(subscriber),
      whose_(drills::qualified(subscriber.channel.drill(), subscriber.id)) {}

bool Webhook::attach() {
  const auto attached = shard_.attach(subscriber_, *this, {{}, {}, 1});
  if (!attached) return false;
  attached_ = true;
  resume(attached->cursor);
  next();
  return true;
}

// As far as the log knows; what is older than the cursor has been settled otherwise.
void Webhook::resume(Sequence cursor) {
  const auto now = Steady::now();
  const auto due = [&](const Letter& letter) {
    const std::chrono::milliseconds wait{letter.next_ms - shard_.now_ms()};
    return now + std::clamp<std::chrono::milliseconds>(wait, 0ms, 2 * works_.rules.longest);
  };
  for (const auto& [sequence, letter] : shard_.folds().letters().of(whose_)) {
    if (letter.state == Letter::State::replayed) {
      replays_[sequence] = {letter.attempts, due(letter)};
    } else if (letter.state == Letter::State::waiting && sequence > cursor) {
      tried_ = sequence;
      attempts_ = letter.attempts;
      passing_since_ms_ = letter.at_ms;
      due_ = due(letter);
      suspect_ = true;
    }
  }
}

void Webhook::direct(const v1::WebhookSettings& settings) {
  if (settings.url() != settings_.url()) {
    url_ = read_url(settings.url()).value_or(Url{});
    due_ = {};
    for (auto& [sequence, again] : replays_) again.due = {};
  }
  settings_ = settings;
  if (attached_) next();
}

bool Webhook::ready() {
  return attached_ && !leaving_ && !under_way_ && !burying_ && Steady::now() >= due_ &&
         takes_part() && !shard_.folds().letters().is_gone(subscriber_.id);
}

// Of a session that was opened again, without it.
bool Webhook::takes_part() const {
  return subscriber_.channel.live() ||
         shard_.folds().registry().current(subscriber_, shard_.now_ms());
}

bool Webhook::permits(const delivery::Slot& slot) {
  return outlets::of_its_channel(slot, subscriber_, "webhook");
}

bool Webhook::awaits_a_reading(const delivery::Slot& slot) const {
  const bool as_cap = settings_.payload() != v1::WebhookSettings::JSON && slot.stored->content;
  return !as_cap && slot.encoded[static_cast<std::size_t>(encoding)] == nullptr;
}

// Made once for everybody: it takes parsing XML.
bool Webhook::prepared(delivery::Slot& slot) {
  if (!awaits_a_reading(slot)) return true;
  auto under_way = slot.under_way[static_cast<std::size_t>(encoding)];
  if (!under_way)
    under_way = works_.readings.reading(slot.stored, [&shard = shard_, &style = works_.style,
                                                      stored =
                                                          slot.stored](const std::string& reading) {
      shard.post([&shard, sequence = stored->sequence, body = alert_body(*stored, reading, style)] {
        shard.encoded(sequence, encoding, body);
      });
    });
  return false;
}

void Webhook::deliver(delivery::Slot& slot) {
  under_way_ = {slot.sequence(), Pending::Way::in_order, Form::delivered,
                slot.stored->entry.at_ms()};
  send_alert(*slot.stored, slot.frame(encoding));
}

void Webhook::pass(Sequence sequence, const delivery::Fate& fate) {
  if (tried_ != sequence) passing_since_ms_ = shard_.now_ms();
  under_way_ = {sequence, Pending::Way::in_order, Form::passed, passing_since_ms_};
  send_passed(sequence, fate);
}

// It shows whether the endpoint takes alerts, so it is tried once and never recorded as one.
void Webhook::probe(Sequence sequence) {
  probe_ = sequence;
  send_probe();
}

void Webhook::send_probe() {
  if (probe_ == 0 || !ready()) return;
  const auto probe = facts(type_probe, std::exchange(probe_, 0));
  under_way_ = {probe.sequence, Pending::Way::probe, Form::delivered, shard_.now_ms()};
  send(probe, json_type, probe_body(probe, shard_.now_ms(), works_.style));
}

Facts Webhook::facts(std::string_view type, Sequence sequence) const {
  return {type, shard_.epoch(), subscriber_.channel.name(), sequence};
}

void Webhook::send_alert(const journal::Stored& stored, const wire::Frame& json) {
  const bool as_cap = settings_.payload() != v1::WebhookSettings::JSON && stored.content;
  send(facts(type_alert, stored.sequence), as_cap ? cap_type : json_type,
       as_cap ? stored.content : json);
}

void Webhook::send_passed(Sequence sequence, const delivery::Fate& fate) {
  const auto passed = facts(type_passed, sequence);
  send(passed, json_type, passed_body(passed, fate, shard_.now_ms(), works_.style));
}

void Webhook::send(const Facts& facts, std::string_view content_type, wire::Frame body) {
  works_.call({subscriber_.id, url_, id_of(facts), fields_of(facts, content_type), std::move(body),
               suspect_},
              [weak = weak_from_this(), &shard = shard_](Answer answer) {
                shard.post([weak, answer = std::move(answer)] {
                  if (const auto webhook = weak.lock()) webhook->answered(answer);
                });
              });
}

void Webhook::answered(const Answer& answer) {
  if (!under_way_) return;
  suspect_ = !answer.taken();
  if (answer.taken())
    taken();
  else if (under_way_->way != Pending::Way::probe)
    failed(answer);
  under_way_.reset();
  if (leaving_) return shard_.farewell(*this);
  next();
}

void Webhook::taken() {
  const auto sequence = under_way_->sequence;
  if (under_way_->way != Pending::Way::replayed) {
    tried_ = 0;
    attempts_ = 0;
    due_ = {};
    (void)shard_.acknowledge(*this, sequence);
    return;
  }
  shard_.taken_late(subscriber_, outlet(), sequence, under_way_->form);
  record({}, replays_[sequence].attempts + 1, 0);
  replays_[sequence].due = Steady::time_point::max();  // until the log has it
}

void Webhook::failed(const Answer& answer) {
  const bool in_order = under_way_->way == Pending::Way::in_order;
  if (in_order && std::exchange(tried_, under_way_->sequence) != under_way_->sequence)
    attempts_ = 0;
  auto& attempts = in_order ? attempts_ : replays_[under_way_->sequence].attempts;
  auto& due = in_order ? due_ : replays_[under_way_->sequence].due;
  ++attempts;
  const std::chrono::milliseconds age{shard_.now_ms() - under_way_->since_ms};
  if (answer.status == status_gone || given_up(works_.rules, attempts, age)) {
    burying_ = true;
    return record(answer, attempts, std::nullopt);
  }
  const auto wait = wait_after(works_.rules, attempts, answer.retry_after, chance());
  due = Steady::now() + wait;
  record(answer, attempts, shard_.now_ms() + wait.count());
  if (in_order) shard_.send_again(*this);
}

// Without `next_ms` it is dead.
void Webhook::record(const Answer& answer, std::uint32_t attempts,
                     std::optional<std::int64_t> next_ms) {
  v1::WebhookAttempts attempted;
  attempted.set_subscriber(subscriber_.id);
  subscriber_.channel.mark(attempted);
  attempted.set_sequence(under_way_->sequence);
  attempted.set_attempts(attempts);
  attempted.set_at_ms(shard_.now_ms());
  attempted.set_status(static_cast<std::uint32_t>(answer.status));
  attempted.set_detail(answer.detail.substr(0, detail_bytes_max));
  attempted.set_dead(!next_ms);
  attempted.set_next_ms(next_ms.value_or(0));
  std::function<void()> recorded;
  if (!next_ms)
    recorded = [weak = weak_from_this(), dead = *under_way_] {
      if (const auto webhook = weak.lock()) webhook->buried(dead);
    };
  shard_.attempted(attempted, std::move(recorded));
}

void Webhook::buried(const Pending& dead) {
  burying_ = false;
  if (dead.way == Pending::Way::in_order) {
    delivery::Shard::give_up(*this, dead.sequence);
    tried_ = 0;
    attempts_ = 0;
    due_ = {};
  } else {
    replays_.erase(dead.sequence);
  }
  if (!leaving_) next();
}

void Webhook::next() {
  if (begin_replay()) return;
  shard_.feed(*this);
  send_probe();
}

bool Webhook::begin_replay() {
  if (!attached_ || leaving_ || under_way_ || burying_ || !takes_part())
    return under_way_.has_value();
  const auto& letters = shard_.folds().letters();
  if (letters.is_gone(subscriber_.id)) return false;
  const auto now = Steady::now();
  const auto& all = letters.of(whose_);
  std::erase_if(replays_, [&](const auto& each) { return !all.contains(each.first); });
  for (const auto& [sequence, letter] : all) {
    if (letter.state != Letter::State::replayed || replays_[sequence].due > now) continue;
    under_way_ = {sequence, Pending::Way::replayed, Form::delivered, letter.at_ms};
    read_again(sequence);
    return true;
  }
  return false;
}

// What cannot be read now is asked for again at the next tick.
void Webhook::read_again(Sequence sequence) {
  const auto asked = works_.journal.read(sequence - 1, {1, 1},
                                         [weak = weak_from_this(), &shard = shard_](auto entries) {
                                           shard.post([weak, entries = std::move(entries)] {
                                             const auto webhook = weak.lock();
                                             if (!webhook || !webhook->under_way_) return;
                                             if (entries && !entries->empty())
                                               return webhook->replay(entries->front());
                                             webhook->under_way_.reset();
                                           });
                                         });
  if (!asked) under_way_.reset();
}

void Webhook::replay(const journal::StoredPtr& stored) {
  delivery::Slot slot{stored};
  if (!stored->entry.body().has_alert_accepted() || !permits(slot)) return under_way_.reset();
  const auto& alert = stored->entry.body().alert_accepted();
  const auto fate =
      shard_.folds().fate(alert, stored->sequence, stored->entry.at_ms(), shard_.now_ms());
  if (fate) {
    under_way_->form = Form::passed;
    return send_passed(stored->sequence, *fate);
  }
  if (!awaits_a_reading(slot)) return send_alert(*stored, nullptr);
  const bool asked =
      works_.readings.reading(stored, [weak = weak_from_this(), &shard = shard_,
                                       &style = works_.style, stored](const std::string& reading) {
        shard.post([weak, stored, body = alert_body(*stored, reading, style)] {
          const auto webhook = weak.lock();
          if (webhook && webhook->under_way_) webhook->send_alert(*stored, body);
        });
      });
  if (!asked) under_way_.reset();
}

void Webhook::tick(Steady::time_point) {
  if (!takes_part()) return leave();
  next();
}

void Webhook::leave() {
  if (std::exchange(leaving_, true)) return;
  shard_.post([self = shared_from_this()] { self->shard_.farewell(*self); });
}

// When the hub stops, the answer to what is under way is waited for.
void Webhook::goodbye(const std::string& code, const std::string&, std::chrono::milliseconds) {
  if (code != "stopping" || !under_way_) return leave();
  leaving_ = true;
}

double Webhook::chance() { return std::uniform_real_distribution<double>(0, 1)(random_); }

}  // namespace noroshi::webhook
