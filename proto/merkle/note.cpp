#include "proto/merkle/note.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <cassert>
#include <utility>

#include "proto/cap/utf8.hpp"
#include "proto/hexadecimal.hpp"
#include "proto/merkle/base64.hpp"
#include "proto/merkle/hash.hpp"

namespace noroshi::merkle {
namespace {

using PrivateKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Digest = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

constexpr char ed25519 = 1;
constexpr std::size_t signature_bytes = 64;
constexpr std::size_t id_bytes = 4;
constexpr std::size_t note_bytes_max = 1 << 20;
constexpr std::size_t signatures_max = 100;
constexpr std::string_view line_start = "\xE2\x80\x94 ";  // an em dash

const unsigned char* unsigned_bytes(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

bool is_text(std::string_view text) {
  return cap::utf8::first_fault(text) == std::string_view::npos &&
         std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; });
}

// Of Unicode's White_Space, but for controls.
bool is_space(char32_t c) {
  return c == ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_name(std::string_view name) {
  if (name.empty() || !is_text(name)) return false;
  while (!name.empty())
    if (const auto c = cap::utf8::take(name); c == '+' || c == '\n' || is_space(c)) return false;
  return true;
}

std::string typed_key(const std::array<std::uint8_t, 32>& key) {
  std::string typed(1, ed25519);
  return typed.append(key.begin(), key.end());
}

std::string big_endian(std::uint32_t number) {
  std::string bytes;
  for (const auto shift : {24U, 16U, 8U, 0U})
    bytes += static_cast<char>(static_cast<unsigned char>(number >> shift));
  return bytes;
}

bool verified(const NoteVerifier& by, std::string_view text, std::string_view signature) {
  const PrivateKey key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, by.key.data(), by.key.size()),
      &EVP_PKEY_free);
  const Digest context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  return key && context &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), unsigned_bytes(signature), signature.size(),
                          unsigned_bytes(text), text.size()) == 1;
}

tl::unexpected<Error> no_note(const char* why) { return failure(ErrorCode::invalid, why); }

struct SignatureLine {
  std::string_view name;
  std::string id;  // four bytes
  std::string signature;
};

std::optional<SignatureLine> signature_line(std::string_view line) {
  if (!line.starts_with(line_start)) return std::nullopt;
  line.remove_prefix(line_start.size());
  const auto space = line.find(' ');
  if (space == std::string_view::npos || !is_name(line.substr(0, space))) return std::nullopt;
  const auto bytes = from_base64(line.substr(space + 1));
  if (!bytes || bytes->size() <= id_bytes) return std::nullopt;
  return SignatureLine{line.substr(0, space), bytes->substr(0, id_bytes), bytes->substr(id_bytes)};
}

}  // namespace

std::uint32_t NoteVerifier::id() const {
  const auto hash = hash_of(name + "\n" + typed_key(key));
  return std::uint32_t{hash[0]} << 24U | std::uint32_t{hash[1]} << 16U |
         std::uint32_t{hash[2]} << 8U | std::uint32_t{hash[3]};
}

std::string NoteVerifier::text() const {
  return name + "+" + hexadecimal(big_endian(id())) + "+" + base64(typed_key(key));
}

Result<NoteVerifier> NoteVerifier::read(std::string_view text) {
  const auto wrong = [] { return no_note("not <name>+<id>+<key> of an Ed25519 key"); };
  const auto first = text.find('+');
  if (first == std::string_view::npos) return wrong();
  const auto second = text.find('+', first + 1);
  if (second == std::string_view::npos) return wrong();
  const auto typed = from_base64(text.substr(second + 1));
  NoteVerifier verifier{std::string(text.substr(0, first)), {}};
  if (!typed || typed->size() != 1 + verifier.key.size() || typed->front() != ed25519 ||
      !is_name(verifier.name))
    return wrong();
  std::copy(typed->begin() + 1, typed->end(), verifier.key.begin());
  if (verifier.text() != text) return no_note("its id is not of this name and key");
  return verifier;
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
  if (!is_name(name)) return no_note("a name has no white space and no plus");
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

std::string NoteSigner::sign(std::string_view text) const {
  std::string signature(signature_bytes, '\0');
  std::size_t size = signature.size();
  const Digest context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  [[maybe_unused]] const bool done =
      context &&
      EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, state_->key.get()) == 1 &&
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                     unsigned_bytes(text), text.size()) == 1;
  assert(done && size == signature.size());
  return std::string(line_start) + state_->verifier.name + " " +
         base64(big_endian(state_->verifier.id()) + signature) + "\n";
}

Result<std::string> sign_note(std::string_view text, const NoteSigner& signer) {
  if (!text.ends_with('\n') || !is_text(text))
    return no_note("a note is UTF-8 text without control characters and ends with a newline");
  return std::string(text) + "\n" + signer.sign(text);
}

Result<OpenedNote> open_note(std::string_view note, std::span<const NoteVerifier> verifiers) {
  if (note.size() > note_bytes_max) return no_note("a note of more than 1 MiB");
  if (!is_text(note)) return no_note("not UTF-8 text without control characters");
  const auto blank = note.rfind("\n\n");
  if (blank == std::string_view::npos || !note.ends_with('\n'))
    return no_note("no signatures behind a blank line");
  OpenedNote opened{std::string(note.substr(0, blank + 1)), {}};
  std::size_t lines = 0;
  for (auto rest = note.substr(blank + 2); !rest.empty();) {
    const auto end = rest.find('\n');
    const auto line = signature_line(rest.substr(0, end));
    rest.remove_prefix(end + 1);
    if (!line) return no_note("a signature line that is none");
    if (++lines > signatures_max) return no_note("more than 100 signatures");
    const auto by = std::find_if(verifiers.begin(), verifiers.end(), [&](const auto& verifier) {
      return verifier.name == line->name && big_endian(verifier.id()) == line->id;
    });
    if (by == verifiers.end()) continue;
    if (line->signature.size() != signature_bytes || !verified(*by, opened.text, line->signature))
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
