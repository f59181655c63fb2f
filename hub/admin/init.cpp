#include "hub/admin/init.hpp"

#include <sodium.h>

#include <cassert>

#include "hub/admin/audit_key.hpp"
#include "hub/admin/authority.hpp"
#include "hub/admin/data_directory.hpp"
#include "hub/admin/log_access.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admin/sample_prefecture.hpp"
#include "hub/admin/staged_file.hpp"
#include "hub/admin/token.hpp"
#include "hub/config/config.hpp"
#include "hub/config/host_name.hpp"

namespace noroshi::admin {
namespace {

constexpr mode_t private_directory = 0700;
constexpr mode_t private_file = 0600;
constexpr mode_t public_file = 0644;

Result<void> check_request(const InitRequest& request, Language language) {
  for (const auto& host : request.hosts) {
    if (!config::is_ip_address(host) && !config::is_dns_name(host)) {
      return failure(ErrorCode::invalid, say(language, Say::bad_host, printable(host)));
    }
  }
  const auto& environment = request.environment;
  if (environment != "live" && environment != "training" && environment != "demo") {
    return failure(ErrorCode::invalid, say(language, Say::bad_environment, printable(environment)));
  }
  return {};
}

// Whether the directory has to be made; an error when it cannot be taken.
enum class Place { absent, empty };
Result<Place> look_at(const DataDirectory& directory, Language language) {
  const auto name = printable(directory.root.string());
  std::error_code failed;
  const auto status = std::filesystem::symlink_status(directory.root, failed);
  if (status.type() == std::filesystem::file_type::not_found) return Place::absent;
  const bool empty = std::filesystem::is_empty(directory.root, failed);
  if (failed) return failure(ErrorCode::io, name + ": " + failed.message());
  if (empty && std::filesystem::is_directory(directory.root, failed)) return Place::empty;
  const bool unfinished = std::filesystem::exists(directory.unfinished(), failed);
  const auto what = unfinished ? Say::directory_unfinished : Say::directory_not_empty;
  return failure(ErrorCode::conflict, say(language, what, name));
}

// Carries out step after step until one fails.
class Steps {
 public:
  template <class Step>
  Steps& then(Step&& step) {
    if (outcome_) outcome_ = step();
    return *this;
  }
  [[nodiscard]] const Result<void>& outcome() const { return outcome_; }

 private:
  Result<void> outcome_;
};

Result<void> write_credentials(const DataDirectory& directory, const InitRequest& request,
                               std::int64_t now_ms) {
  const auto authority = make_authority(now_ms);
  if (!authority) return tl::unexpected<Error>(authority.error());
  const auto server = issue_server_certificate(*authority, request.hosts, now_ms);
  if (!server) return tl::unexpected<Error>(server.error());
  const auto tls = directory.tls();
  return Steps()
      .then([&] { return make_directory(tls, private_directory); })
      .then([&] { return write_durably(tls / "ca.key", authority->key, private_file); })
      .then([&] { return write_durably(tls / "ca.pem", authority->certificate, public_file); })
      .then([&] { return write_durably(tls / "hub.key", server->key, private_file); })
      .then([&] { return write_durably(tls / "hub.pem", server->certificate, public_file); })
      .outcome();
}

// The registrations and tokens that a new log begins with; each token's file is written first, so
// that no valid token is ever lost.
class FirstEntries {
 public:
  Result<void> issue(v1::TokenIssued::Kind kind, const std::string& id,
                     const std::filesystem::path& file) {
    const auto token = make_token(kind);
    add(token_issued(kind, id, journal::content_hash(token)));
    return write_durably(file, token + "\n", private_file);
  }

  void add(v1::EntryBody body) { proposals_.push_back({std::move(body), std::nullopt, nullptr}); }

  Result<void> append_to(const DataDirectory& directory, const journal::WallClock& clock) {
    auto log = OfflineLog::open(directory.journal(), clock);
    if (!log) return tl::unexpected<Error>(log.error());
    const auto outcomes = (*log)->append(proposals_);
    if (!outcomes) return tl::unexpected<Error>(outcomes.error());
    for (const auto& outcome : *outcomes) {
      if (!std::holds_alternative<journal::Committed>(outcome)) {
        return failure(ErrorCode::io, directory.journal().string());
      }
    }
    return {};
  }

