// Fills the journal of a data directory with the log of a busy nation, to measure starts and
// deliveries on: 1,741 publishers, 10,000 subscribers and their tokens, then alerts with updates
// and cancellations, acknowledgements, refusals. Through the real journal and the real judge; only
// the syncs are left out.
//
//   noroshi-hub init /tmp/nation && fill_journal /tmp/nation --entries 1000000
//
// The token of publisher 362018 is "publisher-362018", of subscriber 7 "subscriber-7".
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <iostream>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "hub/admission/alert_judge.hpp"
#include "hub/admission/examine.hpp"
#include "hub/journal/journal.hpp"
#include "proto/jp/levels.hpp"
#include "proto/jp/lg_code.hpp"

namespace noroshi {
namespace {

using journal::Proposal;

constexpr std::size_t group_max = 256;
constexpr std::int64_t begin_ms = 1'795'282'000'000;  // 2026-11-22, within the alerts' life

struct Amounts {
  std::uint64_t entries = 1'000'000;
  std::uint64_t publishers = 1741;
  std::uint64_t subscribers = 10'000;
  unsigned alerts_percent = 20;
  unsigned acks_percent = 72;
  unsigned ranges_max = 50;
  unsigned seed = 1;
};

constexpr const char* document = R"(<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>{identifier}</identifier>
  <sender>{sender}</sender>
  <sent>2026-11-22T03:05:00+09:00</sent>
  <status>Actual</status>
  <msgType>{type}</msgType>
  <scope>Public</scope>
  <code>profile:CAP-JP:0.1</code>{note}{references}
  <info>
    <language>ja-JP</language>
    <category>Safety</category>
    <event>{name}</event>
    <responseType>Evacuate</responseType>
    <urgency>Immediate</urgency>
    <severity>Severe</severity>
    <certainty>Likely</certainty>
    <eventCode><valueName>profile:CAP-JP:Event:0.1</valueName><value>evac.l{level}</value></eventCode>
    <eventCode><valueName>profile:CAP-JP:Hazard:0.1</valueName><value>flood</value></eventCode>
    <effective>2026-11-22T03:05:00+09:00</effective>
    <onset>2026-11-22T03:00:00+09:00</onset>
    <expires>2026-11-24T03:00:00+09:00</expires>
    <senderName>{code}</senderName>
    <headline>洪水 警戒レベル{level} {name}（川内町・応神町・国府町）</headline>
    <description>吉野川の水位が氾濫危険水位に達し、さらに上がる見込みです。</description>
    <instruction>{action}。外に出るのが危ないときは、近くの建物の高い階へ移ってください。</instruction>
    <contact>危機管理課</contact>
    <parameter><valueName>layer:CAP-JP:0.1:UpdateKind</valueName><value>{kind}</value></parameter>
    <parameter><valueName>layer:CAP-JP:0.1:Alerting</valueName><value>loud</value></parameter>
    <parameter><valueName>layer:CAP-JP:0.1:IssueOrLift</valueName><value>issue</value></parameter>
    <parameter><valueName>layer:CAP-JP:0.1:WarningLevel</valueName><value>{level}</value></parameter>
    <parameter><valueName>layer:CAP-JP:0.1:ReasonCode</valueName><value>riverlevel</value></parameter>
    <parameter><valueName>layer:CAP-JP:0.1:RiverName</valueName><value>吉野川</value></parameter>
    <area>
      <areaDesc>川内町・応神町・国府町</areaDesc>
      <geocode><valueName>profile:CAP-JP:LGCode:0.1</valueName><value>{code}</value></geocode>
    </area>
  </info>
</alert>
)";

class Nation {
 public:
  explicit Nation(const Amounts& amounts) : amounts_(amounts), random_(amounts.seed) {
    for (unsigned prefecture = 1; prefecture <= 47; ++prefecture)
      for (unsigned number = 201; codes_.size() < amounts.publishers && number < 239; ++number)
        codes_.push_back(*jp::lg_code(fmt::format("{:02}{:03}", prefecture, number)));
    acknowledged_.resize(amounts.subscribers);
    for (const auto& code : codes_) introduce_publisher(code);
    for (std::uint64_t i = 0; i < amounts.subscribers; ++i) introduce_subscriber(i);
  }

