#include "hub/admin/certificate_files.hpp"

#include <fmt/chrono.h>

#include <boost/json.hpp>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>
#include <utility>

#include "hub/admin/authority.hpp"
#include "hub/admin/exit_code.hpp"
#include "hub/admin/printable.hpp"
#include "hub/admin/reach.hpp"
#include "hub/admin/staged_file.hpp"
#include "hub/admin/terms.hpp"
#include "hub/config/host_name.hpp"
#include "proto/hexadecimal.hpp"

namespace noroshi::admin {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;
using Action = AdminRequest::Action;
using Holder = CertificateTerms::Holder;

constexpr mode_t private_file = 0600;
constexpr mode_t public_file = 0644;
constexpr std::size_t pem_bytes_max = 64u << 10;
constexpr std::int64_t day_ms = 86'400'000;

std::string date(std::int64_t unix_ms) {
  return fmt::format("{:%Y-%m-%d}", fmt::gmtime(static_cast<std::time_t>(unix_ms / 1000)));
}

// not_found when there is none.
Result<std::string> read_file(const fs::path& file) {
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  std::string bytes(pem_bytes_max, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (in.gcount() <= 0) {
    const auto code = errno == ENOENT ? ErrorCode::not_found : ErrorCode::io;
    const char* why = errno == 0 ? "empty" : std::strerror(errno);
    return failure(code, printable(file.string()) + ": " + why);
  }
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

// OpenSSL shows serial numbers in capitals, and some programs with colons.
std::string plain_serial(const std::string& typed) {
  std::string serial;
  for (const char c : typed) {
    if (c != ':') serial += c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return serial;
}

class CertificateRun {
 public:
  CertificateRun(const DataDirectory& directory, AdminRequest request,
                 const CertificateOptions& options, const journal::WallClock& clock)
      : directory_(directory),
        request_(std::move(request)),
        options_(options),
        clock_(clock),
        now_ms_(clock()),
        language_(request_.language) {}

  AdminAnswer carry_out() {
    if (const auto complete = check_complete(directory_, language_); !complete) {
      return answer_of(complete.error());
    }
    if (!request_.certificate) request_.certificate.emplace();
    request_.certificate->now_ms = now_ms_;
    switch (request_.action) {
      case Action::issue:
      case Action::renew:
        return options_.kind == "hub" ? renew_hub() : issue();
      case Action::revoke:
        return revoke();
      default:
        return admin::carry_out(directory_, request_, clock_);
    }
  }

 private:
  [[nodiscard]] tl::unexpected<Error> wrong(ErrorCode code, std::string words) const {
    return failure(code, std::move(words));
  }

  // The authority's certificate and key, which may be kept off-line.
  Result<Credential> authority() {
    const auto certificate_file = directory_.tls() / "ca.pem";
    const auto key_file =
        options_.ca_key.empty() ? directory_.tls() / "ca.key" : fs::path(options_.ca_key);
    const auto shown = printable(key_file.string());
    auto certificate = read_file(certificate_file);
    if (!certificate) return wrong(ErrorCode::configuration, certificate.error().detail);
    auto key = read_file(key_file);
    if (!key && key.error().code == ErrorCode::not_found) {
      return wrong(ErrorCode::configuration, say(language_, Say::cert_authority_missing, shown));
    }
    if (!key) return wrong(ErrorCode::configuration, key.error().detail);
    if (!examine_credential(*certificate, *key)) {
      return wrong(ErrorCode::configuration, say(language_, Say::check_key_mismatch, shown,
                                                 printable(certificate_file.string())));
    }
    return Credential{std::move(*certificate), std::move(*key)};
  }

  Result<wire::ClientIdentity> identity_of(const std::string& kind, const std::string& id) const {
    const bool publisher = kind == "publisher";
    if (!publisher && kind != "subscriber") {
      return wrong(ErrorCode::invalid, say(language_, Say::cert_bad_identity, printable(kind)));
    }
    auto checked = publisher ? publisher_code(id, language_) : subscriber_id(id, language_);
    if (!checked) return tl::unexpected<Error>(checked.error());
    return wire::ClientIdentity{publisher ? wire::Role::publisher : wire::Role::subscriber,
                                std::move(*checked)};
  }

  void name_holder(const wire::ClientIdentity& identity) {
    request_.id = identity.id;
    request_.certificate->holder =
        identity.role == wire::Role::publisher ? Holder::publisher : Holder::subscriber;
  }

  Error explained(const Error& error) const {
    const auto csr = printable(options_.csr);
    if (error.detail == "request") return {error.code, say(language_, Say::cert_csr_bad, csr)};
    if (error.detail == "request.proof")
      return {ErrorCode::refused, say(language_, Say::cert_csr_proof, csr)};
    if (error.detail == "request.key")
      return {ErrorCode::refused, say(language_, Say::cert_csr_key, csr)};
    if (error.detail == "authority.ends")
      return {ErrorCode::refused, say(language_, Say::cert_authority_ends)};
    return error;
  }

  AdminAnswer issue() {
    const auto identity = identity_of(options_.kind, request_.id);
    if (!identity) return answer_of(identity.error());
    name_holder(*identity);
    const auto stem = options_.kind + "-" + identity->id;
    certificate_file_ = fs::path(options_.out) / (stem + ".pem");
    key_file_ = fs::path(options_.out) / (stem + ".key");
    for (const auto& file : {certificate_file_, key_file_}) {
      std::error_code ignored;
      const bool written = file == certificate_file_ || options_.csr.empty();
      if (written && fs::exists(fs::symlink_status(file, ignored))) {
        return answer_of(
            {ErrorCode::conflict, say(language_, Say::cert_file_exists, printable(file.string()))});
      }
    }
    const auto authority = this->authority();
    if (!authority) return answer_of(authority.error());
    std::string csr;
    if (!options_.csr.empty()) {
      auto read = read_file(options_.csr);
      if (!read) return answer_of(read.error());
      csr = std::move(*read);
    }
    const auto made = issue_client_certificate(*authority, *identity, options_.days, csr, now_ms_);
    if (!made) return answer_of(explained(made.error()));
    return pin(*made);
  }

  // Files first under other names, then the log, then their names: no pinned certificate is lost.
  AdminAnswer pin(const ClientCredential& made) {
    auto& terms = *request_.certificate;
    terms.serial = made.facts.serial;
    terms.key_sha256 = hexadecimal(made.facts.key_sha256);
    terms.certificate_sha256 = hexadecimal(made.certificate_sha256);
    terms.from_ms = made.facts.from_ms;
    terms.until_ms = made.facts.until_ms;
    terms.refused_from_ms = now_ms_ + options_.overlap_days * day_ms;

    auto certificate = StagedFile::prepare(certificate_file_, made.certificate, public_file);
    if (!certificate) return answer_of(certificate.error());
    std::optional<StagedFile> key;
    if (!made.key.empty()) {
      auto staged = StagedFile::prepare(key_file_, made.key, private_file);
      if (!staged) return answer_of(staged.error());
      key.emplace(std::move(*staged));
    }
    auto answer = admin::carry_out(directory_, request_, clock_);
    if (answer.exit_code != exit_code::ok) return answer;
    if (key) {
      if (const auto published = key->publish(); !published) return answer_of(published.error());
    }
    if (const auto published = certificate->publish(); !published) {
      return answer_of(published.error());
    }
    tell_files(answer, key.has_value());
    return answer;
  }

  void tell_files(AdminAnswer& answer, bool with_key) const {
    answer.note += "\n" + say(language_, Say::cert_written, printable(certificate_file_.string()));
    if (with_key) {
      answer.note += "\n" + say(language_, Say::cert_key_written, printable(key_file_.string()));
    }
    json::error_code failed;
    auto object = json::parse(answer.json, failed);
    if (failed || !object.is_object()) return;
    object.as_object()["certificate_file"] = certificate_file_.string();
    if (with_key) object.as_object()["key_file"] = key_file_.string();
    answer.json = json::serialize(object) + "\n";
  }

  AdminAnswer revoke() {
    auto& terms = *request_.certificate;
    terms.serial = plain_serial(terms.serial);
    const bool by_identity = !options_.identity.empty();
    if (by_identity != terms.serial.empty()) {
      return answer_of({ErrorCode::invalid, say(language_, Say::cert_serial_or_identity)});
    }
    if (by_identity) {
      const std::string prefix =
          options_.identity.starts_with("noroshi:") ? "" : std::string("noroshi:");
      const auto identity = wire::read_identity_uri(prefix + options_.identity);
      if (!identity) {
        return answer_of({ErrorCode::invalid,
                          say(language_, Say::cert_bad_identity, printable(options_.identity))});
      }
      name_holder(*identity);
    }
    terms.refused_from_ms = 0;
    return admin::carry_out(directory_, request_, clock_);
  }

  // For the key it has: one file changes, so a crash leaves a pair that fits. Without its key file
  // it gets a new key.
  AdminAnswer renew_hub() {
    const auto authority = this->authority();
    if (!authority) return answer_of(authority.error());
    const auto certificate_file = directory_.tls() / "hub.pem";
    const auto key_file = directory_.tls() / "hub.key";
    std::vector<std::string> hosts = options_.hosts;
    for (const auto& host : hosts) {
      if (!config::is_ip_address(host) && !config::is_dns_name(host)) {
        return answer_of({ErrorCode::invalid, say(language_, Say::bad_host, printable(host))});
      }
    }
    if (const auto old = read_file(certificate_file)) {
      const auto named = hosts_of(*old);
      if (named) hosts.insert(hosts.begin(), named->begin(), named->end());
    }
    auto key = read_file(key_file);
    if (!key && key.error().code != ErrorCode::not_found) return answer_of(key.error());
    const auto made =
        issue_server_certificate(*authority, hosts, now_ms_, key ? std::string_view(*key) : "");
    if (!made) return answer_of(made.error());
    const auto facts = examine_credential(made->certificate, made->key);
    if (!facts) return answer_of(facts.error());
    if (!key) {
      const auto written = write_durably(key_file, made->key, private_file);
      if (!written) return answer_of(written.error());
    }
    const auto written = write_durably(certificate_file, made->certificate, public_file);
    if (!written) return answer_of(written.error());
    const auto names = hosts_of(made->certificate).value_or(std::vector<std::string>{});
    AdminAnswer answer;
    answer.note = say(language_, Say::cert_hub_renewed, date(facts->valid_until_ms),
                      fmt::format("{}", fmt::join(names, ", ")));
    answer.json =
        json::serialize(json::object{{"certificate_file", certificate_file.string()},
                                     {"until", date(facts->valid_until_ms)},
                                     {"hosts", json::array(names.begin(), names.end())}}) +
        "\n";
    return answer;
  }

  const DataDirectory& directory_;
  AdminRequest request_;
  const CertificateOptions& options_;
  const journal::WallClock& clock_;
  const std::int64_t now_ms_;
  const Language language_;
  fs::path certificate_file_;
  fs::path key_file_;
};

}  // namespace

AdminAnswer carry_out_certificate(const DataDirectory& directory, AdminRequest request,
                                  const CertificateOptions& options,
                                  const journal::WallClock& clock) {
  return CertificateRun(directory, std::move(request), options, clock).carry_out();
}

}  // namespace noroshi::admin
