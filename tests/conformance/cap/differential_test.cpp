// Another reader of the same bytes: what we accept, libxml2's own tree must understand as we do.
#include <gtest/gtest.h>
#include <iconv.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "proto/cap/validate.hpp"
#include "tests/conformance/cap/mutants.hpp"

namespace noroshi::cap {
namespace {

// Written by hand, with the corners where parsers differ: prefixes, CDATA, comments, references,
// line ends, white space alone, empty elements.
const std::string original =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"
    "<c:alert xmlns:c=\"urn:oasis:names:tc:emergency:cap:1.2\"\r\n"
    "  xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">\r\n"
    "  <identifier>jp-<![CDATA[362018]]>-&#49;<!-- 2 --></identifier>\r\n"
    "  <c:sender>city.example</c:sender><!-- <sender>evil</sender> -->\r\n"
    "  <sent> 2026-11-22T12:00:00+09:00\r\n</sent><status>Actual</status>\r\n"
    "  <msgType>Al<?x y?>ert</msgType><scope>Public</scope><note>a<!-- --> <!-- "
    "-->&#13;b</note>\r\n"
    "  <info><category>Met</category><event>大雨 &amp; 洪水 &lt;3&gt;</event>\r\n"
    "    <urgency>Immediate</urgency><severity>Severe</severity><certainty>Likely</certainty>\r\n"
    "    <headline/><area><areaDesc>徳島市</areaDesc></area>\r\n"
    "    <area xmlns:d=\"urn:oasis:names:tc:emergency:cap:1.2\"><d:areaDesc>松茂町</d:areaDesc>\r\n"
    "      <polygon>0,0 1,1\r\n1,0 0,0</polygon></area></info>\r\n"
    "</c:alert>\r\n";

struct FreeDocument {
  void operator()(xmlDocPtr document) const { xmlFreeDoc(document); }
};

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

// The texts of all CAP elements called `name`, in document order.
void collect(xmlNodePtr node, std::string_view name, std::vector<std::string>& texts) {
  for (; node != nullptr; node = node->next) {
    if (node->type != XML_ELEMENT_NODE) continue;
    if (view(node->name) == name && node->ns != nullptr && view(node->ns->href) == cap_namespace) {
      xmlChar* content = xmlNodeGetContent(node);
      texts.emplace_back(view(content));
      xmlFree(content);
    }
    collect(node->children, name, texts);
  }
}

std::vector<std::string> texts_of(xmlDocPtr document, std::string_view name) {
  std::vector<std::string> texts;
  collect(xmlDocGetRootElement(document), name, texts);
  return texts;
}

void expect_agreement(const Alert& alert, const std::string& bytes) {
  const std::unique_ptr<xmlDoc, FreeDocument> document(
      xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr,
                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
  ASSERT_TRUE(document);
  using Texts = std::vector<std::string>;
  EXPECT_EQ(texts_of(document.get(), "identifier"), Texts{alert.identifier.value});
  EXPECT_EQ(texts_of(document.get(), "sender"), Texts{alert.sender.value});
  EXPECT_EQ(texts_of(document.get(), "status"), Texts{alert.status.value});
  EXPECT_EQ(texts_of(document.get(), "msgType"), Texts{alert.msg_type.value});
  Texts notes;
  if (alert.note) notes = {alert.note->value};
  EXPECT_EQ(texts_of(document.get(), "note"), notes);
  Texts events;
  Texts descriptions;
  Texts polygons;
  for (const auto& info : alert.info) {
    events.push_back(info.event.value);
    for (const auto& area : info.area) {
      descriptions.push_back(area.area_desc.value);
      for (const auto& polygon : area.polygon) polygons.push_back(polygon.value);
    }
  }
  EXPECT_EQ(texts_of(document.get(), "event"), events);
  EXPECT_EQ(texts_of(document.get(), "areaDesc"), descriptions);
  EXPECT_EQ(texts_of(document.get(), "polygon"), polygons);
}

TEST(Differential, TheOriginalIsUnderstoodAlike) {
  const auto verdict = validate(original, std::nullopt, 4'000'000'000'000);
  ASSERT_TRUE(verdict.accepted());
  expect_agreement(*verdict.alert, original);
  EXPECT_EQ(verdict.alert->note, "a \rb");
  EXPECT_EQ(verdict.alert->identifier, "jp-362018-1");
}

TEST(Differential, MutantsThatAreAcceptedAreUnderstoodAlike) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::string pieces[] = {
      "<!-- -->", "<![CDATA[", "]]>", "<?p?>", "&#32;",           "&lt;",  "c:", " ",
      "\r",       "\n",        "\t",  "x",     "<![CDATA[<a>]]>", "&amp;", "é",  "\xEF\xBB\xBF",
      "/",        "&#x907F;"};
  std::size_t accepted = 0;
  for (int i = 0; i < 20'000 && !HasFailure(); ++i) {
    auto mutant = original;
    for (int changes = 0; changes < 1 + i % 3; ++changes)
      mutant.insert(random() % mutant.size(), pieces[random() % std::size(pieces)]);
    const auto verdict = validate(mutant, std::nullopt, 4'000'000'000'000);
    if (!verdict.accepted()) continue;
    ++accepted;
    expect_agreement(*verdict.alert, mutant);
    if (HasFailure()) ADD_FAILURE() << mutant;
  }
  EXPECT_GT(accepted, 100U) << "too few mutants came through to compare anything";
}

// `document`, which declares UTF-8, in another charset; as it is when a change broke a character.
std::string in_charset(const std::string& source, const char* declared, const char* charset,
                       const std::string& mark) {
  auto document = source;
  if (const auto at = document.find("UTF-8"); at < 40) document.replace(at, 5, declared);
  const iconv_t converter = iconv_open(charset, "UTF-8");
  std::string bytes(document.size() * 4, '\0');
  char* input = document.data();
  std::size_t left = document.size();
  char* output = bytes.data();
  std::size_t room = bytes.size();
  const auto converted = iconv(converter, &input, &left, &output, &room);
  iconv_close(converter);
  if (converted != 0) return source;
  bytes.resize(bytes.size() - room);
  return mark + bytes;
}

TEST(Differential, StructuredMutantsInEveryCharsetAreUnderstoodAlike) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto originals = mutants::originals();
  std::size_t accepted = 0;
  for (int i = 0; i < 6'000 && !HasFailure(); ++i) {
    auto mutant = mutants::mutant(originals[random() % originals.size()], random);
    if (i % 4 == 1) mutant = in_charset(mutant, "UTF-16", "UTF-16LE", "\xFF\xFE");
    if (i % 4 == 2) mutant = in_charset(mutant, "Shift_JIS", "CP932", "");
    if (i % 4 == 3) mutant = in_charset(mutant, "EUC-JP", "EUC-JP-MS", "");
    const auto verdict = validate(mutant, std::nullopt, 4'000'000'000'000);
    if (!verdict.accepted()) continue;
    ++accepted;
    expect_agreement(*verdict.alert, mutant);
    if (HasFailure()) ADD_FAILURE() << mutant;
  }
  EXPECT_GT(accepted, 500U);
}

}  // namespace
}  // namespace noroshi::cap
