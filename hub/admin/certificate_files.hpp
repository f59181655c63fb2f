// The verbs on certificates as their user sees them: made and signed here, pinned in the log by
// carry_out(), and written to files once that is done. The hub itself never sees a client's private
// key nor the authority's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/admin/data_directory.hpp"
#include "hub/admin/request.hpp"
#include "hub/journal/journal.hpp"

namespace noroshi::admin {

struct CertificateOptions {
  std::string kind;      // publisher, subscriber, or for renew: hub
  std::string out;       // folder for the files; empty: the current one
  std::string csr;       // file with a PKCS #10 request in place of a key made here
  std::string ca_key;    // empty: DIR/tls/ca.key
  std::string identity;  // for revoke: [noroshi:]publisher:362018
  int days = 365;
  int overlap_days = 14;
  std::vector<std::string> hosts;  // for renew hub: in addition to those it has
};

// `request` holds the action, the id, the reason and, for revoke, the serial number.
AdminAnswer carry_out_certificate(const DataDirectory& directory, AdminRequest request,
                                  const CertificateOptions& options,
                                  const journal::WallClock& clock);

}  // namespace noroshi::admin
