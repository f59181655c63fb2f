// The HTTP calls of all webhooks, on a thread of their own: signed, over TLS, to addresses that
// were checked, one attempt each. Connections are kept and used again by whoever calls the same
// host.
//
// Bounds     `at_once_max` calls; the rest waits, one a webhook, first those whose last call went
//            well. Those that failed last have `suspects_at_once_max` of the places and resolvers
//            of their own, so that a thousand endpoints that hang leave room for one that does not.
//            A call takes `call_limit` at most, its wait not counted. 256 idle connections, each
//            for 30 s and 1000 calls.
// Threading  call(), set_secrets(), forget() and gauges() from any thread.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "hub/webhook/address_guard.hpp"
#include "hub/webhook/answer_reader.hpp"
#include "hub/webhook/line.hpp"
#include "hub/webhook/reach.hpp"
#include "hub/webhook/resolver.hpp"
#include "hub/webhook/signature.hpp"
#include "hub/webhook/url.hpp"
#include "proto/wire/http.hpp"

namespace noroshi::webhook {

struct Call {
  std::string subscriber;  // whose secrets sign it
  Url url;
  std::string id;  // webhook-id
  wire::Fields fields;
  wire::Frame body;
  bool suspect = false;  // the last one failed
};

class Calls {
 public:
  static constexpr std::size_t at_once_max = 256;
  static constexpr std::size_t suspects_at_once_max = 128;
  static constexpr std::chrono::seconds call_limit{10};

  using Clock = std::function<std::int64_t()>;  // Unix milliseconds
  Calls(Reach reach, Clock clock);
  ~Calls();

  void start();
  // What is under way is cut off and not answered. Idempotent.
  void stop();

  using Answered = std::function<void(Answer)>;
  // `answered` runs on the calls' thread and must only post.
  void call(Call call, Answered answered);
  // With what is signed from now on, by the sequence of its entry: an older one changes nothing.
  void set_secrets(const std::string& subscriber, std::uint64_t sequence,
                   std::vector<Secret> secrets);

  [[nodiscard]] boost::asio::io_context& context() { return context_; }
  struct Gauges {
    std::size_t at_once = 0, waiting = 0, connections = 0;
    std::uint64_t taken = 0, failed = 0;
  };
  [[nodiscard]] Gauges gauges() const;

 private:
  struct Task;
  using TaskPtr = std::shared_ptr<Task>;
  void admit();
  void begin(const TaskPtr& task);
  void resolve(const TaskPtr& task);
  void dial(const TaskPtr& task, const std::vector<Address>& addresses);
  void send(const TaskPtr& task);
  void answered(const TaskPtr& task, Answer answer);
  void finish(const TaskPtr& task, Answer answer);
  [[nodiscard]] std::string head_of(const Task& task) const;
  std::shared_ptr<Line> idle_line(const Url& url);
  void keep(const Url& url, std::shared_ptr<Line> line);
  void sweep_idle();
  void take_stock();

  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  const wire::TlsContext tls_;
  const AddressGuard guard_;
  const Clock clock_;
  Resolver resolver_;
  Resolver resolver_of_suspects_;
  boost::asio::steady_timer sweep_timer_;
  struct Secrets {
    std::uint64_t sequence = 0;
    std::vector<Secret> secrets;
  };
  std::unordered_map<std::string, Secrets> secrets_;
  std::deque<TaskPtr> waiting_;
  std::deque<TaskPtr> suspects_waiting_;
  std::unordered_map<const Task*, TaskPtr> under_way_;
  std::size_t suspects_under_way_ = 0;
  std::unordered_map<std::string, std::vector<std::shared_ptr<Line>>> idle_;  // by authority
  std::size_t idle_lines_ = 0;
  std::atomic<std::size_t> gauge_at_once_{0}, gauge_waiting_{0}, gauge_connections_{0};
  std::atomic<std::uint64_t> taken_{0}, failed_{0};
  std::thread thread_;
};

}  // namespace noroshi::webhook
