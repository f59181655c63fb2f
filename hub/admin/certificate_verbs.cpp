#include "hub/admin/certificate_verbs.hpp"

#include <fmt/chrono.h>

#include <algorithm>
#include <boost/json.hpp>
#include <ctime>
#include <optional>

#include "hub/admin/exit_code.hpp"
#include "hub/admin/printable.hpp"
#include "proto/hexadecimal.hpp"

namespace noroshi::admin {
namespace {

namespace json = boost::json;
using Action = AdminRequest::Action;
using registry::IssuedCertificate;
using registry::Principal;

constexpr std::size_t hash_bytes = 32;
constexpr std::size_t serial_bytes_max = 20;
constexpr std::size_t reason_bytes_max = 1000;

std::string instant(std::int64_t unix_ms) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(static_cast<std::time_t>(unix_ms / 1000)));
}

std::optional<std::string> bytes_of(std::string_view digits) {
  return digits.empty() ? std::nullopt : from_hexadecimal(digits);
}

std::string name_of(const IssuedCertificate& certificate) {
  const bool publisher = certificate.kind == Principal::Kind::publisher;
  return wire::identity_uri(
      {publisher ? wire::Role::publisher : wire::Role::subscriber, certificate.id});
}

std::string_view state_code(const IssuedCertificate& certificate, std::int64_t now_ms) {
  if (certificate.refused_at(now_ms)) return "revoked";
  if (now_ms >= certificate.until_ms) return "expired";
  return now_ms < certificate.from_ms ? "not-yet-valid" : "valid";
}

std::string state_words(const IssuedCertificate& certificate, std::int64_t now_ms,
                        Language language) {
  if (certificate.refused_at(now_ms)) return say(language, Say::cert_state_revoked);
  if (now_ms >= certificate.until_ms) return say(language, Say::cert_state_expired);
  if (now_ms < certificate.from_ms) return say(language, Say::cert_state_not_yet);
  if (certificate.refused_from_ms && *certificate.refused_from_ms < certificate.until_ms) {
    return say(language, Say::cert_state_ends, instant(*certificate.refused_from_ms));
  }
  return say(language, Say::cert_state_valid);
}

std::string json_of(const IssuedCertificate& certificate, std::int64_t now_ms) {
  json::object object{{"serial", certificate.serial},
                      {"identity", name_of(certificate)},
                      {"key_sha256", hexadecimal(certificate.key_sha256)},
                      {"certificate_sha256", hexadecimal(certificate.certificate_sha256)},
                      {"from", instant(certificate.from_ms)},
                      {"until", instant(certificate.until_ms)},
                      {"state", state_code(certificate, now_ms)}};
  if (certificate.refused_from_ms) {
    object["refused_from"] = instant(*certificate.refused_from_ms);
    object["reason"] = certificate.reason;
  }
  return json::serialize(object) + "\n";
}

class CertificateVerb {
 public:
  CertificateVerb(const AdminRequest& request, const registry::Registry& registry)
      : request_(request),
        terms_(*request.certificate),
        registry_(registry),
        language_(request.language) {}

  Administration carry_out() {
    if (!is_printable(request_.reason) || request_.reason.size() > reason_bytes_max) {
      return malformed("reason");
    }
    switch (request_.action) {
      case Action::list:
        return list();
      case Action::issue:
        return issue();
      case Action::renew:
        return renew();
      case Action::revoke:
        return revoke();
      default:
        return malformed("action");
    }
  }

 private:
  Administration refused(ErrorCode code, std::string detail) {
    return {{}, answer_of({code, std::move(detail)})};
  }
  Administration malformed(std::string_view what) {
    return refused(ErrorCode::invalid, say(language_, Say::request_malformed, what));
  }

  [[nodiscard]] Principal::Kind kind() const {
    return terms_.holder == CertificateTerms::Holder::publisher ? Principal::Kind::publisher
                                                                : Principal::Kind::subscriber;
  }

  [[nodiscard]] std::vector<const IssuedCertificate*> not_yet_refused() const {
    std::vector<const IssuedCertificate*> found;
    for (const auto& [serial, certificate] : registry_.certificates().all()) {
      if (certificate.kind == kind() && certificate.id == request_.id &&
          terms_.now_ms < certificate.until_ms && !certificate.refused_at(terms_.now_ms)) {
        found.push_back(&certificate);
      }
    }
    return found;
  }

