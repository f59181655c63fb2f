// A publisher's side of the hub's HTTP API. Blocking, for command lines and simple systems.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "proto/wire/http.hpp"
#include "proto/wire/hub_address.hpp"
#include "proto/wire/tls.hpp"
#include "publishers/client/answers.hpp"
#include "publishers/client/exchange.hpp"
#include "publishers/client/failure.hpp"
#include "publishers/client/ladder_feed.hpp"
#include "publishers/client/pace.hpp"

namespace noroshi::publishers {

struct HubSettings {
  wire::HubAddress address;
  wire::TlsContext tls;
  std::string token;            // empty: the certificate in `tls` says who calls
  std::string drill = {};       // the session it speaks in; empty: live
  std::string language = "en";  // for Accept-Language
  std::chrono::milliseconds attempt_limit{15'000};  // one request and its answer
  std::chrono::milliseconds retry_first{100};       // see Pace
  std::chrono::milliseconds retry_most{10'000};
};

// Every call is repeated until the hub answers or `deadline` comes, as long as repeating may help:
// the hub cannot be reached, the line breaks, or it says 429 or 503 (then after its Retry-After).
// Submitting again is harmless: the same bytes are one alert for ever. The last failure is
// returned.
//
// Threading  none inside: one thread at a time.
class Hub {
 public:
  using Deadline = std::chrono::steady_clock::time_point;
  using OnRetry = std::function<void(const Failure&, std::chrono::milliseconds wait)>;

  // `on_retry` is told before each wait.
  Hub(HubSettings settings, OnRetry on_retry);

  Answer<Accepted> submit(std::string_view alert, std::string_view media_type, Deadline deadline);
  // The same with what a person adds: the token that answers what the hub asked, and why an officer
  // sends alone what needs two; "" for neither.
  struct Person {
    std::string confirm;
    std::string break_glass;
  };
  Answer<Accepted> submit(std::string_view alert, std::string_view media_type, const Person& person,
                          Deadline deadline);
  // An order that waits for a second person, in place of the draft `replaces` if any.
  Answer<Drafted> submit_draft(std::string_view alert, const std::string& replaces,
                               const std::string& confirm, Deadline deadline);
  Answer<DraftList> drafts(Deadline deadline);
  // Its bytes.
  Answer<std::string> draft(const std::string& id, Deadline deadline);
  // Signs exactly the bytes with this hash, in hexadecimal.
  Answer<Accepted> approve(const std::string& id, const std::string& sha256,
                           const std::string& confirm, Deadline deadline);
  Answer<std::string> withdraw(const std::string& id, const std::string& reason, Deadline deadline);
  // Who has the alert.
  Answer<Ladder> deliveries(std::uint64_t sequence, Deadline deadline);
  // The same as it changes, over server-sent events, until `changed` has enough, the deadline comes
  // or the process is told to end (SIGINT, SIGTERM). See LadderFeed.
  Answer<LadderFeed::End> follow(std::uint64_t sequence, Deadline deadline,
                                 const LadderFeed::Changed& changed);
  // The newest alert with this CAP identifier.
  Answer<std::optional<std::uint64_t>> find(std::string_view identifier, Deadline deadline);
  // The hub's reading of the alert as JSON text.
  Answer<std::string> alert(std::uint64_t sequence, Deadline deadline);
  // The accepted bytes of the alert.
  Answer<std::string> document(std::uint64_t sequence, Deadline deadline);

 private:
  Answer<wire::Response> call(const wire::Request& request, Deadline deadline);
  // `target` is below /v1, or below the drill.
  wire::Request get(const std::string& target) const;
  wire::Request post(const std::string& target, std::string_view media_type, std::string_view body,
                     const std::string& confirm) const;
  HubSettings settings_;
  OnRetry on_retry_;
};

// SHA-256 in hexadecimal.
std::string sha256_of(std::string_view bytes);

}  // namespace noroshi::publishers
