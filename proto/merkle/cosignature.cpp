#include "proto/merkle/cosignature.hpp"

#include <algorithm>
#include <utility>

#include "proto/hexadecimal.hpp"
#include "proto/merkle/base64.hpp"

namespace noroshi::merkle {
namespace {

constexpr std::string_view secret_start = "PRIVATE+KEY+";
constexpr std::size_t time_bytes = 8;
constexpr std::size_t key_id_bytes = 4;

std::string cosigned_message(std::string_view text, std::uint64_t unix_seconds) {
  return "cosignature/v1\ntime " + std::to_string(unix_seconds) + "\n" + std::string(text);
}

std::uint64_t number_of(std::string_view big_endian_bytes) {
  std::uint64_t number = 0;
  for (const char c : big_endian_bytes) number = number << 8U | static_cast<unsigned char>(c);
  return number;
}

}  // namespace

Result<WitnessKey> WitnessKey::read(std::string_view text) {
  auto named = read_key_text(text, KeyType::cosignature);
  if (!named) return tl::unexpected(named.error());
  return WitnessKey{std::move(named->name), named->key};
}

std::string WitnessKey::text() const { return key_text(name, KeyType::cosignature, key); }

std::uint32_t WitnessKey::id() const { return key_id(name, KeyType::cosignature, key); }

Result<Cosigner> Cosigner::make(std::string name) {
  return NoteSigner::make(std::move(name)).map([](NoteSigner signer) {
    return Cosigner(std::move(signer));
  });
}

Result<Cosigner> Cosigner::read(std::string_view secret) {
  const auto wrong = [] {
    return failure(ErrorCode::invalid, "not PRIVATE+KEY+<name>+<id>+<key> of a witness");
  };
  if (!secret.starts_with(secret_start)) return wrong();
  const auto rest = secret.substr(secret_start.size());
  const auto name = rest.substr(0, rest.find('+'));
  const auto id = rest.find('+', name.size() + 1);  // base64 has plus signs of its own
  const auto typed = id == std::string_view::npos ? std::nullopt : from_base64(rest.substr(id + 1));
  std::array<std::uint8_t, 32> seed{};
  if (!typed || typed->size() != 1 + seed.size() ||
      typed->front() != static_cast<char>(KeyType::cosignature))
    return wrong();
  std::copy(typed->begin() + 1, typed->end(), seed.begin());
  auto signer = NoteSigner::of(std::string(name), seed);
  if (!signer) return tl::unexpected(signer.error());
  Cosigner cosigner(*std::move(signer));
  if (cosigner.secret() != secret) return wrong();
  return cosigner;
}

WitnessKey Cosigner::key() const {
  const auto& [name, key] = signer_.verifier();
  return {name, key};
}

std::string Cosigner::secret() const {
  const auto seed = signer_.seed();
  std::string typed(1, static_cast<char>(KeyType::cosignature));
  typed.append(seed.begin(), seed.end());
  return std::string(secret_start) + signer_.verifier().name + "+" +
         hexadecimal(big_endian(key().id(), key_id_bytes)) + "+" + base64(typed);
}

std::string Cosigner::cosign(std::string_view text, std::uint64_t unix_seconds) const {
  return text_of(SignatureLine{signer_.verifier().name, big_endian(key().id(), key_id_bytes),
                               big_endian(unix_seconds, time_bytes) +
                                   signer_.signature_of(cosigned_message(text, unix_seconds))});
}

Result<Cosignature> cosignature_in(const NoteParts& note, std::span<const WitnessKey> witnesses) {
  for (const auto& line : note.signatures) {
    const auto by = std::find_if(witnesses.begin(), witnesses.end(), [&](const auto& witness) {
      return witness.name == line.name && big_endian(witness.id(), key_id_bytes) == line.id;
    });
    if (by == witnesses.end()) continue;
    const std::string_view signature = line.signature;
    if (signature.size() <= time_bytes)
      return failure(ErrorCode::refused, "the cosignature of " + by->name + " is wrong");
    const auto time = number_of(signature.substr(0, time_bytes));
    if (!is_signed(by->key, cosigned_message(note.text, time), signature.substr(time_bytes)))
      return failure(ErrorCode::refused, "the cosignature of " + by->name + " is wrong");
    return Cosignature{*by, time, text_of(line)};
  }
  return failure(ErrorCode::refused, "no witness who is known has cosigned it");
}

}  // namespace noroshi::merkle
