// libxml2's schema validator with cap12.xsd beside our reader and rules, over mutants: on the
// structure and the simple types the two must agree.
#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <algorithm>
#include <array>
#include <memory>
#include <random>
#include <string>
#include <string_view>

#include "proto/cap/validate.hpp"
#include "tests/conformance/cap/mutants.hpp"

namespace noroshi::cap {
namespace {

// The deliberate differences, all of one kind: we refuse what a schema cannot see. Whatever else
// differs is a fault of one of the two. Two of libxml2's are known, and no mutant has them: it
// refuses white space between elements that is written as CDATA, which is white space all the same,
// and it takes an info behind a signature, though the sequence ends with those. reader_test.cpp
// holds ours.
//   R010 R011  no white space, comma, < or & in a name: prose of CAP 1.2
//   R017 R018 R019  what belongs to a scope: prose
//   R022 R023 R024 R027  references and info that make sense: prose, and all national profiles
//   R032 R050 R060  not blank: our decision, a blank says nothing
//   R042  expires not before effective: our decision
//   R046 R053  absolute URIs; an anyURI of the schema may be any text: prose
//   R051 R054  media type, base64; in the schema both are strings: prose
//   R052  size is not negative: a size of -12 bytes does not exist
//   R061 R062 R063 R064  coordinates; in the schema they are strings: prose
//   R068  ceiling with altitude and above it: prose
constexpr std::array<std::string_view, 23> beyond_the_schema{
    "cap.R010", "cap.R011", "cap.R017", "cap.R018", "cap.R019", "cap.R022", "cap.R023", "cap.R024",
    "cap.R027", "cap.R032", "cap.R042", "cap.R046", "cap.R050", "cap.R051", "cap.R052", "cap.R053",
    "cap.R054", "cap.R060", "cap.R061", "cap.R062", "cap.R063", "cap.R064", "cap.R068"};

struct FreeSchema {
  void operator()(xmlSchemaPtr schema) const { xmlSchemaFree(schema); }
  void operator()(xmlSchemaParserCtxtPtr parser) const { xmlSchemaFreeParserCtxt(parser); }
  void operator()(xmlSchemaValidCtxtPtr valid) const { xmlSchemaFreeValidCtxt(valid); }
  void operator()(xmlDocPtr document) const { xmlFreeDoc(document); }
};

class SchemaDifferential : public testing::Test {
 protected:
  void SetUp() override {
    const std::string file = NOROSHI_SOURCE_DIR "/tests/conformance/cap/cap12.xsd";
    const std::unique_ptr<xmlSchemaParserCtxt, FreeSchema> parser(
        xmlSchemaNewParserCtxt(file.c_str()));
    schema_.reset(xmlSchemaParse(parser.get()));
    ASSERT_TRUE(schema_) << file;
    valid_.reset(xmlSchemaNewValidCtxt(schema_.get()));
    xmlSchemaSetValidStructuredErrors(
        valid_.get(), [](void*, xmlErrorPtr) {}, nullptr);
  }

  bool schema_takes(const std::string& bytes) {
    const std::unique_ptr<xmlDoc, FreeSchema> document(
        xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr,
                      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
    return document && xmlSchemaValidateDoc(valid_.get(), document.get()) == 0;
  }

  // Whether the errors, leaving out those no schema can see, say the same as the schema.
  void expect_agreement(const std::string& bytes) {
    const auto verdict = validate(bytes, std::nullopt, 4'000'000'000'000);
    std::string structure;
    bool refused_alike = false;
    for (const auto& finding : verdict.findings) {
      if (finding.severity != Severity::error) continue;
      refused_alike = refused_alike || !beyond(finding.rule) || shared(finding.rule);
      if (beyond(finding.rule)) continue;
      structure += finding.rule + " " + finding.path + " " + finding.value + "\n";
    }
    if (schema_takes(bytes)) {
      ++taken_;
      EXPECT_EQ(structure, "") << "the schema takes it\n" << bytes;
    } else {
      ++refused_;
      EXPECT_TRUE(refused_alike) << "the schema refuses it\n" << bytes;
    }
  }

  // Those of them that also stand for what a schema does see: no whole number, no URI at all.
  static bool shared(std::string_view rule) {
    return rule == "cap.R046" || rule == "cap.R052" || rule == "cap.R053";
  }

  static bool beyond(std::string_view rule) {
    return std::find(beyond_the_schema.begin(), beyond_the_schema.end(), rule) !=
           beyond_the_schema.end();
  }

  std::unique_ptr<xmlSchema, FreeSchema> schema_;
  std::unique_ptr<xmlSchemaValidCtxt, FreeSchema> valid_;
  std::size_t taken_ = 0;
  std::size_t refused_ = 0;
};

TEST_F(SchemaDifferential, TheOriginalsAreSoundForBoth) {
  for (const auto& original : mutants::originals()) {
    EXPECT_TRUE(schema_takes(original));
    expect_agreement(original);
  }
}

TEST_F(SchemaDifferential, MutantsAreJudgedAlike) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto originals = mutants::originals();
  for (int i = 0; i < 8'000 && !HasFailure(); ++i)
    expect_agreement(mutants::mutant(originals[random() % originals.size()], random));
  EXPECT_GT(taken_, 1'000U);
  EXPECT_GT(refused_, 1'000U);
}

}  // namespace
}  // namespace noroshi::cap
