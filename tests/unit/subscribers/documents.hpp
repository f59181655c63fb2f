// Documents for the tests of what receivers show.
#pragma once

#include <string>

#include "proto/cap/validate.hpp"
#include "proto/cap/writer.hpp"
#include "proto/jp/compose.hpp"
#include "proto/jp/parameters.hpp"

namespace noroshi::subscribers::testing {

// 徳島市 orders level 4 for two districts; in `drill` if that is named.
inline jp::Composition order(const std::string& drill = "") {
  jp::Composition composition;
  composition.office = {"362018", "city.tokushima.lg.jp", "徳島市",    "とくしまし",
                        "徳島県", "Tokushima City",       "危機管理課"};
  composition.document = "5f3ae8c4-7f0c-4b52-9a55-0d7f7b5f3f10";
  composition.lines = {{"evac.l4",
                        "flood",
                        jp::Direction::issue,
                        {{"kawauchi", "川内町", "かわうちちょう", "Kawauchi"},
                         {"ojin", "応神町", "おうじんちょう", "Ojin"}}}};
  composition.reason_code = "riverlevel";
  composition.now_ms = composition.decided_ms = 1'795'316'400'000;
  composition.drill = drill;
  return composition;
}

// Somebody abroad, with areas as given; the blocks of `more` follow.
inline std::string plain(const std::string& areas, const std::string& kind = "Alert",
                         const std::string& status = "Actual", const std::string& more = "") {
  return R"(<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>x-1</identifier>)"
         R"(<sender>example.org</sender><sent>2026-11-22T12:00:00+09:00</sent><status>)" +
         status + "</status><msgType>" + kind +
         R"(</msgType><scope>Public</scope><info><language>en-US</language>)"
         R"(<category>Met</category><event>Flood</event><urgency>Immediate</urgency>)"
         R"(<severity>Severe</severity><certainty>Observed</certainty>)"
         R"(<expires>2026-11-22T18:00:00+09:00</expires><senderName>River Office</senderName>)"
         R"(<headline>The river is over its banks</headline><instruction>Go up.</instruction>)" +
         areas + "</info>" + more + "</alert>";
}

}  // namespace noroshi::subscribers::testing