  // `head` is the log's before it.
  Proposal next(journal::Sequence head) {
    if (!registrations_.empty()) {
      auto first = std::move(registrations_.front());
      registrations_.pop_front();
      return first;
    }
    const auto draw = below(100);
    if (draw < amounts_.alerts_percent) return alert();
    if (draw < amounts_.alerts_percent + amounts_.acks_percent) return acks(head);
    return refusal();
  }

 private:
  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
  const std::string& any_code() { return codes_[below(codes_.size())]; }

  void introduce(v1::EntryBody body, v1::TokenIssued::Kind kind, const std::string& id) {
    registrations_.push_back({std::move(body), std::nullopt, nullptr});
    v1::EntryBody token;
    auto& issued = *token.mutable_token_issued();
    issued.set_kind(kind);
    issued.set_id(id);
    const auto hash = journal::content_hash(
        fmt::format("{}-{}", kind == v1::TokenIssued::PUBLISHER ? "publisher" : "subscriber", id));
    issued.set_token_sha256(hash.data(), hash.size());
    registrations_.push_back({std::move(token), std::nullopt, nullptr});
  }

  void introduce_publisher(const std::string& code) {
    v1::EntryBody body;
    auto& publisher = *body.mutable_publisher_registered();
    publisher.set_code(code);
    publisher.set_name("City " + code);
    publisher.add_senders(sender_of(code));
    publisher.add_areas(code);
    introduce(std::move(body), v1::TokenIssued::PUBLISHER, code);
  }

  // One in ten takes everything, as a broadcaster does; the others a prefecture or a few cities.
  void introduce_subscriber(std::uint64_t number) {
    v1::EntryBody body;
    auto& subscriber = *body.mutable_subscriber_registered();
    subscriber.set_id(std::to_string(number));
    subscriber.set_name(fmt::format("Subscriber {}", number));
    if (number % 10 == 0) {
      subscriber.add_areas("*");
    } else if (number % 2 == 0) {
      subscriber.add_areas(any_code().substr(0, 2));
    } else {
      for (auto n = 1 + below(3); n > 0; --n) subscriber.add_areas(any_code());
      subscriber.set_min_level(3);
    }
    introduce(std::move(body), v1::TokenIssued::SUBSCRIBER, subscriber.id());
  }

  // What an alert names of the token it was sent with.
  static std::string credential_of(const std::string& token) {
    const auto hash = journal::content_hash(token);
    return fmt::format("{:02x}{:02x}{:02x}{:02x}", hash[0], hash[1], hash[2], hash[3]);
  }

  static std::string sender_of(const std::string& code) { return code + ".lg.example.jp"; }

  Proposal alert() {
    const auto& code = any_code();
    const auto identifier = fmt::format("jp-{}-{:08x}-{}", code, random_(), ++alerts_);
    std::string type = "Alert";
    std::string references;
    auto& earlier = orders_[code];
    if (const auto draw = below(10); !earlier.empty() && draw < 4) {
      type = draw == 0 ? "Cancel" : "Update";
      references = fmt::format("<references>{},{},2026-11-22T03:05:00+09:00</references>",
                               sender_of(code), earlier);
    }
    earlier = type == "Cancel" ? "" : identifier;
    const auto kind = type == "Cancel" ? "cancel" : type == "Update" ? "update" : "new";
    const auto& level = jp::levels()[below(3)];
    admission::Submission submission{code, credential_of("publisher-" + code),
                                     drills::Channel::of(v1::TokenIssued()), nullptr, std::nullopt};
    submission.bytes = std::make_shared<const std::string>(
        fmt::format(fmt::runtime(document), fmt::arg("identifier", identifier),
                    fmt::arg("sender", sender_of(code)), fmt::arg("type", type),
                    fmt::arg("note", type == "Cancel" ? "<note>x</note>" : ""),
                    fmt::arg("references", references), fmt::arg("code", code),
                    fmt::arg("kind", kind), fmt::arg("level", level.number),
                    fmt::arg("name", level.name), fmt::arg("action", level.action)));
    auto examined = admission::examine(submission, begin_ms);
    if (!examined.code.empty()) {
      std::cerr << "fill_journal: its own alert is refused: " << examined.code << '\n';
      std::exit(1);
    }
    return std::move(examined.proposal);
  }

