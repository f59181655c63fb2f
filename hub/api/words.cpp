#include "hub/api/words.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace noroshi::api {
namespace {

struct Entry {
  std::string_view code;
  Words japanese;
  Words english;
};

constexpr std::array entries{
    Entry{"request.malformed",
          {"要求の形式が正しくありません", "HTTP/1.1 の形式で送り直してください。"},
          {"The request is not well formed", "Send it again as plain HTTP/1.1."}},
    Entry{"request.timeout",
          {"要求が届ききりませんでした", "回線を確かめて送り直してください。"},
          {"The request did not arrive in time", "Check the line and send it again."}},
    Entry{"xml.malformed",
          {"XMLとして正しくありません", "示された行と列を直して送り直してください。"},
          {"This is not well-formed XML", "Correct the line and column named and send it again."}},
    Entry{
        "xml.doctype",
        {"DOCTYPE・実体宣言は受け付けません", "DOCTYPE を取り除いて送り直してください。"},
        {"DOCTYPE and entity declarations are not taken", "Remove the DOCTYPE and send it again."}},
    Entry{"xml.depth",
          {"要素の入れ子か数が多すぎます", "入れ子は64段、節点は20万までです。"},
          {"Too deep or too many elements", "At most 64 levels and 200,000 nodes are taken."}},
    Entry{"xml.encoding",
          {"文字コードを読み取れません",
           "UTF-8 で送り、Content-Type の charset と合わせてください。"},
          {"The character encoding cannot be read",
           "Send UTF-8, and let the charset of Content-Type agree with it."}},
    Entry{"auth.required",
          {"トークンが必要です", "Authorization: Bearer に有効なトークンを付けてください。"},
          {"A token is needed", "Send a valid token in Authorization: Bearer."}},
    Entry{"auth.certificate",
          {"この証明書はこのハブでは使えません", "運用者に新しい証明書の発行を依頼してください。"},
          {"This certificate is no identity here", "Ask the operator to issue a new one."}},
    Entry{"auth.ambiguous",
          {"証明書と Authorization の両方で名乗っています",
           "この入口では証明書だけを使い、Authorization を付けないでください。"},
          {"A certificate and Authorization claim an identity each",
           "On this door the certificate alone counts: send no Authorization."}},
    Entry{"auth.sender",
          {"この sender での発信は登録されていません",
           "登録済みの sender を使うか、運用者に登録を依頼してください。"},
          {"This sender is not registered for you",
           "Use a registered sender, or ask the operator to register it."}},
    Entry{
        "auth.area",
        {"権限のない地域が含まれています", "自団体の地域コード（LGCode）だけを指定してください。"},
        {"It names an area you may not speak for",
         "Name only areas of your own, each with its municipality code (LGCode)."}},
    Entry{"auth.status",
          {"この経路では受け付けない status です",
           "本番は status=Actual で /v1/alerts へ、訓練は訓練セッションへ送ってください。"},
          {"This path does not take that status",
           "Live alerts are Actual on /v1/alerts; exercises belong to a drill session."}},
    Entry{"auth.scope",
          {"scope は Public だけを受け付けます", "scope を Public にして送り直してください。"},
          {"Only scope Public is taken", "Send it again with scope Public."}},
    Entry{"auth.role",
          {"この操作をする権限がありません",
           "発信者のトークンか伝達者のトークンかを確かめてください。"},
          {"Your identity may not do this",
           "Check whether this needs a publisher's or a subscriber's token."}},
    Entry{"auth.origin",
          {"別のサイトのページからは接続できません",
           "このハブ自身のページか、ブラウザでない受信機から接続してください。"},
          {"A page of another site may not connect",
           "Connect from a page of this hub, or from a receiver that is no browser."}},
    Entry{"auth.suspended",
          {"利用が停止されています", "運用者に連絡してください。"},
          {"You are suspended", "Contact the operator."}},
    Entry{"not-found",
          {"見つかりません", "番号と経路を確かめてください。"},
          {"Not found", "Check the number and the path."}},
    Entry{"method",
          {"この経路では使えない操作です", "Allow に示す操作を使ってください。"},
          {"This path does not take that method", "Use one of the methods named in Allow."}},
    Entry{
        "alert.conflict",
        {"同じ識別子で内容の違う情報が受付済みです", "新しい identifier を付けて送ってください。"},
        {"Another document with this identifier was accepted",
         "Give it a new identifier and send it again."}},
    Entry{"too-large",
          {"大きすぎます", "2 MiB までにしてください。"},
          {"Too large", "At most 2 MiB is taken."}},
    Entry{"media-type",
          {"Content-Type が違います", "圧縮していない application/cap+xml で送ってください。"},
          {"Wrong media type", "Send application/cap+xml, not compressed."}},
    Entry{"alert.invalid",
          {"CAPの規則に合っていません", "findings の各項目を直して送り直してください。"},
          {"It breaks the rules of CAP", "Correct every finding and send it again."}},
    Entry{"admission.type",
          {"この経路では受け付けない種類の文書です",
           "status=Actual、msgType は Alert・Update・Cancel のいずれかにしてください。"},
          {"This kind of document is not taken here",
           "Send status Actual with msgType Alert, Update or Cancel."}},
    Entry{"admission.references",
          {"references が多すぎます", "参照は1000件までにしてください。"},
          {"Too many references", "At most 1,000 are taken."}},
    Entry{"cap.R090",
          {"同じ識別子で内容の違う情報が受付済みです", "新しい identifier を付けてください。"},
          {"Another document with this identifier was accepted", "Use a new identifier."}},
    Entry{"cap.R091",
          {"参照先が受付済みの有効な情報ではありません",
           "references には、自団体が発信し取り消していない情報を書いてください。"},
          {"It references no standing alert of yours",
           "Reference alerts that you sent and that were not cancelled."}},
    Entry{"rate.limited",
          {"要求が多すぎます", "Retry-After の秒数を待って送り直してください。"},
          {"Too many requests", "Wait as Retry-After says and send it again."}},
    Entry{"hub.busy",
          {"混み合っています", "Retry-After の秒数を待ってやり直してください。"},
          {"The hub is busy", "Wait as Retry-After says and try again."}},
    Entry{"journal.unavailable",
          {"いま記録できません。受け付けていません",
           "少し待って同じ内容を送り直してください。重複にはなりません。"},
          {"It cannot be recorded now and was not accepted",
           "Send the same bytes again shortly; that never makes a duplicate."}},
    Entry{"stopping",
          {"停止中です", "少し待って送り直してください。"},
          {"The hub is stopping", "Send it again shortly."}},
    Entry{"query.invalid",
          {"検索条件が正しくありません", "detail の項目を直してください。"},
          {"The query is not valid", "Correct the parameter named in detail."}},
    Entry{"not-acceptable",
          {"その形式では返せません",
           "Accept に application/cap+xml か application/json を指定してください。"},
          {"Not available in that form", "Accept application/cap+xml or application/json."}},
};

}  // namespace

Words words(std::string_view code, cap::Language language) {
  const auto* found = std::find_if(entries.begin(), entries.end(),
                                   [&](const Entry& entry) { return entry.code == code; });
  assert(found != entries.end());
  return language == cap::Language::japanese ? found->japanese : found->english;
}

}  // namespace noroshi::api
