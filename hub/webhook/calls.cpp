#include "hub/webhook/calls.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

namespace noroshi::webhook {
namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t idle_lines_max = 256;
constexpr auto idle_max = 30s;
constexpr unsigned calls_a_line_max = 1000;

void add_field(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

struct Calls::Task {
  Task(boost::asio::io_context& context, Call what, Answered told)
      : call(std::move(what)), answered(std::move(told)), limit(context) {}

  const Call call;
  Answered answered;
  boost::asio::steady_timer limit;
  std::shared_ptr<Line> line;
  bool reused = false;  // its line had carried another before
  bool over = false;
};

Calls::Calls(Reach reach, Clock clock)
    : work_(context_.get_executor()),
      tls_(std::move(reach.tls)),
      guard_(std::move(reach.guard)),
      clock_(std::move(clock)),
      resolver_(context_, reach.lookup),
      resolver_of_suspects_(context_, std::move(reach.lookup)),
      sweep_timer_(context_) {}

Calls::~Calls() { stop(); }

void Calls::start() {
  thread_ = std::thread([this] {
    sweep_idle();
    context_.run();
  });
}

void Calls::stop() {
  context_.stop();
  if (thread_.joinable()) thread_.join();
  resolver_.stop();
  resolver_of_suspects_.stop();
  for (const auto& [key, task] : under_way_)
    if (task->line) task->line->abandon();
  under_way_.clear();
  waiting_.clear();
  suspects_waiting_.clear();
  for (const auto& [authority, lines] : idle_)
    for (const auto& line : lines) line->abandon();
  idle_.clear();
}

void Calls::call(Call call, Answered answered) {
  auto task = std::make_shared<Task>(context_, std::move(call), std::move(answered));
  boost::asio::post(context_, [this, task = std::move(task)] {
    (task->call.suspect ? suspects_waiting_ : waiting_).push_back(task);
    admit();
  });
}

void Calls::set_secrets(const std::string& subscriber, std::uint64_t sequence,
                        std::vector<Secret> secrets) {
  boost::asio::post(context_, [this, subscriber, sequence, secrets = std::move(secrets)]() mutable {
    auto& known = secrets_[subscriber];
    if (known.sequence < sequence) known = {sequence, std::move(secrets)};
  });
}

void Calls::admit() {
  const auto take = [&](std::deque<TaskPtr>& queue) {
    const auto task = queue.front();
    queue.pop_front();
    begin(task);
  };
  while (!waiting_.empty() && under_way_.size() < at_once_max) take(waiting_);
  while (!suspects_waiting_.empty() && under_way_.size() < at_once_max &&
         suspects_under_way_ < suspects_at_once_max)
    take(suspects_waiting_);
  take_stock();
}

void Calls::begin(const TaskPtr& task) {
  under_way_[task.get()] = task;
  if (task->call.suspect) ++suspects_under_way_;
  task->limit.expires_after(call_limit);
  task->limit.async_wait([this, task](const boost::system::error_code& error) {
    if (!error) finish(task, {0, "no answer within 10 s", {}});
  });
  task->line = idle_line(task->call.url);
  task->reused = task->line != nullptr;
  if (task->reused) return send(task);
  resolve(task);
}

void Calls::resolve(const TaskPtr& task) {
  auto& resolver = task->call.suspect ? resolver_of_suspects_ : resolver_;
  resolver.resolve(task->call.url.host, [this, task](const std::vector<Address>& addresses) {
    if (!task->over) dial(task, addresses);
  });
}

// To the addresses that were checked and no others: the name is not looked up again.
void Calls::dial(const TaskPtr& task, const std::vector<Address>& addresses) {
  if (const auto checked = guard_.check(addresses); !checked)
    return finish(task, {0, checked.error().detail, {}});
  Line::Endpoints endpoints;
  for (const auto& address : addresses) endpoints.emplace_back(address, task->call.url.port);
  task->line = std::make_shared<Line>(context_, tls_, task->call.url.host);
  send(task);
  if (task->line) task->line->open(std::move(endpoints));  // null: there was nothing to sign with
}

void Calls::send(const TaskPtr& task) {
  const auto secrets = secrets_.find(task->call.subscriber);
  if (secrets == secrets_.end() || secrets->second.secrets.empty())
    return finish(task, {0, "there is no secret to sign with", {}});
  task->line->post(head_of(*task), task->call.body,
                   [this, task](Answer answer) { answered(task, std::move(answer)); });
}

std::string Calls::head_of(const Task& task) const {
  const auto& call = task.call;
  const auto now_s = clock_() / 1000;
  std::string head = "POST " + call.url.target + " HTTP/1.1\r\n";
  add_field(head, "Host", call.url.authority());
  add_field(head, "User-Agent", "noroshi-hub/" NOROSHI_VERSION);
  add_field(head, "webhook-id", call.id);
  add_field(head, "webhook-timestamp", std::to_string(now_s));
  add_field(head, "webhook-signature",
            sign(secrets_.at(call.subscriber).secrets, call.id, now_s, *call.body));
  for (const auto& [name, value] : call.fields) add_field(head, name, value);
  add_field(head, "Content-Length", std::to_string(call.body->size()));
  return head += "\r\n";
}

// An idle connection may have been closed by the other side as we took it: then another, once.
void Calls::answered(const TaskPtr& task, Answer answer) {
  if (task->over) return;
  if (answer.status == 0 && std::exchange(task->reused, false) && !task->line->answered()) {
    task->line.reset();
    return resolve(task);
  }
  finish(task, std::move(answer));
}

void Calls::finish(const TaskPtr& task, Answer answer) {
  if (std::exchange(task->over, true)) return;
  task->limit.cancel();
  if (answer.status != 0 && answer.detail.empty() && !answer.taken())
    answer.detail = "answered " + std::to_string(answer.status);
  ++(answer.taken() ? taken_ : failed_);
  if (auto line = std::exchange(task->line, nullptr)) {
    if (line->idle())
      keep(task->call.url, std::move(line));
    else
      line->abandon();
  }
  under_way_.erase(task.get());
  if (task->call.suspect) --suspects_under_way_;
  task->answered(std::move(answer));
  boost::asio::post(context_, [this] { admit(); });
}

std::shared_ptr<Line> Calls::idle_line(const Url& url) {
  auto& lines = idle_[url.authority()];
  while (!lines.empty()) {
    auto line = std::move(lines.back());
    lines.pop_back();
    --idle_lines_;
    if (line->idle()) return line;
  }
  return nullptr;
}

void Calls::keep(const Url& url, std::shared_ptr<Line> line) {
  if (idle_lines_ >= idle_lines_max || line->carried() >= calls_a_line_max) return line->abandon();
  idle_[url.authority()].push_back(std::move(line));
  ++idle_lines_;
}

void Calls::sweep_idle() {
  const auto old = SteadyClock::now() - idle_max;
  for (auto lines = idle_.begin(); lines != idle_.end();) {
    auto& each = lines->second;
    std::erase_if(each, [&](const auto& line) {
      const bool stale = !line->idle() || line->last_used() < old;
      if (stale) {
        line->abandon();
        --idle_lines_;
      }
      return stale;
    });
    lines = each.empty() ? idle_.erase(lines) : std::next(lines);
  }
  take_stock();
  sweep_timer_.expires_after(5s);
  sweep_timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) sweep_idle();
  });
}

void Calls::take_stock() {
  gauge_at_once_ = under_way_.size();
  gauge_waiting_ = waiting_.size() + suspects_waiting_.size();
  gauge_connections_ = idle_lines_;
}

Calls::Gauges Calls::gauges() const {
  return {gauge_at_once_, gauge_waiting_, gauge_connections_, taken_, failed_};
}

}  // namespace noroshi::webhook
