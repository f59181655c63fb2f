#include "hub/webhook/reach.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <optional>
#include <utility>

namespace noroshi::webhook {

Result<Reach> reach_of(const std::filesystem::path& data, const std::filesystem::path& ca_pem,
                       const std::vector<std::string>& networks) {
  std::vector<Network> allowed;
  for (const auto& text : networks) {
    const auto network = read_network(text);
    if (!network) return failure(ErrorCode::configuration, "webhook_private: " + text);
    allowed.push_back(*network);
  }
  auto tls = wire::TlsContext::client(std::nullopt);
  if (!tls) return tl::unexpected(tls.error());
  if (!ca_pem.empty()) {
    const auto file = data / ca_pem;
    if (SSL_CTX_load_verify_file(tls->native(), file.c_str()) != 1) {
      ERR_clear_error();
      return failure(ErrorCode::configuration, "webhook_ca: no certificates in " + file.string());
    }
  }
  return Reach{*std::move(tls), AddressGuard(std::move(allowed))};
}

}  // namespace noroshi::webhook
