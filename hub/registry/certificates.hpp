// The client certificates this hub has issued, and its deny-list: a fold of the log.
//
// A certificate is an identity only if it is listed here with the same identity and the same key,
// so whoever steals the authority's key alone can make certificates but no identities.
//
// Threading  none inside: each thread that needs one folds its own from the same entries.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "hub/registry/principal.hpp"
#include "proto/wire/client_certificate.hpp"

namespace noroshi::registry {

// Times are Unix milliseconds.
struct IssuedCertificate {
  std::string serial;  // as in wire::ClientCertificate
  Principal::Kind kind;
  std::string id;
  std::string key_sha256;          // 32 bytes
  std::string certificate_sha256;  // 32 bytes
  std::int64_t from_ms = 0;
  std::int64_t until_ms = 0;
  std::optional<std::int64_t> refused_from_ms;  // on the deny-list, from then on
  std::string reason;
  drills::Channel channel;

  [[nodiscard]] bool refused_at(std::int64_t now_ms) const {
    return refused_from_ms && *refused_from_ms <= now_ms;
  }
  [[nodiscard]] bool good_at(std::int64_t now_ms) const {
    return from_ms <= now_ms && now_ms < until_ms && !refused_at(now_ms);
  }
};

class Certificates {
 public:
  // Entries of other kinds change nothing.
  void apply(const v1::EntryBody& body);

  [[nodiscard]] const IssuedCertificate* find(std::string_view serial) const;
  [[nodiscard]] const std::map<std::string, IssuedCertificate, std::less<>>& all() const {
    return by_serial_;
  }

  // What a certificate whose signature and chain are good is worth at `now_ms`.
  enum class Standing { good, unknown, refused, out_of_date };
  [[nodiscard]] Standing standing(const wire::ClientCertificate& presented,
                                  std::int64_t now_ms) const;
  // Whom it names, when its standing is good.
  [[nodiscard]] std::optional<Principal> principal_of(const wire::ClientCertificate& presented,
                                                      std::int64_t now_ms) const;
  // Whether the certificate the principal was found by is good.
  [[nodiscard]] bool stands(const Principal& principal, std::int64_t now_ms) const;

 private:
  std::map<std::string, IssuedCertificate, std::less<>> by_serial_;
};

}  // namespace noroshi::registry
