#include "proto/signature/verify.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "proto/cap/charset.hpp"
#include "proto/cap/validate.hpp"
#include "proto/signature/engine.hpp"
#include "proto/signature/form.hpp"

namespace noroshi::signature {
namespace {

using Outcome = Verdict::Outcome;

struct Candidate {
  const PinnedKey* pinned;
  Certificate certificate;
};

// Those good now first: a renewed certificate may have the key of the one it replaces.
std::vector<Candidate> candidates_of(std::span<const PinnedKey> keys, std::int64_t now_ms) {
  std::vector<Candidate> candidates;
  for (const auto& key : keys.first(std::min(keys.size(), keys_max)))
    if (auto certificate = read_certificate(key.certificate))
      candidates.push_back({&key, std::move(*certificate)});
  std::stable_partition(candidates.begin(), candidates.end(), [&](const auto& candidate) {
    return candidate.certificate.good_at(now_ms);
  });
  return candidates;
}

KeyKind kind_of(const Certificate& certificate) {
  return certificate.algorithm.starts_with("RSA") ? KeyKind::rsa : KeyKind::ec;
}

Verdict verdict(Outcome outcome, Objection objection, const cap::Alert& alert) {
  Verdict verdict;
  verdict.outcome = outcome;
  verdict.rule = std::move(objection.rule);
  verdict.aspect = std::move(objection.aspect);
  verdict.value = std::move(objection.value);
  verdict.number = objection.number;
  const auto& places = alert.signatures.places;
  if (!places.empty()) verdict.place = places[std::min(objection.number, places.size()) - 1];
  return verdict;
}

class Verification {
 public:
  Verification(std::string_view text, const cap::Alert& alert, std::vector<Candidate> candidates,
               std::int64_t now_ms)
      : text_(text), alert_(alert), candidates_(std::move(candidates)), now_ms_(now_ms) {}

  Verdict carry_out() {
    if (auto objection = charset_objection(text_)) return not_verifiable(std::move(*objection));
    const auto tree = parse(text_);
    if (!tree) return not_verifiable({.aspect = "content"});
    if (auto objection = form_objection(*tree)) return not_verifiable(std::move(*objection));
    const auto count = signatures_of(*tree).size();
    Verdict verdict;
    for (std::size_t index = 0; index < count; ++index)
      if (auto fault = examine(index, verdict.signers)) return std::move(*fault);
    verdict.outcome = Outcome::verified;
    return verdict;
  }

 private:
  Verdict not_verifiable(Objection objection) const {
    return verdict(Outcome::not_verifiable, std::move(objection), alert_);
  }
  Verdict wrong(std::string rule, std::string aspect, std::string value, std::size_t index) const {
    return verdict(Outcome::wrong,
                   {std::move(rule), std::move(aspect), std::move(value), index + 1}, alert_);
  }

  // Adds who made the signature at `index`, or says what is wrong with it.
  std::optional<Verdict> examine(std::size_t index, std::vector<Signer>& signers) {
    const auto tree = parse(text_);
    auto& signature = *keep_only(*tree, index);
    for (const auto& candidate : candidates_) {
      if (kind_of(candidate.certificate) != key_kind_of(signature)) continue;
      const auto checked = check(signature, *candidate.certificate.key);
      if (checked.result == Checked::Result::changed)
        return wrong("cap.R080", "changed", "", index);
      if (checked.result == Checked::Result::foreign) continue;
      return accept(candidate, checked.signed_text, index, signers);
    }
    return wrong("cap.R080", "foreign", "", index);
  }

  std::optional<Verdict> accept(const Candidate& candidate, const std::string& signed_text,
                                std::size_t index, std::vector<Signer>& signers) {
    const auto& [pinned, certificate] = candidate;
    if (!certificate.good_at(now_ms_))
      return wrong("cap.R080", certificate.until_ms < now_ms_ ? "expired" : "not-yet", pinned->name,
                   index);
    for (const auto& earlier : used_)
      if (EVP_PKEY_eq(earlier, certificate.key.get()) == 1)
        return wrong("cap.R081", "same-key", pinned->name, index);
    if (!says_the_same(signed_text))
      return not_verifiable({.aspect = "content", .number = index + 1});
    used_.push_back(certificate.key.get());
    signers.push_back({*pinned, certificate.from_ms, certificate.until_ms});
    return std::nullopt;
  }

  // All signatures are over one text, so one reading of it is enough.
  bool says_the_same(const std::string& signed_text) {
    if (!read_text_.empty()) return read_text_ == signed_text;
    const auto again = cap::validate(signed_text, std::nullopt, now_ms_);
    read_text_ = signed_text;
    return again.accepted() && again.alert == alert_;
  }

  std::string_view text_;
  const cap::Alert& alert_;
  std::vector<Candidate> candidates_;
  std::int64_t now_ms_;
  std::vector<EVP_PKEY*> used_;
  std::string read_text_;
};

}  // namespace

Verdict verify(std::string_view bytes, std::optional<std::string_view> declared_charset,
               std::span<const PinnedKey> keys, std::int64_t now_ms) {
  const auto read = cap::validate(bytes, declared_charset, now_ms);
  if (!read.accepted() || !read.alert) {
    Verdict unread;
    unread.outcome = Outcome::not_verifiable;
    unread.rule = "cap.R080";
    unread.aspect = "content";
    return unread;
  }
  if (read.alert->signatures.places.empty()) return {};
  const auto text = cap::decode(bytes, declared_charset);
  assert(text);
  return Verification(*text, *read.alert, candidates_of(keys, now_ms), now_ms).carry_out();
}

}  // namespace noroshi::signature