  Proposal acks(journal::Sequence head) {
    Proposal proposal;
    auto& recorded = *proposal.body.mutable_acks_recorded();
    for (auto n = 1 + below(amounts_.ranges_max); n > 0; --n) {
      const auto number = below(amounts_.subscribers);
      auto& range = *recorded.add_ranges();
      range.set_subscriber(std::to_string(number));
      range.set_channel("live");
      range.set_outlet("stream");
      range.set_after(std::exchange(acknowledged_[number], head));
      range.set_through(head);
      range.set_at_ms(begin_ms + static_cast<std::int64_t>(head));
    }
    return proposal;
  }

  Proposal refusal() {
    Proposal proposal;
    auto& refused = *proposal.body.mutable_alert_refused();
    refused.set_publisher(any_code());
    refused.set_code("alert.invalid");
    refused.add_rules("cap.R012");
    refused.set_content_sha256(std::string(32, 'x'));
    refused.set_content_size(2500);
    refused.set_credential("0123abcd");
    return proposal;
  }

  const Amounts amounts_;
  std::mt19937_64 random_;
  std::vector<std::string> codes_;
  std::deque<Proposal> registrations_;
  std::unordered_map<std::string, std::string> orders_;  // the last alert of a city, if in force
  std::vector<journal::Sequence> acknowledged_;
  std::uint64_t alerts_ = 0;
};

int fill(const std::filesystem::path& data, const Amounts& amounts) {
  admission::AlertJudge judge(admission::AlertJudge::Questioning::note);
  journal::SqliteOptions options;
  options.start = journal::Start::from_digest;  // so that the hub finds one, as after a run of it
  options.durability = journal::Durability::none_for_positive_control;
  auto opened = journal::open_sqlite(
      data / "journal.db", judge, [] { return begin_ms; }, options);
  if (!opened) {
    std::cerr << "fill_journal: " << opened.error().detail << '\n';
    return 1;
  }
  auto& journal = **opened;
  Nation nation(amounts);
  const auto begun = std::chrono::steady_clock::now();
  while (journal.head().sequence < amounts.entries) {
    std::vector<Proposal> group;
    const auto missing = amounts.entries - journal.head().sequence;
    while (group.size() < std::min<std::uint64_t>(group_max, missing))
      group.push_back(nation.next(journal.head().sequence));
    const auto outcomes = journal.append(group);
    if (!outcomes || !journal.idle()) {
      std::cerr << "fill_journal: the journal failed\n";
      return 1;
    }
  }
  const auto took = std::chrono::steady_clock::now() - begun;
  std::cout << fmt::format("{} entries after {:.1f} s\n", journal.head().sequence,
                           std::chrono::duration<double>(took).count());
  return 0;
}

}  // namespace
}  // namespace noroshi

int main(int argc, char** argv) {
  std::filesystem::path data;
  noroshi::Amounts amounts;
  CLI::App app("Fill the journal of a data directory that noroshi-hub init has made");
  app.add_option("DIR", data)->required();
  app.add_option("--entries", amounts.entries, "The log's length in the end")
      ->capture_default_str();
  app.add_option("--publishers", amounts.publishers)->capture_default_str();
  app.add_option("--subscribers", amounts.subscribers)->capture_default_str();
  app.add_option("--alerts", amounts.alerts_percent, "Percent")->capture_default_str();
  app.add_option("--acks", amounts.acks_percent, "Percent; the rest is refusals")
      ->capture_default_str();
  app.add_option("--ranges", amounts.ranges_max, "Of an entry of acknowledgements, at most")
      ->capture_default_str();
  app.add_option("--seed", amounts.seed)->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  return noroshi::fill(data, amounts);
}
