#include "tests/bench/load.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <iostream>
#include <utility>

namespace noroshi::bench {
namespace {

namespace json = boost::json;
using Ends = Ledger::Ends;

constexpr double setup_seconds_max = 180;
constexpr double drain_seconds_max = 90;
constexpr std::uint32_t warming_alerts = 3;

// CPU of the server, of this process and of everybody, between two moments.
class Stretch {
 public:
  explicit Stretch(pid_t server) : server_(server) {}

  [[nodiscard]] double seconds() const { return seconds_between(begun_, Clock::now()); }
  [[nodiscard]] double server_cpu() const { return cpu_seconds(server_) - server_cpu_; }
  [[nodiscard]] double client_cpu() const { return own_cpu_seconds() - client_cpu_; }
  [[nodiscard]] double other_cpu() const {
    const auto busy = machine_time().busy - machine_.busy;
    return std::max(0.0, busy - server_cpu() - client_cpu());
  }
  [[nodiscard]] double stolen() const { return machine_time().stolen - machine_.stolen; }

 private:
  pid_t server_;
  Time begun_ = Clock::now();
  double server_cpu_ = cpu_seconds(server_);
  double client_cpu_ = own_cpu_seconds();
  MachineTime machine_ = machine_time();
};

class Load {
 public:
  Load(const LoadOptions& options, Credentials credentials)
      : options_(options), crowd_(options.crowd, std::move(credentials)) {}

  void run() {
    figures_["protocol"] = options_.crowd.protocol;
    figures_["subscribers"] = options_.crowd.subscribers;
    figures_["addressed"] = options_.crowd.addressed;
    figures_["alert_bytes"] = options_.crowd.alert_bytes;
    connect();
    if (options_.single_alerts > 0) {
      singly(Ends::delivered);
      if (crowd_.answers_barriers()) singly(Ends::confirmed);
    }
    json::object stages;
    for (const auto count : options_.in_flight) stages[std::to_string(count)] = together(count);
    figures_["in_flight"] = stages;
    crowd_.serve(options_.quiet_seconds);
    figures_["resident_after_kib"] = resident_kib(options_.server);
    figures_["strays"] = crowd_.ledger().strays();
    std::cout << json::serialize(figures_) << std::endl;
  }

 private:
  void connect() {
    figures_["resident_before_kib"] = resident_kib(options_.server);
    const Stretch stretch(options_.server);
    crowd_.connect(setup_seconds_max);
    figures_["connect_seconds"] = stretch.seconds();
    if (options_.crowd.subscribers > 0)
      figures_["connect_cpu_us"] = stretch.server_cpu() * 1e6 / options_.crowd.subscribers;
    crowd_.serve(options_.quiet_seconds);
    figures_["resident_connected_kib"] = resident_kib(options_.server);
  }

  // The next alert goes out when everything of the last one is over, and a little later, so that it
  // does not queue behind acknowledgements.
  void singly(Ends ends) {
    crowd_.begin_phase(ends);
    const auto before = crowd_.ledger().deliveries();
    const Stretch stretch(options_.server);
    for (std::uint32_t i = 0; i < options_.single_alerts + warming_alerts; ++i) {
      if (i > 2 * warming_alerts && stretch.seconds() > options_.single_seconds_max) break;
      const auto begun = Clock::now();
      publish_when_possible();
      drain();
      crowd_.serve(std::clamp(seconds_between(begun, Clock::now()), 0.005, 0.5));
    }
    if (ends == Ends::delivered) {
      const auto deliveries = static_cast<double>(crowd_.ledger().deliveries() - before);
      figures_["single_cpu_us"] = stretch.server_cpu() * 1e6 / deliveries;
      figures_["single_alerts"] = crowd_.ledger().published();
    }
    tell_times(ends);
  }

  void tell_times(Ends ends) {
    if (ends == Ends::confirmed) return tell(figures_, "confirmed", &Ledger::Alert::confirmed);
    tell(figures_, "accepted", &Ledger::Alert::accepted);
    tell(figures_, "first", &Ledger::Alert::first);
    tell(figures_, "half", &Ledger::Alert::half);
    tell(figures_, "nearly_all", &Ledger::Alert::nearly_all);
    tell(figures_, "all", &Ledger::Alert::all);
    tell(figures_, "acknowledged", &Ledger::Alert::acknowledged);
  }

  void tell(json::object& figures, const std::string& name,
            std::optional<Time> Ledger::Alert::*moment) const {
    std::vector<double> times;
    for (std::size_t i = warming_alerts; i < crowd_.ledger().alerts().size(); ++i) {
      const auto& alert = crowd_.ledger().alerts()[i];
      if (alert.*moment) times.push_back(milliseconds_between(alert.published, *(alert.*moment)));
    }
    figures[name + "_p50_ms"] = percentile(times, 50);
    figures[name + "_p99_ms"] = percentile(times, 99);
  }

  json::object together(std::uint32_t in_flight) {
    crowd_.begin_phase(Ends::delivered);
    const auto before = crowd_.ledger().deliveries();
    const Stretch stretch(options_.server);
    while (stretch.seconds() < options_.seconds) {
      crowd_.serve_until(0.02, [&] { return under_way() < in_flight && crowd_.may_publish(); });
      while (under_way() < in_flight && crowd_.may_publish()) crowd_.publish();
    }
    drain();
    if (options_.crowd.subscribers > 0 && crowd_.answers_barriers())
      crowd_.await_barriers(drain_seconds_max);

    // What is counted: deliveries, or alerts where there is nobody to deliver to.
    const auto alerts = crowd_.ledger().published();
    const auto deliveries = crowd_.ledger().deliveries() - before;
    const auto units = static_cast<double>(options_.crowd.addressed > 0 ? deliveries : alerts);
    const auto seconds = stretch.seconds();
    json::object figures;
    figures["alerts"] = alerts;
    figures["rate"] = units / seconds;
    figures["cpu_us"] = stretch.server_cpu() * 1e6 / units;
    figures["client_cpu_us"] = stretch.client_cpu() * 1e6 / units;
    figures["server_percent"] = stretch.server_cpu() * 100 / seconds;
    figures["client_percent"] = stretch.client_cpu() * 100 / seconds;
    figures["other_percent"] = stretch.other_cpu() * 100 / seconds;
    figures["stolen_percent"] = stretch.stolen() * 100 / seconds;
    tell(figures, "accepted", &Ledger::Alert::accepted);
    tell(figures, "all", &Ledger::Alert::all);
    return figures;
  }

  [[nodiscard]] std::uint64_t under_way() const {
    return crowd_.ledger().published() - crowd_.ledger().complete();
  }

  void publish_when_possible() {
    if (!crowd_.serve_until(drain_seconds_max, [this] { return crowd_.may_publish(); }))
      give_up("no publisher got an answer");
    crowd_.publish();
  }

  void drain() {
    if (!crowd_.serve_until(drain_seconds_max, [this] { return under_way() == 0; }))
      give_up(std::to_string(under_way()) + " alerts did not reach everybody");
  }

  LoadOptions options_;
  Crowd crowd_;
  json::object figures_;
};

}  // namespace

void run_load(const LoadOptions& options, Credentials credentials) {
  Load(options, std::move(credentials)).run();
}

}  // namespace noroshi::bench
