#include "proto/merkle/note.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <cassert>
#include <utility>

#include "proto/merkle/note_parts.hpp"

namespace noroshi::merkle {
namespace {

using PrivateKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Digest = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

constexpr std::size_t ed25519_bytes = 64;

tl::unexpected<Error> no_note(const char* why) { return failure(ErrorCode::invalid, why); }

}  // namespace

std::uint32_t NoteVerifier::id() const { return key_id(name, KeyType::ed25519, key); }

std::string NoteVerifier::text() const { return key_text(name, KeyType::ed25519, key); }

Result<NoteVerifier> NoteVerifier::read(std::string_view text) {
  auto named = read_key_text(text, KeyType::ed25519);
  if (!named) return tl::unexpected(named.error());
  return NoteVerifier{std::move(named->name), named->key};
}

struct NoteSigner::State {
  NoteVerifier verifier;
  PrivateKey key;
};

NoteSigner::NoteSigner(std::unique_ptr<State> state) : state_(std::move(state)) {}
NoteSigner::~NoteSigner() = default;
NoteSigner::NoteSigner(NoteSigner&&) noexcept = default;
NoteSigner& NoteSigner::operator=(NoteSigner&&) noexcept = default;

namespace {

Result<NoteVerifier> verifier_of(std::string name, const PrivateKey& key) {
  if (!is_note_name(name)) return no_note("a name has no white space and no plus");
  NoteVerifier verifier{std::move(name), {}};
  std::size_t size = verifier.key.size();
  if (!key || EVP_PKEY_get_raw_public_key(key.get(), verifier.key.data(), &size) != 1)
    return failure(ErrorCode::io, "no Ed25519 key could be made");
  return verifier;
}

}  // namespace

Result<NoteSigner> NoteSigner::make(std::string name) {
  PrivateKey key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), &EVP_PKEY_free);
  auto verifier = verifier_of(std::move(name), key);
  if (!verifier) return tl::unexpected(verifier.error());
  return NoteSigner(std::make_unique<State>(State{*std::move(verifier), std::move(key)}));
}

Result<NoteSigner> NoteSigner::of(std::string name, std::span<const std::uint8_t, 32> seed) {
  PrivateKey key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()),
                 &EVP_PKEY_free);
  auto verifier = verifier_of(std::move(name), key);
  if (!verifier) return tl::unexpected(verifier.error());
  return NoteSigner(std::make_unique<State>(State{*std::move(verifier), std::move(key)}));
}

const NoteVerifier& NoteSigner::verifier() const { return state_->verifier; }

std::array<std::uint8_t, 32> NoteSigner::seed() const {
  std::array<std::uint8_t, 32> seed{};
  std::size_t size = seed.size();
  [[maybe_unused]] const auto got =
      EVP_PKEY_get_raw_private_key(state_->key.get(), seed.data(), &size);
  assert(got == 1 && size == seed.size());
  return seed;
}

std::string NoteSigner::signature_of(std::string_view bytes) const {
  std::string signature(ed25519_bytes, '\0');
  std::size_t size = signature.size();
  const Digest context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  [[maybe_unused]] const bool done =
      context &&
      EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, state_->key.get()) == 1 &&
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()) == 1;
  assert(done && size == signature.size());
  return signature;
}

std::string NoteSigner::sign(std::string_view text) const {
  const auto& verifier = state_->verifier;
  return text_of(SignatureLine{verifier.name, big_endian(verifier.id(), 4), signature_of(text)});
}

Result<std::string> sign_note(std::string_view text, const NoteSigner& signer) {
  if (!text.ends_with('\n') || !is_note_text(text))
    return no_note("a note is UTF-8 text without control characters and ends with a newline");
  return std::string(text) + "\n" + signer.sign(text);
}

Result<OpenedNote> open_note(std::string_view note, std::span<const NoteVerifier> verifiers) {
  auto parts = parts_of(note);
  if (!parts) return tl::unexpected(parts.error());
  OpenedNote opened{std::move(parts->text), {}};
  for (const auto& line : parts->signatures) {
    const auto by = std::find_if(verifiers.begin(), verifiers.end(), [&](const auto& verifier) {
      return verifier.name == line.name && big_endian(verifier.id(), 4) == line.id;
    });
    if (by == verifiers.end()) continue;
    if (!is_signed(by->key, opened.text, line.signature))
      return failure(ErrorCode::refused, "the signature of " + by->name + " is wrong");
    if (std::find(opened.signed_by.begin(), opened.signed_by.end(), by->name) ==
        opened.signed_by.end())
      opened.signed_by.push_back(by->name);
  }
  if (opened.signed_by.empty())
    return failure(ErrorCode::refused, "nobody who is known has signed it");
  return opened;
}

}  // namespace noroshi::merkle
