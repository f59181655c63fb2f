// Every rule of CAP 1.2 that validate() knows, at its border: the last document that keeps the rule
// and the first that breaks it. A rule without a row here fails the test, be it one of the sources,
// of the words or of ops/docs/rules.md.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <regex>
#include <set>

#include "proto/cap/limits.hpp"
#include "proto/cap/messages.hpp"
#include "proto/cap/writer.hpp"
#include "sample.hpp"

namespace noroshi::cap {
namespace {

struct Border {
  std::string rule;
  std::string kept;
  std::string broken;
};

std::string with(const std::function<void(Alert&)>& spoil) {
  Alert alert = sample::acceptable();
  spoil(alert);
  return write(alert);
}

// One text of the alert as it is at the border, and past it.
Border text_border(std::string rule, const std::function<void(Alert&, std::string)>& put,
                   const std::string& kept, const std::string& broken) {
  return {std::move(rule), with([&](Alert& alert) { put(alert, kept); }),
          with([&](Alert& alert) { put(alert, broken); })};
}

std::string nested(std::size_t depth) {
  std::string document;
  for (std::size_t i = 1; i < depth; ++i) document += "<a>";
  for (std::size_t i = 1; i < depth; ++i) document += "</a>";
  return sample::document(document);
}

std::string replaced(std::string document, std::string_view from, std::string_view to) {
  return document.replace(document.find(from), from.size(), to);
}

std::vector<Border> of_the_document() {
  const auto sound = write(sample::acceptable());
  return {
      {"cap.R001", sound + "<!-- after the root -->\n", sound + "<alert/>"},
      {"cap.R002", nested(depth_max), nested(depth_max + 1)},
      {"cap.R003", sound, replaced(sound, "cap:1.2", "cap:1.1")},
      {"cap.R004", replaced(sound, "<source>", "<!-- a --><source>"),
       replaced(sound, "<source>", "a<source>")},
  };
}

std::vector<Border> of_the_alert() {
  const auto identifier = [](Alert& a, std::string text) { a.identifier = std::move(text); };
  const auto sender = [](Alert& a, std::string text) { a.sender = std::move(text); };
  const auto sent = [](Alert& a, std::string text) { a.sent = std::move(text); };
  const auto status = [](Alert& a, std::string text) { a.status = std::move(text); };
  const auto type = [](Alert& a, std::string text) { a.msg_type = std::move(text); };
  const auto scope = [](Alert& a, std::string text) { a.scope = std::move(text); };
  const auto references = [](Alert& a, std::string text) { a.references = std::move(text); };
  const auto without_references = [](Alert& a, std::string type_of_it) {
    a.msg_type = std::move(type_of_it);
    a.references.reset();
  };
  const auto system_or_not = [](Alert& a, std::string text) {
    a.status = std::move(text);
    a.info.clear();
  };
  const auto without_info = [](Alert& a, std::string type_of_it) {
    a.msg_type = std::move(type_of_it);
    a.info.clear();
  };
  const auto restricted = [](Alert& a, std::string text) {
    a.scope = "Restricted";
    a.restriction = std::move(text);
  };
  const auto restriction = [](Alert& a, std::string text) { a.restriction = std::move(text); };
  const auto private_to = [](Alert& a, std::string text) {
    a.scope = "Private";
    a.addresses = std::move(text);
  };
  const auto exercise = [](Alert& a, std::string text) {
    a.status = "Exercise";
    a.note = std::move(text);
  };
  const auto error = [](Alert& a, std::string text) {
    a.msg_type = "Error";
    a.note = std::move(text);
  };
  const auto incidents = [](Alert& a, std::string text) { a.incidents = std::move(text); };
  return {
      text_border("cap.R010", identifier, "a/b;c:d\"e\"", "a,b"),
      text_border("cap.R010", identifier, "a", ""),
      text_border("cap.R011", sender, "a>b", "a<b"),
      text_border("cap.R012", sent, "2024-02-29T00:00:00+14:00", "2023-02-29T00:00:00+14:00"),
      text_border("cap.R012", sent, "2024-02-29T00:00:00-14:00", "2024-02-29T00:00:00-14:01"),
      text_border("cap.R012", sent, "2026-11-22T03:00:00-00:00", "2026-11-22T03:00:00Z"),
      text_border("cap.R012", sent, "2024-02-29T24:00:00-00:00", "2024-02-29T24:00:01-00:00"),
      text_border("cap.R012", sent, "2026-11-22T12:01:00+09:00", "2026-11-22T12:01:01+09:00"),
      text_border("cap.R013", status, "System", "system"),
      text_border("cap.R014", type, "Error", "Error "),
      text_border("cap.R016", scope, "Public", "public"),
      text_border("cap.R017", restricted, "a", " "),
      text_border("cap.R018", restriction, "", "a"),
      text_border("cap.R019", private_to, "\"a b\" c", "\"a b c"),
      text_border("cap.R019", private_to, "a", " "),
      text_border("cap.R021", exercise, "訓練", ""),
      text_border("cap.R021", error, "誤り", "\n"),
      text_border("cap.R022", references, "a,b,2026-11-22T11:00:00+09:00 ",
                  "a,b,2026-11-22T11:00:00+09:00,"),
      text_border("cap.R022", references, "a,b,2026-11-22T11:00:00+09:00", " "),
      text_border("cap.R023", without_references, "Alert", "Update"),
      text_border("cap.R023", without_references, "Alert", "Cancel"),
      text_border("cap.R023", without_references, "Alert", "Ack"),
      text_border("cap.R023", without_references, "Alert", "Error"),
      // The same instant in another offset is the same triple; at another time it warns.
      text_border("cap.R024", references,
                  "city.tokushima.lg.jp,jp-362018-1-2,2026-11-22T12:00:00+09:00",
                  "city.tokushima.lg.jp,jp-362018-1-1,2026-11-22T03:00:00-00:00"),
      text_border("cap.R025", references, "a,b,2026-11-22T12:00:00+09:00",
                  "a,b,2026-11-22T12:00:01+09:00"),
      text_border("cap.R026", incidents, "a \"b c\"", "a \"b c"),
      text_border("cap.R024", references, "a,jp-362018-1-1,2026-11-22T11:00:00+09:00",
                  "city.tokushima.lg.jp,jp-362018-1-1,2026-11-22T11:59:59+09:00"),
      text_border("cap.R027", without_info, "Cancel", "Update"),
      text_border("cap.R027", without_info, "Ack", "Alert"),
      text_border("cap.R027", system_or_not, "System", "Test"),
  };
}

std::vector<Border> of_an_info() {
  const auto set = [](std::optional<Text> Info::*member) {
    return [member](Alert& a, std::string text) { a.info[0].*member = Text(std::move(text)); };
  };
  const auto word = [](Text Info::*member) {
    return [member](Alert& a, std::string text) { a.info[0].*member = Text(std::move(text)); };
  };
  const auto category = [](Alert& a, std::string text) {
    a.info[0].category = {Text(std::move(text))};
  };
  const auto response = [](Alert& a, std::string text) {
    a.info[0].response_type = {Text(std::move(text))};
  };
  const auto without = [](std::string rule, const std::function<void(Info&)>& forget) -> Border {
    return {std::move(rule), with([](Alert&) {}), with([&](Alert& a) { forget(a.info[0]); })};
  };
  const auto expires_after_sent = [](Alert& a, std::string text) {
    a.info[0].effective.reset();
    a.info[0].expires = std::move(text);
  };
  std::string headline;
  for (int i = 0; i < 160; ++i) headline += "避";
  return {
      text_border("cap.R030", set(&Info::language), "abcdefgh-12345678", "abcdefgh-123456789"),
      text_border("cap.R031", category, "CBRNE", "Cbrne"),
      text_border("cap.R032", word(&Info::event), "a", " "),
      text_border("cap.R033", response, "AllClear", "All Clear"),
      text_border("cap.R034", word(&Info::urgency), "Past", "past"),
      text_border("cap.R035", word(&Info::severity), "Minor", "Minor\n"),
      text_border("cap.R036", word(&Info::certainty), "Unlikely", "Very Likely"),
      without("cap.R037", [](Info& info) { info.sender_name.reset(); }),
      without("cap.R038", [](Info& info) { info.description.reset(); }),
      text_border("cap.R039", set(&Info::effective), "2026-11-22T23:59:59+09:00",
                  "2026-11-22T23:59:60+09:00"),
      text_border("cap.R040", set(&Info::onset), "2026-11-30T00:00:00+09:00",
                  "2026-11-31T00:00:00+09:00"),
      text_border("cap.R041", set(&Info::expires), "2026-12-31T24:00:00+09:00",
                  "2026-12-31T24:00:01+09:00"),
      // Instants are compared, not their digits.
      text_border("cap.R042", set(&Info::expires), "2026-11-22T03:00:00+00:00",
                  "2026-11-22T02:59:59+00:00"),
      text_border("cap.R042", expires_after_sent, "2026-11-22T03:00:00-00:00",
                  "2026-11-22T16:59:59+14:00"),
      without("cap.R043", [](Info& info) { info.instruction.reset(); }),
      text_border("cap.R044", set(&Info::headline), headline, headline + "a"),
      without("cap.R045", [](Info& info) { info.response_type.clear(); }),
      text_border("cap.R046", set(&Info::web), "a:b", "/a"),
      text_border("cap.R046", set(&Info::web), "https://a", "https://"),
      text_border("cap.R046", set(&Info::web), "https://a", ""),
      text_border("cap.R047", set(&Info::contact), "a", " "),
      text_border("cap.R070", set(&Info::headline), "A & B;", "A &amp; B"),
      text_border("cap.R070", set(&Info::instruction), "&#;", "&#160;"),
      text_border("cap.R071", set(&Info::description), "x < y", "x <b> y"),
  };
}

std::vector<Border> of_a_resource() {
  const auto word = [](Text Resource::*member) {
    return [member](Alert& a, std::string text) {
      a.info[0].resource[0].*member = Text(std::move(text));
    };
  };
  const auto set = [](std::optional<Text> Resource::*member) {
    return [member](Alert& a, std::string text) {
      a.info[0].resource[0].*member = Text(std::move(text));
    };
  };
  const auto alone = [](Alert& a, std::string uri) {
    a.info[0].resource[0].uri = std::move(uri);
    a.info[0].resource[0].deref_uri.reset();
    a.info[0].resource[0].digest.reset();
  };
  return {
      text_border("cap.R050", word(&Resource::resource_desc), "a", " "),
      text_border("cap.R051", word(&Resource::mime_type), "image/x", "image/"),
      text_border("cap.R052", set(&Resource::size), "0", "-1"),
      text_border("cap.R053", set(&Resource::uri), "./a:b", "1:b"),
      {"cap.R053", with([&](Alert& a) { alone(a, "https://example.jp/map.png"); }),
       with([&](Alert& a) { alone(a, "map.png"); })},
      text_border("cap.R054", set(&Resource::deref_uri), "YQ==", "YQ="),
      text_border("cap.R055", set(&Resource::digest), "A9993E364706816ABA3E25717850C26C9CD0D89D",
                  "a9993e364706816aba3e25717850c26c9cd0d89e"),
      text_border("cap.R055", set(&Resource::digest), "a9993e364706816aba3e25717850c26c9cd0d89d",
                  "a9993e364706816aba3e25717850c26c9cd0d89"),
  };
}

std::vector<Border> of_an_area() {
  const auto polygon = [](Alert& a, std::string text) {
    a.info[0].area[0].polygon = {Text(std::move(text))};
  };
  const auto circle = [](Alert& a, std::string text) {
    a.info[0].area[0].circle = {Text(std::move(text))};
  };
  const auto altitude = [](Alert& a, std::string text) {
    a.info[0].area[0].altitude = Text(std::move(text));
  };
  const auto ceiling = [](Alert& a, std::string text) {
    a.info[0].area[0].ceiling = Text(std::move(text));
  };
  const auto name = [](Alert& a, std::string text) {
    a.info[0].area[0].area_desc = std::move(text);
  };
  return {
      text_border("cap.R060", name, "a", "\n"),
      text_border("cap.R061", polygon, ".5,0 1.,1 +1,0 .5,-0", "5e-1,0 1,1 1,0 5e-1,0"),
      text_border("cap.R062", polygon, "0,0 1,1 1,0 0,0", "0,0 1,1 0,0"),
      text_border("cap.R062", polygon, "0,0 1,1 1,0 0.0,-0", "0,0 1,1 1,0 0,0.000001"),
      text_border("cap.R063", polygon, "90,0 1,1 1,180 90,0", "90.0000001,0 1,1 1,0 90.0000001,0"),
      text_border("cap.R063", circle, "-90,-180 1", "-90,-180.0000001 1"),
      text_border("cap.R064", circle, "34,134 0.001", "34,134 -0.001"),
      text_border("cap.R064", circle, "34,134 0.001", "34,134 0"),
      text_border("cap.R064", circle, "34,134 1", "34,134,1"),
      text_border("cap.R066", altitude, "-11.5", "-11.5m"),
      text_border("cap.R067", ceiling, "1000", "1e3"),
      text_border("cap.R068", ceiling, "0.0", "-0.1"),
      {"cap.R068", with([](Alert&) {}), with([](Alert& a) { a.info[0].area[0].altitude.reset(); })},
      text_border("cap.R069", polygon, "0,0 2,0 1,1 2,2 0,2 1,1 0,0", "0,0 1,1 1,0 0,1 0,0"),
  };
}

std::vector<Border> borders() {
  std::vector<Border> all;
  for (auto part : {of_the_document, of_the_alert, of_an_info, of_a_resource, of_an_area})
    for (auto& border : part()) all.push_back(std::move(border));
  return all;
}

std::set<std::string> rules_broken_by(const std::string& document) {
  std::set<std::string> rules;
  for (const auto& finding : validate(document, std::nullopt, sample::noon).findings)
    rules.insert(finding.rule);
  return rules;
}

TEST(RuleBorders, TheLastDocumentKeepsTheRuleAndTheFirstBeyondBreaksIt) {
  for (const auto& border : borders()) {
    EXPECT_FALSE(rules_broken_by(border.kept).contains(border.rule)) << border.rule << "\n"
                                                                     << border.kept.substr(0, 4000);
    EXPECT_TRUE(rules_broken_by(border.broken).contains(border.rule))
        << border.rule << "\n"
        << border.broken.substr(0, 4000);
  }
}

std::set<std::string> rules_with_borders() {
  std::set<std::string> rules;
  for (const auto& border : borders()) rules.insert(border.rule);
  return rules;
}

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(RuleBorders, AreThereForEveryRuleThatHasWords) {
  std::set<std::string> known;
  for (const auto& words : words_in(Language::english)) known.emplace(words.rule);
  EXPECT_EQ(rules_with_borders(), known);
}

TEST(RuleBorders, AreThereForEveryRuleTheSourcesName) {
  const std::regex rule("\"(R[0-9]{3})\"");
  std::set<std::string> named;
  for (const auto& entry : std::filesystem::directory_iterator(NOROSHI_SOURCE_DIR "/proto/cap")) {
    const auto source = content_of(entry.path());
    for (std::sregex_iterator at(source.begin(), source.end(), rule), end; at != end; ++at)
      named.insert("cap." + (*at)[1].str());
  }
  EXPECT_EQ(rules_with_borders(), named);
}

// Of each rule of the table in rules.md its level. A row is `| R031–R036 | error |` or
// `| R054 R055 | error, warn |`; what a later row says of a rule replaces what an earlier one did.
std::map<std::string, std::string> documented_levels() {
  const auto text = content_of(NOROSHI_SOURCE_DIR "/ops/docs/rules.md");
  const std::regex row("\n\\| (R[^|]*) \\| ([^|]*) \\|");
  const std::regex range("R([0-9]{3})(?:–R([0-9]{3}))?");
  std::map<std::string, std::string> levels;
  for (std::sregex_iterator at(text.begin(), text.end(), row), end; at != end; ++at) {
    const std::string rules = (*at)[1];
    auto level = (*at)[2].str();
    for (std::sregex_iterator one(rules.begin(), rules.end(), range); one != end; ++one) {
      const int first = std::stoi((*one)[1]);
      const int last = (*one)[2].matched ? std::stoi((*one)[2]) : first;
      const auto own = level.substr(0, level.find(", "));
      for (int rule = first; rule <= last; ++rule) levels[fmt::format("cap.R{:03}", rule)] = own;
      if (own.size() < level.size()) level = level.substr(own.size() + 2);
    }
  }
  return levels;
}

TEST(RuleBorders, AreThereForEveryRuleOfTheDocumentationAtItsLevel) {
  auto levels = documented_levels();
  for (const auto* of_admission : {"cap.R080", "cap.R081", "cap.R090", "cap.R091"})
    EXPECT_EQ(levels.erase(of_admission), 1U) << of_admission;
  // These two refuse nothing; they have tests of their own: Reader.SignaturesPassUnreadAtTheEndOnly
  // and Examine.SeveralInfoOfOneLanguageAddUp.
  for (const auto* of_meaning : {"cap.R005", "cap.R092"})
    EXPECT_EQ(levels.erase(of_meaning), 1U) << of_meaning;
  std::map<std::string, std::string> found;  // at the first border of each rule
  for (const auto& border : borders()) {
    if (found.contains(border.rule)) continue;
    for (const auto& finding : validate(border.broken, std::nullopt, sample::noon).findings)
      if (finding.rule == border.rule) found[border.rule] = name(finding.severity);
  }
  EXPECT_EQ(found, levels);
}

}  // namespace
}  // namespace noroshi::cap
