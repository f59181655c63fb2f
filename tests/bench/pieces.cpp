#include "tests/bench/pieces.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>
#include <iostream>

#include "hub/admin/data_directory.hpp"
#include "hub/admin/log_access.hpp"
#include "hub/admission/examine.hpp"
#include "hub/config/config.hpp"
#include "hub/transport/door.hpp"
#include "proto/cap/validate.hpp"
#include "proto/jp/order.hpp"
#include "proto/jp/rules.hpp"
#include "tests/bench/alert_text.hpp"
#include "tests/bench/measure.hpp"

namespace noroshi::bench {
namespace {

namespace json = boost::json;

constexpr std::size_t large_bytes = 1'000'000;
constexpr std::size_t large_areas = 2000;
constexpr std::size_t order_districts = 400;

journal::Proposal examined(const std::string& document) {
  const auto bytes = std::make_shared<const std::string>(document);
  auto examined = admission::examine(
      {"bench", "00000000", drills::Channel::of(v1::TokenIssued()), bytes, std::nullopt},
      admin::system_clock()());
  if (!examined.code.empty()) give_up("the alert of the bench is refused: " + examined.detail);
  return std::move(examined.proposal);
}

// An alert of AlertText whose area stands there `large_areas` times, each with a polygon.
std::string large_alert() {
  AlertText text(2500);
  auto document = text.numbered(1);
  const auto begin = document.find("    <area>");
  const auto end = document.find("  </info>");
  const auto area = document.substr(begin, end - begin);
  const auto bytes = (large_bytes - document.size()) / large_areas;
  const std::string point = " 34.07,134.55";
  std::string polygon = "      <polygon>34.05,134.50 34.10,134.50 34.10,134.60";
  const std::string close = " 34.05,134.50</polygon>\n";
  for (unsigned step = 1; area.size() + polygon.size() + point.size() + close.size() < bytes;
       ++step)
    polygon += fmt::format(" {:.3f},134.600", 34.1 - 0.001 * step);
  const auto name_end = area.find("</areaDesc>\n") + std::string("</areaDesc>\n").size();
  auto full = area;
  full.insert(name_end, polygon + close);
  std::string all;
  for (std::size_t i = 0; i < large_areas; ++i) all += full;
  return document.replace(begin, end - begin, all);
}

// An order for that many districts of one city, as CAP-JP has it.
cap::Alert order_for(std::size_t districts) {
  const auto now = admin::system_clock()();
  auto alert = *cap::validate(AlertText(2500).numbered(1), std::nullopt, now).alert;
  auto area = alert.info[0].area[0];
  area.geocode.push_back({"profile:CAP-JP:District:0.1", "", {}});
  alert.info[0].area.clear();
  for (std::size_t i = 0; i < districts; ++i) {
    area.geocode.back().value = area.geocode[0].value.value + ":" + std::to_string(i);
    alert.info[0].area.push_back(area);
  }
  return alert;
}

// Microseconds of one call, the median of as many as fit into `seconds`.
template <class Call>
double call_us(double seconds, const Call& call) {
  std::vector<double> times;
  for (const auto begun = Clock::now(); seconds_between(begun, Clock::now()) < seconds;) {
    const auto before = Clock::now();
    call();
    times.push_back(milliseconds_between(before, Clock::now()) * 1e3);
  }
  return percentile(times, 50);
}

double validation_us(const std::string& document, double seconds) {
  const auto now = admin::system_clock()();
  return call_us(seconds, [&] {
    const auto verdict = cap::validate(document, std::nullopt, now);
    if (!verdict.accepted()) give_up("an alert of the bench is invalid: " + verdict.code());
  });
}

}  // namespace

void run_journal(const JournalAlone& options) {
  const auto log =
      admin::OfflineLog::open(admin::DataDirectory{options.data}.journal(), admin::system_clock());
  if (!log) give_up(log.error().detail);
  AlertText text(options.alert_bytes);
  std::uint64_t number = 0;
  double seconds = 0;
  const auto cpu_before = own_cpu_seconds();
  double examining_cpu = 0;
  std::uint64_t alerts = 0;
  while (seconds < options.seconds) {
    const auto examining_from = own_cpu_seconds();
    std::vector<journal::Proposal> group;
    for (std::size_t i = 0; i < options.group; ++i)
      group.push_back(examined(text.numbered(++number)));
    examining_cpu += own_cpu_seconds() - examining_from;
    const auto before = Clock::now();
    const auto outcomes = (*log)->append(group);
    seconds += seconds_between(before, Clock::now());
    if (!outcomes) give_up(outcomes.error().detail);
    for (const auto& outcome : *outcomes)
      if (!std::holds_alternative<journal::Committed>(outcome)) give_up("an alert was not taken");
    alerts += group.size();
  }
  const auto cpu = own_cpu_seconds() - cpu_before - examining_cpu;
  std::cout << json::serialize(json::object{{"group", options.group},
                                            {"rate", static_cast<double>(alerts) / seconds},
                                            {"cpu_us", cpu * 1e6 / static_cast<double>(alerts)}})
            << std::endl;
}

void run_door(const DoorAlone& options) {
  config::Config config;
  config.data = options.data;
  auto tls = wire::TlsContext::server(config.certificate(), config.key());
  if (!tls) give_up(tls.error().detail);
  boost::asio::io_context context(1);
  transport::Handlers handlers;
  handlers.admit = [](const auto&, const auto&) {
    transport::Admission admission;
    admission.identity = "publisher:bench";
    return admission;
  };
  handlers.handle = [](const transport::Exchange& exchange) {
    if (exchange.request.method == "GET")  // by which a publisher shows who it is
      return exchange.respond({200, {{"Content-Type", "application/json"}}, "{}\n"});
    const auto proposal = examined(exchange.request.body);
    exchange.respond(
        {201, {{"Content-Type", "application/json"}}, proposal.key->identifier + "\n"});
  };
  handlers.refuse = [](auto, const auto& error) { return wire::Response{400, {}, error.detail}; };
  transport::DoorBounds bounds;
  bounds.requests.hosts = {"localhost"};
  transport::Handshakes handshakes(context);
  transport::Door door(context, handshakes, std::move(*tls), bounds, handlers);
  if (const auto open = door.open("127.0.0.1", options.port); !open) give_up(open.error().detail);
  context.run();
}

void run_examine(double seconds) {
  AlertText text(2500);
  const auto large = large_alert();
  const auto order = order_for(order_districts);
  std::cout << json::serialize(json::object{
                   {"small_us", validation_us(text.numbered(1), seconds)},
                   {"large_us", validation_us(large, seconds)},
                   {"large_bytes", large.size()},
                   {"large_areas", large_areas},
                   {"order_check_us", call_us(seconds,
                                              [&] {
                                                if (jp::check(order, jp::Channel::live).size() >
                                                    600)
                                                  give_up("the order of the bench is unsound");
                                              })},
                   {"order_read_us", call_us(seconds,
                                             [&] {
                                               if (jp::read(order)->lines.size() != 1)
                                                 give_up("the order of the bench has no line");
                                             })},
                   {"order_districts", order_districts}})
            << std::endl;
}

}  // namespace noroshi::bench
