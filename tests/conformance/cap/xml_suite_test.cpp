// The W3C XML conformance suite at the gate: NOROSHI_XML_SUITE names its folder (the one that holds
// xmltest/, sun/, oasis/, ibm/, with the catalogue beside it in cleaned/), as xml_suite/fetch
// brings it. What is expected of a document is read from the catalogue and from its first bytes
// only.
#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "proto/cap/gate.hpp"
#include "proto/cap/validate.hpp"

namespace noroshi::cap {
namespace {

namespace fs = std::filesystem;

struct Document {
  fs::path path;
  std::string type;        // "valid", "invalid", "not-wf", "error"
  std::string version;     // of XML, where it matters
  std::string editions;    // of XML 1.0 that `type` holds in, where it does not in all: "1 2 3 4"
  std::string namespaces;  // "no": it is not even meant to keep the namespaces' rules

  // Whether `type` is what the fifth edition says, which is the one in force.
  bool current() const { return editions.empty() || editions.find('5') != std::string::npos; }
};

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string attribute_of(xmlNodePtr node, const char* name) {
  xmlChar* value = xmlGetProp(node, reinterpret_cast<const xmlChar*>(name));
  const std::string text = value == nullptr ? "" : reinterpret_cast<const char*>(value);
  xmlFree(value);
  return text;
}

void collect(xmlNodePtr node, const fs::path& base, std::vector<Document>& documents) {
  for (; node != nullptr; node = node->next) {
    if (node->type != XML_ELEMENT_NODE) continue;
    const auto here = base / attribute_of(node, "base");
    if (xmlStrEqual(node->name, reinterpret_cast<const xmlChar*>("TEST")) != 0)
      documents.push_back({here / attribute_of(node, "URI"), attribute_of(node, "TYPE"),
                           attribute_of(node, "VERSION"), attribute_of(node, "EDITION"),
                           attribute_of(node, "NAMESPACE")});
    collect(node->children, here, documents);
  }
}

std::vector<Document> catalogue_of(const fs::path& folder) {
  const auto file = folder.parent_path() / "cleaned" / "xmlconf-flattened.xml";
  const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> catalogue(
      xmlReadFile(file.c_str(), nullptr, XML_PARSE_NONET | XML_PARSE_NOERROR), &xmlFreeDoc);
  std::vector<Document> documents;
  if (catalogue) collect(xmlDocGetRootElement(catalogue.get()), folder, documents);
  return documents;
}

// Whether a DOCTYPE stands before the root element, whatever the charset.
bool has_doctype(std::string bytes) {
  bytes.erase(std::remove(bytes.begin(), bytes.end(), '\0'), bytes.end());
  std::string_view text = bytes;
  while (true) {
    text.remove_prefix(std::min(text.find('<'), text.size()));
    const bool comment = text.starts_with("<!--");
    if (!comment && !text.starts_with("<?")) return text.starts_with("<!DOCTYPE");
    text.remove_prefix(std::min(text.find(comment ? "-->" : "?>"), text.size()));
  }
}

class XmlSuite : public testing::Test {
 protected:
  void SetUp() override {
    const char* folder = std::getenv("NOROSHI_XML_SUITE");
    if (folder == nullptr) {
      std::cerr << "\n*** NOROSHI_XML_SUITE is not set: THE XML SUITE WAS NOT RUN ***\n\n";
      GTEST_SKIP() << "NOROSHI_XML_SUITE is not set";
    }
    folder_ = folder;
    documents_ = catalogue_of(folder_);
    ASSERT_EQ(documents_.size(), 2585U) << folder_ << " is not the suite of xml_suite/package.json";
  }

  fs::path folder_;
  std::vector<Document> documents_;
};

TEST_F(XmlSuite, NothingThatIsNotWellFormedPasses) {
  std::size_t checked = 0;
  for (const auto& document : documents_) {
    if (document.type != "not-wf" || !document.current()) continue;
    EXPECT_FALSE(admit(content_of(document.path), std::nullopt)) << document.path;
    ++checked;
  }
  EXPECT_EQ(checked, 1186U);
}

TEST_F(XmlSuite, NothingWithADoctypePasses) {
  std::size_t checked = 0;
  for (const auto& document : documents_) {
    const auto bytes = content_of(document.path);
    if (!has_doctype(bytes)) continue;
    EXPECT_FALSE(admit(bytes, std::nullopt)) << document.path;
    ++checked;
  }
  EXPECT_EQ(checked, 2182U);
}

TEST_F(XmlSuite, WhatIsWellFormedAndHasNoDoctypePasses) {
  std::size_t passed = 0;
  std::size_t outside_namespaces = 0;
  for (const auto& document : documents_) {
    const bool well_formed = document.type == "valid" || document.type == "invalid";
    if (!well_formed || !document.current() || document.version == "1.1") continue;
    const auto bytes = content_of(document.path);
    if (has_doctype(bytes)) continue;
    const bool sound = document.namespaces != "no";
    const auto text = admit(bytes, std::nullopt);
    EXPECT_EQ(text.has_value(), sound) << document.path;
    ++(sound ? passed : outside_namespaces);
  }
  EXPECT_EQ(passed, 73U);
  EXPECT_EQ(outside_namespaces, 2U);
}

// Entities and DTDs too: they are bytes that somebody may send.
TEST_F(XmlSuite, NoFileOfItIsTakenForAnAlert) {
  std::size_t checked = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
    if (!entry.is_regular_file()) continue;
    const auto verdict = validate(content_of(entry.path()), std::nullopt, 0);
    EXPECT_FALSE(verdict.accepted()) << entry.path();
    EXPECT_FALSE(verdict.alert) << entry.path();
    ++checked;
  }
  EXPECT_GE(checked, 3080U);
}

}  // namespace
}  // namespace noroshi::cap