 private:
  std::vector<journal::Proposal> proposals_;
};

Result<void> add_sample(FirstEntries& entries, const DataDirectory& directory, InitReport& report) {
  Steps steps;
  steps.then([&] { return make_directory(directory.demo(), private_directory); });
  const auto token_file = [&](const std::string& id) { return directory.demo() / (id + ".token"); };
  for (auto& publisher : sample_publishers()) {
    const auto code = publisher.code();
    v1::EntryBody body;
    *body.mutable_publisher_registered() = std::move(publisher);
    entries.add(std::move(body));
    steps.then([&] { return entries.issue(v1::TokenIssued::PUBLISHER, code, token_file(code)); });
    ++report.publishers;
  }
  for (auto& subscriber : sample_subscribers()) {
    const auto id = subscriber.id();
    v1::EntryBody body;
    *body.mutable_subscriber_registered() = std::move(subscriber);
    entries.add(std::move(body));
    steps.then([&] { return entries.issue(v1::TokenIssued::SUBSCRIBER, id, token_file(id)); });
    ++report.subscribers;
  }
  return steps.outcome();
}

Result<void> fill(const DataDirectory& directory, const InitRequest& request,
                  const journal::WallClock& clock, InitReport& report) {
  FirstEntries entries;
  const auto add_sample_if_wanted = [&]() -> Result<void> {
    if (request.sample == InitRequest::Sample::none) return {};
    return add_sample(entries, directory, report);
  };
  const auto configuration = config::commented_defaults(request.hosts);
  return Steps()
      .then([&] { return write_durably(directory.unfinished(), "init\n", public_file); })
      .then([&] { return write_durably(directory.configuration(), configuration, public_file); })
      .then([&] { return write_credentials(directory, request, clock()); })
      .then([&] { return make_directory(directory.keys(), private_directory); })
      .then([&] {
        return entries.issue(v1::TokenIssued::OPERATOR, "operator", directory.operator_token());
      })
      .then([&]() -> Result<void> {
        const auto key = audit_key(directory, report.epoch);
        if (!key) return tl::unexpected(key.error());
        return {};
      })
      .then(add_sample_if_wanted)
      .then([&] {
        return journal::create_sqlite(directory.journal(), report.epoch, request.environment,
                                      clock);
      })
      .then([&] { return entries.append_to(directory, clock); })
      .then([&] {
        return write_durably(directory.format(), std::string(directory_format) + "\n", public_file);
      })
      .then([&] { return remove_durably(directory.unfinished()); })
      .outcome();
}

}  // namespace

std::uint64_t random_epoch() {
  constexpr std::uint64_t epoch_max = (std::uint64_t{1} << 53) - 1;
  const int ready = sodium_init();
  assert(ready >= 0);
  (void)ready;
  std::uint64_t epoch = 0;
  while (epoch == 0) {
    randombytes_buf(&epoch, sizeof epoch);
    epoch &= epoch_max;
  }
  return epoch;
}

Result<void> take_root(const DataDirectory& directory, Language language) {
  const auto place = look_at(directory, language);
  if (!place) return tl::unexpected(place.error());
  return *place == Place::absent ? make_directory(directory.root, private_directory)
                                 : Result<void>{};
}

Result<InitReport> init(const InitRequest& request, const journal::WallClock& clock,
                        Language language) {
  if (auto fit = check_request(request, language); !fit) return tl::unexpected(fit.error());
  const DataDirectory directory{request.data};
  if (auto taken = take_root(directory, language); !taken) return tl::unexpected(taken.error());

  InitReport report;
  report.epoch = random_epoch();
  if (auto filled = fill(directory, request, clock, report); !filled) {
    return failure(filled.error().code,
                   say(language, Say::init_failed_half_way, printable(filled.error().detail),
                       printable(directory.root.string())));
  }
  return report;
}

}  // namespace noroshi::admin
