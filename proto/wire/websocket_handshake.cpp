#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>
#include <cassert>
#include <optional>
#include <vector>

#include "proto/wire/http_head.hpp"
#include "proto/wire/websocket.hpp"

namespace noroshi::wire {
namespace {

// RFC 6455, section 1.3.
constexpr std::string_view handshake_id = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
constexpr std::string_view version = "13";
constexpr std::size_t key_bytes = 16;

std::string base64(const unsigned char* bytes, std::size_t size) {
  std::string text((size + 2) / 3 * 4 + 1, '\0');
  const int written =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes, static_cast<int>(size));
  text.resize(static_cast<std::size_t>(written));
  return text;
}

// Sixteen bytes in base64 are 22 characters and two signs of equality.
bool is_key(std::string_view key) {
  constexpr std::size_t encoded = (key_bytes + 2) / 3 * 4;
  if (key.size() != encoded || key.substr(encoded - 2) != "==") return false;
  std::array<unsigned char, encoded> decoded{};
  return EVP_DecodeBlock(decoded.data(), reinterpret_cast<const unsigned char*>(key.data()),
                         static_cast<int>(encoded)) >= 0 &&
         key.find('=') == encoded - 2;
}

std::optional<std::string_view> single(const Fields& fields, std::string_view name) {
  std::optional<std::string_view> found;
  for (const auto& [field, value] : fields) {
    if (!same_word(field, name)) continue;
    if (found) return std::nullopt;
    found = value;
  }
  return found;
}

bool lists(const Fields& fields, std::string_view name, std::string_view word) {
  return std::any_of(fields.begin(), fields.end(), [&](const auto& field) {
    return same_word(field.first, name) && lists_word(field.second, word);
  });
}

// Section 4.1: tokens, each once, compared exactly unlike most words of HTTP. Nothing when they are
// not.
std::optional<std::vector<std::string_view>> offered_subprotocols(const Fields& fields) {
  std::vector<std::string_view> offered;
  for (const auto& [name, value] : fields) {
    if (!same_word(name, "Sec-WebSocket-Protocol")) continue;
    std::string_view list = value;
    for (;;) {
      const std::size_t comma = list.find(',');
      const auto word = without_blanks(list.substr(0, comma));
      const bool again = std::find(offered.begin(), offered.end(), word) != offered.end();
      if (!is_token(word) || again) return std::nullopt;
      offered.push_back(word);
      if (comma == std::string_view::npos) break;
      list.remove_prefix(comma + 1);
    }
  }
  return offered;
}

bool take(std::string_view& text, char c) {
  text = without_blanks(text);
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

bool take_token(std::string_view& text) {
  text = without_blanks(text);
  std::size_t size = 0;
  while (size < text.size() && is_token(text.substr(size, 1))) ++size;
  text.remove_prefix(size);
  return size > 0;
}

bool take_value(std::string_view& text) {
  return take(text, '"') ? take_token(text) && take(text, '"') : take_token(text);
}

// Section 9.1: none is ever chosen, but what cannot be read is no handshake.
bool is_extension_list(std::string_view text) {
  do {
    if (!take_token(text)) return false;
    while (take(text, ';')) {
      if (!take_token(text)) return false;
      if (take(text, '=') && !take_value(text)) return false;
    }
  } while (take(text, ','));
  return text.empty();
}

bool extensions_can_be_read(const Fields& fields) {
  return std::all_of(fields.begin(), fields.end(), [](const auto& field) {
    return !same_word(field.first, "Sec-WebSocket-Extensions") || is_extension_list(field.second);
  });
}

Response refuse(int status, std::string why) {
  Response response{status, {{"Content-Type", "text/plain; charset=utf-8"}}, std::move(why)};
  if (status == 426) {
    response.fields.emplace_back("Upgrade", "websocket");
    response.fields.emplace_back("Sec-WebSocket-Version", version);
  }
  return response;
}

}  // namespace

std::string accept_key(std::string_view key) {
  std::string text(key);
  text += handshake_id;
  std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
  unsigned int size = 0;
  [[maybe_unused]] const int hashed =
      EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr);
  assert(hashed == 1);
  return base64(digest.data(), size);
}

Response upgrade(const Request& request, std::span<const std::string_view> subprotocols,
                 std::string& chosen) {
  if (request.method != "GET") return refuse(400, "a WebSocket begins with GET\n");
  if (!request.body.empty()) return refuse(400, "a WebSocket begins without a body\n");
  if (!lists(request.fields, "Upgrade", "websocket") ||
      !lists(request.fields, "Connection", "upgrade"))
    return refuse(426, "this is a WebSocket\n");
  if (single(request.fields, "Sec-WebSocket-Version") != version)
    return refuse(426, "only version 13 of WebSocket is spoken here\n");
  const auto key = single(request.fields, "Sec-WebSocket-Key");
  if (!key || !is_key(*key)) return refuse(400, "Sec-WebSocket-Key is not 16 bytes in base64\n");

  if (lists(request.fields, "Connection", "close"))
    return refuse(400, "a WebSocket does not begin with a close\n");
  if (!extensions_can_be_read(request.fields))
    return refuse(400, "Sec-WebSocket-Extensions cannot be read\n");

  const auto offered = offered_subprotocols(request.fields);
  if (!offered) return refuse(400, "the subprotocols are not words, each once\n");
  const auto first = std::find_first_of(offered->begin(), offered->end(), subprotocols.begin(),
                                        subprotocols.end());
  if (first == offered->end() && !subprotocols.empty())
    return refuse(400, "none of the subprotocols is spoken here\n");

  Response response{101, {{"Upgrade", "websocket"}, {"Connection", "Upgrade"}}, {}};
  response.fields.emplace_back("Sec-WebSocket-Accept", accept_key(*key));
  chosen.clear();
  if (first != offered->end()) {
    chosen = *first;
    response.fields.emplace_back("Sec-WebSocket-Protocol", chosen);
  }
  return response;
}

Request upgrade_request(std::string_view target, std::string_view key,
                        std::string_view subprotocol) {
  assert(is_key(key));
  Request request;
  request.method = "GET";
  request.target = target;
  request.fields = {{"Upgrade", "websocket"},
                    {"Connection", "Upgrade"},
                    {"Sec-WebSocket-Key", std::string(key)},
                    {"Sec-WebSocket-Version", std::string(version)}};
  if (!subprotocol.empty())
    request.fields.emplace_back("Sec-WebSocket-Protocol", std::string(subprotocol));
  return request;
}

Result<void> check_upgrade(const Response& response, std::string_view key,
                           std::string_view subprotocol) {
  const auto wrong = [](std::string what) {
    return failure(ErrorCode::protocol, "WebSocket handshake: " + what);
  };
  const Fields& fields = response.fields;
  if (response.status != 101) return wrong("answered with " + std::to_string(response.status));
  if (!lists(fields, "Upgrade", "websocket") || !lists(fields, "Connection", "upgrade"))
    return wrong("the connection was not upgraded");
  if (single(fields, "Sec-WebSocket-Accept") != accept_key(key))
    return wrong("Sec-WebSocket-Accept does not answer our key");
  if (find(fields, "Sec-WebSocket-Extensions")) return wrong("an extension nobody asked for");
  if (find(fields, "Sec-WebSocket-Protocol").value_or("") != subprotocol)
    return wrong("another subprotocol than '" + std::string(subprotocol) + "'");
  return {};
}

}  // namespace noroshi::wire
