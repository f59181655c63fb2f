#include <fmt/format.h>
#include <gmock/gmock.h>

#include "proto/cap/writer.hpp"
#include "sample.hpp"

namespace noroshi::cap {
namespace {

Verdict verdict_of(std::string_view bytes) { return validate(bytes, std::nullopt, sample::noon); }

// The acceptable alert with one piece of its document replaced.
Verdict changed(std::string_view from, std::string_view to) {
  auto document = write(sample::acceptable());
  const auto at = document.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return verdict_of(document.replace(at, from.size(), to));
}

// "rule aspect path" of each error.
std::vector<std::string> errors_of(const Verdict& verdict) {
  std::vector<std::string> lines;
  for (const auto& finding : verdict.findings)
    if (finding.severity == Severity::error)
      lines.push_back(fmt::format("{} {} {}", finding.rule, finding.aspect, finding.path));
  return lines;
}

struct Structure {
  const char* from;
  const char* to;
  std::vector<std::string> errors;
};

const Structure structures[] = {
    {"<source>防災課</source>",
     "<source>a</source><source>b</source>",
     {"cap.R004 repeated /alert/source[2]"}},
    {"<source>防災課</source>", "<Source>a</Source>", {"cap.R004 unknown /alert/Source"}},
    {"<source>防災課</source>", "<source xmlns=''>a</source>", {"cap.R004 unknown /alert/source"}},
    {"<source>防災課</source>", "<e:x xmlns:e='urn:e'/>", {"cap.R004 unknown /alert/x"}},
    {"<source>防災課</source>", "stray", {"cap.R004 text /alert"}},
    {"<source>防災課</source>", "<![CDATA[stray]]>", {"cap.R004 text /alert"}},
    {"<source>防災課</source>", "&#32;<![CDATA[ ]]><!-- a --><?a b?>", {}},
    {"<source>防災課</source>", "<source>a<b/></source>", {"cap.R004 child /alert/source/b"}},
    {"<source>", "<source id='1'>", {"cap.R004 attribute /alert/source"}},
    {"<source>", "<source xml:lang='ja'>", {"cap.R004 attribute /alert/source"}},
    {"<alert ", "<alert version='1' ", {"cap.R004 attribute /alert"}},
    {"<alert ",
     "<alert xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:schemaLocation='a b' ",
     {}},
    {"<alert ",
     "<alert xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='false' ",
     {"cap.R004 attribute /alert"}},
    {"<areaDesc>徳島県徳島市川内町</areaDesc>",
     "",
     {"cap.R004 missing /alert/info[1]/area[1]/areaDesc",
      "cap.R060  /alert/info[1]/area[1]/areaDesc"}},
    {"<valueName>profile:CAP-JP:LGCode:0.1</valueName>",
     "",
     {"cap.R004 missing /alert/info[1]/area[1]/geocode[1]/valueName"}},
    {"<circle>",
     "<altitude>0</altitude><circle>",
     {"cap.R004 order /alert/info[1]/area[1]/circle[1]",
      "cap.R004 order /alert/info[1]/area[1]/geocode[1]",
      "cap.R004 repeated /alert/info[1]/area[1]/altitude[2]"}},
};

TEST(Reader, KnowsTheStructureOfCap) {
  for (const auto& structure : structures) {
    EXPECT_EQ(errors_of(changed(structure.from, structure.to)), structure.errors) << structure.to;
  }
}

TEST(Reader, RefusesOtherRoots) {
  EXPECT_EQ(errors_of(verdict_of("<alert/>")), std::vector<std::string>{"cap.R003 root /alert"});
  EXPECT_EQ(errors_of(verdict_of("<a:info xmlns:a='urn:oasis:names:tc:emergency:cap:1.2'/>")),
            std::vector<std::string>{"cap.R003 root /info"});
  for (const auto* older :
       {"urn:oasis:names:tc:emergency:cap:1.1", "http://www.incident.com/cap/1.0"}) {
    const auto verdict = verdict_of(fmt::format("<!-- a -->\n<alert xmlns='{}'/>", older));
    EXPECT_EQ(errors_of(verdict), std::vector<std::string>{"cap.R003 older /alert"});
    EXPECT_EQ(verdict.findings[0].value, older);
    EXPECT_EQ(verdict.findings[0].line, 2U);
    EXPECT_FALSE(verdict.alert);
  }
}

TEST(Reader, SignaturesPassUnreadAtTheEndOnly) {
  const std::string signature =
      "<Signature xmlns='http://www.w3.org/2000/09/xmldsig#' Id='a'>text<Object "
      "xmlns=''/></Signature>";
  EXPECT_TRUE(changed("</alert>", signature + signature + "</alert>").accepted());
  EXPECT_EQ(errors_of(changed("<info>", signature + "<info>")),
            std::vector<std::string>{"cap.R004 order /alert/info[1]"});
  EXPECT_EQ(errors_of(changed("</info>", signature + "</info>")),
            std::vector<std::string>{"cap.R004 unknown /alert/info[1]/Signature"});
}

TEST(Reader, TakesTheWholeTextOfAnElement) {
  const std::pair<const char*, const char*> texts[] = {
      {"<note>a<!-- b --> <?c d?>e</note>", "a e"},
      {"<note><![CDATA[<a>]]> <![CDATA[&amp;]]></note>", "<a> &amp;"},
      {"<note>&lt;&gt;&amp;&apos;&quot;&#x907F;&#38627;</note>", "<>&'\"避難"},
      {"<note>  a\n b </note>", "  a\n b "},
      {"<note > </note >", " "},
      {"<note\n/>", ""},
      {"<note></note>", ""},
      {"<note a='>/' >a>b</note>", "a>b"},
      {"<note><![CDATA[]]]]><![CDATA[>]]></note>", "]]>"},
  };
  for (const auto& [written, read] : texts)
    EXPECT_EQ(verdict_of(sample::document(written)).alert->note, read) << written;
}

TEST(Reader, CommentsDoNotHideWhatAValueSays) {
  const auto verdict =
      changed("<status>Actual</status>", "<status>Actual<!-- --> Exercise</status>");
  EXPECT_EQ(verdict.alert->status, "Actual Exercise");
  EXPECT_EQ(sample::broken(verdict), std::vector<std::string>{"cap.R013"});
  EXPECT_TRUE(changed("<status>Actual", "<status>Act<!-- --><![CDATA[ual]]>").accepted());
}

TEST(Reader, CollapsesWhereTheSchemaDoes) {
  const auto verdict = changed("<web>https://www.city.tokushima.lg.jp/</web>",
                               "<web>\n https://example.jp/ \n</web>");
  EXPECT_TRUE(verdict.accepted());
  EXPECT_EQ(verdict.alert->info[0].web, "https://example.jp/");
}

TEST(Reader, FindsEverythingAtOnceWithItsPlace) {
  const auto verdict = verdict_of(
      "<?xml version=\"1.0\"?>\n"
      "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">\n"
      "  <identifier>避難 1</identifier><sender>a</sender>\n"
      "  <sent>2026-11-22T03:00:00Z</sent>\n"
      "  <status>Live</status><msgType>Alert</msgType>\n"
      "  <scope>Public</scope>\n"
      "  <info>\n"
      "    <category>Met</category><event>雨</event>\n"
      "    <severity>Severe</severity><certainty>Likely</certainty>\n"
      "    <area><areaDesc>市</areaDesc><polygon>0,0 1,1 0,0</polygon>\n"
      "      <polygon>0,0 1,1 1,0 95,0</polygon></area>\n"
      "  </info>\n"
      "</alert>\n");
  std::vector<std::string> lines;
  for (const auto& finding : verdict.findings)
    if (finding.severity == Severity::error)
      lines.push_back(fmt::format("{}:{} {} {} [{}]", finding.line, finding.column, finding.rule,
                                  finding.path, finding.value));
  EXPECT_THAT(lines,
              testing::ElementsAre("3:3 cap.R010 /alert/identifier [避難 1]",
                                   "4:3 cap.R012 /alert/sent [2026-11-22T03:00:00Z]",
                                   "5:3 cap.R013 /alert/status [Live]",
                                   "7:3 cap.R004 /alert/info[1]/urgency [urgency]",
                                   "7:3 cap.R034 /alert/info[1]/urgency []",
                                   "10:33 cap.R062 /alert/info[1]/area[1]/polygon[1] [3]",
                                   "11:7 cap.R063 /alert/info[1]/area[1]/polygon[2] [95,0]"));
  ASSERT_TRUE(verdict.alert);
  EXPECT_EQ(verdict.alert->info[0].area[0].polygon.size(), 2U);
  EXPECT_EQ(verdict.alert->info[0].place.line, 7U);
  EXPECT_EQ(verdict.code(), "alert.invalid");
}

TEST(Reader, KeepsABoundedNumberOfFindingsAndNeverOnlyWarnings) {
  std::string children;
  for (int i = 0; i < 5000; ++i) children += "<code/>";
  const auto verdict = verdict_of(sample::document(children + "<bad/>"));
  EXPECT_LE(verdict.findings.size(), 512U);
  EXPECT_FALSE(verdict.accepted());
}

}  // namespace
}  // namespace noroshi::cap
