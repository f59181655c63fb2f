#include "hub/alarms/notifier.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <chrono>
#include <cstring>
#include <utility>

#include "hub/alarms/channels.hpp"
#include "hub/alarms/notification.hpp"
#include "hub/config/log.hpp"

namespace noroshi::alarms {
namespace {

using Kind = config::Notify::Kind;

constexpr std::int64_t save_retry_ms = 30'000;

// Empty when it ended well.
std::string failure_of(const process::Ending& ending) {
  using Ended = process::Ending::Kind;
  if (ending.good()) return {};
  switch (ending.kind) {
    case Ended::exited:
      return "exit code " + std::to_string(ending.number);
    case Ended::killed:
      return "signal " + std::to_string(ending.number);
    case Ended::too_slow:
      return "took too long";
    case Ended::not_started:
      return std::strerror(ending.number);
    case Ended::stopped:
      return "the hub stopped";
  }
  return {};
}

bool is_webhook(const config::Notify& rule) { return rule.kind == Kind::webhook; }

// So many that no program waits for another rule's.
std::size_t threads_for(const std::vector<config::Notify>& rules) {
  const auto webhooks = std::count_if(rules.begin(), rules.end(), is_webhook);
  const auto programs = rules.size() - static_cast<std::size_t>(webhooks);
  return std::max<std::size_t>(programs * Schedule::calls_at_once_max, 1);
}

// Whose secrets a call is signed with.
std::string signer(std::size_t rule) { return std::to_string(rule); }

}  // namespace

Notifier::Notifier(boost::asio::io_context& front, boost::asio::thread_pool& workers,
                   NotifierSettings settings, std::function<std::int64_t()> now_ms)
    : front_(front),
      workers_(workers),
      settings_(std::move(settings)),
      schedule_(settings_.rules, load_told(settings_.told_file, settings_.epoch)),
      now_ms_(std::move(now_ms)),
      threads_(threads_for(settings_.rules)) {
  if (std::any_of(settings_.rules.begin(), settings_.rules.end(), is_webhook)) open_calls();
}

Notifier::~Notifier() {
  stop_.request_stop();
  if (calls_) calls_->stop();
  threads_.stop();
  threads_.join();
}

void Notifier::open_calls() {
  if (!settings_.reach) return;
  calls_ = std::make_unique<webhook::Calls>(*settings_.reach, settings_.wall_clock);
  for (std::size_t rule = 0; rule < settings_.rules.size(); ++rule)
    if (auto secret = webhook::read_secret(settings_.rules[rule].secret))
      calls_->set_secrets(signer(rule), 1, {*std::move(secret)});
  calls_->start();
}

void Notifier::tick(const Standing& alarms) {
  if (settings_.rules.empty()) return;
  for (const auto& call : schedule_.due(alarms, now_ms_())) tell(call);
  save();
}

void Notifier::tell(const Call& call) {
  const auto& rule = settings_.rules[call.rule];
  if (is_webhook(rule)) return call_webhook(call, rule);
  run_program(call, rule);
}

void Notifier::run_program(const Call& call, const config::Notify& rule) {
  const bool mail = rule.kind == Kind::mail;
  process::Program program;
  program.arguments = mail ? std::vector<std::string>{rule.sendmail, "-t", "-i"} : rule.command;
  program.environment = notification_environment(call, settings_.environment);
  program.limit = std::chrono::duration_cast<std::chrono::milliseconds>(rule.limit);
  program.output = process::Program::Output::nowhere;
  auto input = mail ? notification_mail(call, rule, settings_.environment, now_ms_())
                    : notification_json(call, settings_.environment);
  boost::asio::post(threads_, [this, call, program = std::move(program),
                               input = std::move(input)]() mutable {
    program.input = input;
    const auto ending = process::run(program, stop_.get_token());
    boost::asio::post(front_, [this, call, failure = failure_of(ending)] { over(call, failure); });
  });
}

void Notifier::call_webhook(const Call& call, const config::Notify& rule) {
  const auto url = webhook::read_url(rule.url);
  if (!url || !calls_) return over(call, url ? "webhooks cannot be called" : url.error().detail);
  webhook::Call post;
  post.subscriber = signer(call.rule);
  post.url = *url;
  post.id = notification_id(call, settings_.epoch);
  post.fields = {{"Content-Type", "application/json"},
                 {"Noroshi-Type", std::string(webhook_type)},
                 {"Noroshi-Epoch", std::to_string(settings_.epoch)}};
  post.body = std::make_shared<const std::string>(
      notification_webhook(call, settings_.environment, now_ms_()));
  calls_->call(std::move(post), [this, call](const webhook::Answer& answer) {
    boost::asio::post(front_, [this, call, failure = answer.taken() ? "" : answer.detail] {
      over(call, failure);
    });
  });
}

void Notifier::over(const Call& call, const std::string& failure) {
  const bool good = failure.empty();
  ++(good ? counts_.told : counts_.failed);
  schedule_.over(call, good ? Schedule::Outcome::told : Schedule::Outcome::failed, now_ms_());
  save();
  const auto& id = call.alarm.raised.id();
  const auto name = shown_name(settings_.rules[call.rule]);
  const std::string word(name_of(call.word));
  if (good)
    log::info(
        "alarm.notified",
        {{"id", id}, {"program", name}, {"told", word}, {"times", std::to_string(call.time)}});
  else
    log::warn("alarm.notification_failed",
              {{"id", id}, {"program", name}, {"told", word}, {"detail", failure}});
}

// One at a time; what changes meanwhile is written with the next, what fails is tried again.
void Notifier::save() {
  const auto changes = schedule_.told().changes();
  if (saving_ || changes == saved_ || now_ms_() < save_again_ms_) return;
  saving_ = true;
  boost::asio::post(workers_, [this, changes, file = settings_.told_file,
                               text = schedule_.told().text(settings_.epoch)] {
    const auto saved = save_told(file, text);
    if (!saved) log::warn("alarm.told_not_saved", {{"detail", saved.error().detail}});
    boost::asio::post(front_, [this, changes, good = saved.has_value()] {
      saving_ = false;
      if (good) saved_ = changes;
      save_again_ms_ = good ? 0 : now_ms_() + save_retry_ms;
    });
  });
}

}  // namespace noroshi::alarms
