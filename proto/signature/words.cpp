#include "proto/signature/words.hpp"

#include <algorithm>

namespace noroshi::signature {
namespace {

// clang-format off
constexpr Words table[] = {
    // Not verifiable.
    {"shape",
     "署名の形式が確認できるものではありません（{value}）。ひとつの Reference URI=\"\" を、enveloped-signature と排他的C14Nだけで署名してください。",
     "The signature is not in the form that can be verified ({value}). Sign one Reference URI=\"\" with enveloped-signature and exclusive C14N only."},
    {"algorithm",
     "署名のアルゴリズム「{value}」は使えません。RSA か ECDSA と SHA-256・384・512、正規化は排他的C14N（コメントなし）にしてください。",
     "The signature uses the algorithm “{value}”, which is not taken. Use RSA or ECDSA with SHA-256, -384 or -512, and exclusive C14N without comments."},
    {"reference",
     "署名が文書全体でなく「{value}」を指しています。Reference の URI は空にしてください。",
     "The signature refers to “{value}”, not to the whole document. Leave the URI of its Reference empty."},
    {"position",
     "署名の後に別の要素があります。Signature は alert の最後の子にしてください。",
     "An element follows a signature. Put Signature last in alert."},
    {"comment",
     "署名された文書の中にコメントがあります。署名はコメントを守らないので、取り除いて署名し直してください。",
     "There is a comment inside the signed document. No signature covers comments: remove it and sign again."},
    {"namespaces",
     "署名された文書の名前空間宣言が多すぎます。64個までにしてください。",
     "The signed document declares too many namespaces. At most 64 are taken."},
    {"charset",
     "文字コード「{value}」の文書の署名は確認できません。UTF-8 に直してから署名してください。",
     "Signatures over documents in “{value}” cannot be verified. Convert it to UTF-8, then sign."},
    {"content",
     "署名された内容を、文書と同じものとして読み取れません。",
     "What was signed cannot be read as the same alert."},
    {"many",
     "署名が{value}個あります。発信者と集約者の2個までです。",
     "There are {value} signatures. At most two are taken: the issuer's and an aggregator's."},
    // Wrong.
    {"changed",
     "署名の後で文書が変わっています。署名された元の文書を、そのまま送ってください。",
     "The document was changed after it was signed. Send it as it was signed."},
    {"foreign",
     "登録済みの鍵による署名ではありません。運用者に鍵の登録を確かめてください。",
     "No registered key made this signature. Ask the operator which keys are registered for you."},
    {"expired",
     "署名の鍵「{value}」の証明書は期限切れです。新しい鍵を登録し、署名し直してください。",
     "The certificate of the signing key “{value}” has expired. Have a new key registered and sign again."},
    {"not-yet",
     "署名の鍵「{value}」の証明書はまだ有効ではありません。",
     "The certificate of the signing key “{value}” is not valid yet."},
    {"same-key",
     "2個の署名が同じ鍵「{value}」によるものです。",
     "Both signatures are by the same key, “{value}”."},
    // What the hub's policy says.
    {"removed",
     "署名の鍵「{value}」は登録から外されています。",
     "The signing key “{value}” is no longer registered."},
    {"missing",
     "署名がありません。この発信者の情報には、登録済みの鍵による署名が必要です。",
     "There is no signature, and alerts of this publisher need one by a registered key."},
    {"unpinned",
     "署名を確認していません。この発信者の鍵は登録されていません。",
     "The signature was not verified: no key is registered for this publisher."},
};
// clang-format on

}  // namespace

std::span<const Words> words() { return table; }

std::string message(std::string_view aspect, std::string_view value, cap::Language language) {
  const auto* found = std::find_if(std::begin(table), std::end(table),
                                   [&](const Words& row) { return row.aspect == aspect; });
  if (found == std::end(table)) return std::string(aspect);
  constexpr std::string_view mark = "{value}";
  std::string text(language == cap::Language::japanese ? found->japanese : found->english);
  if (const auto at = text.find(mark); at != std::string::npos)
    text.replace(at, mark.size(), value);
  return text;
}

}  // namespace noroshi::signature
