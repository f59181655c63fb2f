#include "proto/signature/tree.hpp"

#include <libxml/parser.h>

#include <cassert>

namespace noroshi::signature {
namespace {

void remove(xmlNode* node) {
  xmlUnlinkNode(node);
  xmlFreeNode(node);
}

}  // namespace

Tree parse(std::string_view text) {
  constexpr int options =
      XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  return Tree(xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr, options));
}

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

bool is_element(const xmlNode& node, std::string_view space, std::string_view local) {
  return node.type == XML_ELEMENT_NODE && node.ns != nullptr && view(node.ns->href) == space &&
         view(node.name) == local;
}

std::vector<xmlNode*> signatures_of(const xmlDoc& tree) {
  std::vector<xmlNode*> found;
  const auto* root = xmlDocGetRootElement(&tree);
  for (auto* child = root == nullptr ? nullptr : root->children; child != nullptr;
       child = child->next)
    if (child->type == XML_ELEMENT_NODE && child->ns != nullptr &&
        view(child->ns->href) == signature_namespace)
      found.push_back(child);
  return found;
}

xmlNode* keep_only(xmlDoc& tree, std::size_t index) {
  const auto all = signatures_of(tree);
  assert(index < all.size());
  for (std::size_t i = 0; i < all.size(); ++i)
    if (i != index) remove(all[i]);
  for (auto* child = all[index]->children; child != nullptr;) {
    auto* const next = child->next;
    if (is_element(*child, signature_namespace, "KeyInfo")) remove(child);
    child = next;
  }
  return all[index];
}

}  // namespace noroshi::signature
