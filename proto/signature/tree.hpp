// The tree libxml2 makes of a document, which both the look at the form and xmlsec1 work on: what
// is looked at is what is checked. Inside proto/signature only.
#pragma once

#include <libxml/tree.h>

#include <memory>
#include <string_view>
#include <vector>

namespace noroshi::signature {

inline constexpr std::string_view signature_namespace = "http://www.w3.org/2000/09/xmldsig#";

struct FreeTree {
  void operator()(xmlDoc* tree) const { xmlFreeDoc(tree); }
};
using Tree = std::unique_ptr<xmlDoc, FreeTree>;

// `text` as cap::decode() gives it, of a document that cap::validate() accepts: parsed as the gate
// does, without network, DTD and entities. Null when it is not well-formed.
Tree parse(std::string_view text);

std::string_view view(const xmlChar* text);
bool is_element(const xmlNode& node, std::string_view space, std::string_view local);

// The children of the root that are elements of xmldsig, whatever they are called.
std::vector<xmlNode*> signatures_of(const xmlDoc& tree);
// Takes all of signatures_of() but the one at `index` out of the tree, and that one's KeyInfo: each
// signature is over the document without the others, and nothing in it may choose the key.
// Gives what is left.
xmlNode* keep_only(xmlDoc& tree, std::size_t index);

}  // namespace noroshi::signature
