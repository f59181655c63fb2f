#include "hub/alarms/notifier.hpp"

#include <boost/asio/post.hpp>
#include <chrono>
#include <cstring>
#include <utility>

#include "hub/alarms/notification.hpp"
#include "hub/config/log.hpp"

namespace noroshi::alarms {
namespace {

constexpr std::size_t threads = 2;

std::string described(const process::Ending& ending) {
  using Kind = process::Ending::Kind;
  switch (ending.kind) {
    case Kind::exited:
      return "exit code " + std::to_string(ending.number);
    case Kind::killed:
      return "signal " + std::to_string(ending.number);
    case Kind::too_slow:
      return "took too long";
    case Kind::not_started:
      return std::strerror(ending.number);
    case Kind::stopped:
      return "the hub stopped";
  }
  return {};
}

}  // namespace

Notifier::Notifier(boost::asio::io_context& front, std::vector<config::Notify> rules,
                   std::string environment, std::function<std::int64_t()> now_ms)
    : front_(front),
      schedule_(std::move(rules)),
      environment_(std::move(environment)),
      now_ms_(std::move(now_ms)),
      threads_(threads) {}

Notifier::~Notifier() {
  stop_.request_stop();
  threads_.stop();
  threads_.join();
}

void Notifier::tick(const Standing& alarms) {
  if (schedule_.rules().empty()) return;
  for (const auto& call : schedule_.due(alarms, now_ms_())) tell(call);
}

void Notifier::tell(const Call& call) {
  const auto& rule = schedule_.rules()[call.rule];
  const bool mail = rule.kind == config::Notify::Kind::mail;
  process::Program program;
  program.arguments = mail ? std::vector<std::string>{rule.sendmail, "-t", "-i"} : rule.command;
  program.environment = notification_environment(call, environment_);
  program.limit = std::chrono::duration_cast<std::chrono::milliseconds>(rule.limit);
  program.output = process::Program::Output::nowhere;
  auto input = mail ? notification_mail(call, rule, environment_, now_ms_())
                    : notification_json(call, environment_);
  boost::asio::post(threads_,
                    [this, call, program = std::move(program), input = std::move(input)]() mutable {
                      program.input = input;
                      const auto ending = process::run(program, stop_.get_token());
                      boost::asio::post(front_, [this, call, ending] { over(call, ending); });
                    });
}

void Notifier::over(const Call& call, const process::Ending& ending) {
  const auto& program = schedule_.rules()[call.rule];
  const bool good = ending.good();
  ++(good ? counts_.told : counts_.failed);
  schedule_.over(call, good ? Schedule::Outcome::told : Schedule::Outcome::failed, now_ms_());
  const auto name = program.command.empty() ? program.sendmail : program.command.front();
  if (good)
    log::info(
        "alarm.notified",
        {{"id", call.alarm.raised.id()}, {"program", name}, {"times", std::to_string(call.time)}});
  else
    log::warn("alarm.notification_failed",
              {{"id", call.alarm.raised.id()}, {"program", name}, {"detail", described(ending)}});
}

}  // namespace noroshi::alarms
