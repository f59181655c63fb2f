// Standard Webhooks (standardwebhooks.com, specification 1.0.0): symmetric signatures, `v1`.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "proto/result.hpp"

namespace noroshi::webhook {

inline constexpr std::size_t secret_bytes_min = 24;
inline constexpr std::size_t secret_bytes_max = 64;
// During a rotation; otherwise there is one.
inline constexpr std::size_t secrets_max = 2;

using Secret = std::string;  // raw bytes

// 32 random bytes.
Secret make_secret();
// `whsec_` and base64, as it is given to the subscriber.
std::string secret_text(const Secret& secret);
// invalid unless it is such a text of 24 to 64 bytes.
Result<Secret> read_secret(std::string_view text);

// The value of webhook-signature: a signature for each secret, over `id`.`timestamp`.`body`.
std::string sign(std::span<const Secret> secrets, std::string_view id, std::int64_t timestamp_s,
                 std::string_view body);

// The content that lies beside the log: a fresh 16-byte salt, then v1::WebhookSecrets.
std::string seal(std::span<const Secret> secrets);
// Empty when there are none in it.
std::vector<Secret> unseal(std::string_view content);

}  // namespace noroshi::webhook