  Administration list() {
    AdminAnswer answer;
    for (const auto& [serial, certificate] : registry_.certificates().all()) {
      answer.data += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", serial, name_of(certificate),
                                 instant(certificate.from_ms), instant(certificate.until_ms),
                                 hexadecimal(certificate.key_sha256),
                                 state_words(certificate, terms_.now_ms, language_));
      answer.json += json_of(certificate, terms_.now_ms);
    }
    if (answer.data.empty()) answer.note = say(language_, Say::cert_list_empty);
    return {{}, answer};
  }

  // What is wrong with pinning the certificate of the request, if anything.
  std::optional<Administration> objection() {
    const bool registered = kind() == Principal::Kind::publisher
                                ? registry_.publisher(request_.id) != nullptr
                                : registry_.subscriber(request_.id) != nullptr;
    if (terms_.holder == CertificateTerms::Holder::nobody) return malformed("holder");
    if (!registered) {
      return refused(ErrorCode::not_found,
                     say(language_,
                         kind() == Principal::Kind::publisher ? Say::publisher_unknown
                                                              : Say::subscriber_unknown,
                         printable(request_.id)));
    }
    const auto serial = bytes_of(terms_.serial);
    const auto key = bytes_of(terms_.key_sha256);
    const auto whole = bytes_of(terms_.certificate_sha256);
    if (!serial || serial->size() > serial_bytes_max || serial->front() == '\0' ||
        registry_.certificates().find(terms_.serial) != nullptr) {
      return malformed("serial");
    }
    if (!key || key->size() != hash_bytes) return malformed("key_sha256");
    if (!whole || whole->size() != hash_bytes) return malformed("certificate_sha256");
    if (terms_.from_ms >= terms_.until_ms) return malformed("until_ms");
    return objection_to_key(*key);
  }

  // A key stands for one identity, and never again once a certificate for it was revoked.
  std::optional<Administration> objection_to_key(const std::string& key) {
    for (const auto& [serial, certificate] : registry_.certificates().all()) {
      if (certificate.key_sha256 != key) continue;
      const bool same = certificate.kind == kind() && certificate.id == request_.id;
      if (same && !certificate.refused_at(terms_.now_ms)) continue;
      return refused(ErrorCode::conflict,
                     say(language_, Say::cert_key_taken, name_of(certificate), serial));
    }
    return std::nullopt;
  }

  Administration pinned() {
    v1::EntryBody body;
    auto& issued = *body.mutable_certificate_issued();
    issued.set_kind(registry::kind_of(kind()));
    issued.set_id(request_.id);
    issued.set_serial(*bytes_of(terms_.serial));
    issued.set_key_sha256(*bytes_of(terms_.key_sha256));
    issued.set_certificate_sha256(*bytes_of(terms_.certificate_sha256));
    issued.set_from_ms(terms_.from_ms);
    issued.set_until_ms(terms_.until_ms);
    registry::Certificates future;
    future.apply(body);
    const auto& certificate = *future.find(terms_.serial);
    Administration administration;
    administration.answer.note = say(language_, Say::cert_issued, terms_.serial,
                                     name_of(certificate), instant(terms_.until_ms));
    administration.answer.json = json_of(certificate, terms_.now_ms);
    administration.proposals.push_back({std::move(body), std::nullopt, nullptr});
    return administration;
  }

  Administration issue() {
    if (auto objection = this->objection()) return std::move(*objection);
    if (not_yet_refused().size() >= certificates_per_identity_max) {
      return refused(ErrorCode::conflict, say(language_, Say::cert_too_many, request_.id,
                                              certificates_per_identity_max));
    }
    return pinned();
  }

  Administration renew() {
    if (auto objection = this->objection()) return std::move(*objection);
    const auto former = not_yet_refused();
    if (former.empty()) {
      return refused(ErrorCode::not_found, say(language_, Say::cert_none_valid, request_.id));
    }
    auto administration = pinned();
    for (const auto* certificate : former) {
      propose_refusal(administration, *certificate, "renewed by " + terms_.serial);
    }
    administration.answer.note +=
        "\n" + say(language_, Say::cert_former_end, former.size(), instant(terms_.refused_from_ms));
    return administration;
  }

  Administration revoke() {
    std::vector<const IssuedCertificate*> meant;
    if (!terms_.serial.empty()) {
      const auto* certificate = registry_.certificates().find(terms_.serial);
      if (certificate == nullptr) {
        return refused(ErrorCode::not_found,
                       say(language_, Say::cert_unknown, printable(terms_.serial)));
      }
      if (certificate->refused_at(terms_.refused_from_ms)) {
        return {{},
                {exit_code::ok, "", say(language_, Say::cert_revoked_already, certificate->serial),
                 json_of(*certificate, terms_.now_ms)}};
      }
      meant.push_back(certificate);
    } else {
      if (terms_.holder == CertificateTerms::Holder::nobody) return malformed("holder");
      meant = not_yet_refused();
    }
    if (meant.empty()) {
      return refused(ErrorCode::not_found,
                     say(language_, Say::cert_none_valid, printable(request_.id)));
    }
    Administration administration;
    for (const auto* certificate : meant) {
      propose_refusal(administration, *certificate, request_.reason);
      auto after = *certificate;
      after.refused_from_ms = terms_.refused_from_ms;
      after.reason = request_.reason;
      auto& [exit_code, data, note, json] = administration.answer;
      note += (note.empty() ? "" : "\n") +
              say(language_, Say::cert_revoked, certificate->serial, name_of(*certificate));
      json += json_of(after, terms_.now_ms);
    }
    return administration;
  }

  void propose_refusal(Administration& administration, const IssuedCertificate& certificate,
                       const std::string& reason) {
    v1::EntryBody body;
    auto& revoked = *body.mutable_certificate_revoked();
    revoked.set_kind(registry::kind_of(certificate.kind));
    revoked.set_id(certificate.id);
    revoked.set_serial(*bytes_of(certificate.serial));
    revoked.set_refused_from_ms(terms_.refused_from_ms);
    revoked.set_reason(reason);
    administration.proposals.push_back({std::move(body), std::nullopt, nullptr});
  }

  const AdminRequest& request_;
  const CertificateTerms& terms_;
  const registry::Registry& registry_;
  const Language language_;
};

}  // namespace

Administration administer_certificates(const AdminRequest& request,
                                       const registry::Registry& registry) {
  if (!request.certificate) {
    return {{},
            answer_of({ErrorCode::invalid,
                       say(request.language, Say::request_malformed, "certificate")})};
  }
  return CertificateVerb(request, registry).carry_out();
}

}  // namespace noroshi::admin
