#include "proto/signature/form.hpp"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "proto/cap/finding.hpp"

namespace noroshi::signature {
namespace {

constexpr std::string_view key_namespaces[] = {signature_namespace,
                                               "http://www.w3.org/2009/xmldsig11#"};
constexpr std::string_view canonicalization = "http://www.w3.org/2001/10/xml-exc-c14n#";
constexpr std::string_view enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
constexpr std::string_view digests[] = {"http://www.w3.org/2001/04/xmlenc#sha256",
                                        "http://www.w3.org/2001/04/xmldsig-more#sha384",
                                        "http://www.w3.org/2001/04/xmlenc#sha512"};
constexpr std::string_view rsa_methods[] = {"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
                                            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
                                            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"};
constexpr std::string_view ec_methods[] = {"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
                                           "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
                                           "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512"};

template <class Values>
bool contains(const Values& values, std::string_view value) {
  return std::find(std::begin(values), std::end(values), value) != std::end(values);
}

// The next node in document order, no deeper than `top`.
const xmlNode* after(const xmlNode* node, const xmlNode* top) {
  if (node->type == XML_ELEMENT_NODE && node->children != nullptr) return node->children;
  while (node != top && node->next == nullptr) node = node->parent;
  return node == top ? nullptr : node->next;
}

std::string_view attribute(const xmlNode& node, std::string_view name) {
  for (const auto* at = node.properties; at != nullptr; at = at->next)
    if (at->ns == nullptr && view(at->name) == name)
      return at->children == nullptr ? std::string_view() : view(at->children->content);
  return {};
}

const xmlNode* child(const xmlNode& parent, std::string_view local) {
  for (const auto* at = parent.children; at != nullptr; at = at->next)
    if (is_element(*at, signature_namespace, local)) return at;
  return nullptr;
}

// One signature, read against the form from outside in; the first thing that differs is kept.
class Look {
 public:
  std::optional<Objection> at(const xmlNode& signature) {
    if (!plain(signature, "Signature", {})) return objection_;
    const auto parts = children(signature);
    const bool keyed = parts.size() == 3;
    if (!objection_ && parts.size() != 2 && !keyed) object("shape", signature);
    if (!objection_ && plain(*parts[0], "SignedInfo", {})) signed_info(*parts[0]);
    if (!objection_) base64(*parts[1], "SignatureValue");
    if (!objection_ && keyed) key_info(*parts[2]);
    return objection_;
  }

 private:
  bool object(std::string aspect, std::string_view value) {
    if (!objection_)
      objection_ = Objection{.aspect = std::move(aspect), .value = cap::shown(value)};
    return false;
  }
  bool object(std::string aspect, const xmlNode& node) {
    return object(std::move(aspect), view(node.name));
  }

  // Whether the element is this one of xmldsig with these attributes, each of them once and no
  // other.
  bool plain(const xmlNode& node, std::string_view local,
             std::initializer_list<std::string_view> attributes) {
    if (objection_) return false;
    if (!is_element(node, signature_namespace, local)) return object("shape", node);
    std::size_t count = 0;
    for (const auto* at = node.properties; at != nullptr; at = at->next, ++count)
      if (at->ns != nullptr || !contains(attributes, view(at->name)))
        return object("shape", view(at->name));
    return count == attributes.size() || object("shape", node);
  }

  // Its elements; nothing but white space may stand between them.
  std::vector<const xmlNode*> children(const xmlNode& parent) {
    std::vector<const xmlNode*> elements;
    for (const auto* at = parent.children; at != nullptr; at = at->next) {
      if (at->type == XML_ELEMENT_NODE)
        elements.push_back(at);
      else if (at->type != XML_TEXT_NODE || xmlIsBlankNode(at) == 0)
        object("shape", parent);
    }
    return elements;
  }

  bool exactly(const xmlNode& parent, std::size_t count, std::vector<const xmlNode*>& elements) {
    if (objection_) return false;
    elements = children(parent);
    if (objection_) return false;
    return elements.size() == count || object("shape", parent);
  }

  void signed_info(const xmlNode& node) {
    std::vector<const xmlNode*> parts;
    if (!exactly(node, 3, parts)) return;
    algorithm(*parts[0], "CanonicalizationMethod", {canonicalization});
    const auto method = attribute(*parts[1], "Algorithm");
    if (contains(ec_methods, method))
      algorithm(*parts[1], "SignatureMethod", ec_methods);
    else
      algorithm(*parts[1], "SignatureMethod", rsa_methods);
    reference(*parts[2]);
  }

  void reference(const xmlNode& node) {
    if (!plain(node, "Reference", {"URI"})) return;
    const auto uri = attribute(node, "URI");
    if (!uri.empty()) object("reference", uri);
    std::vector<const xmlNode*> parts;
    if (!exactly(node, 3, parts)) return;
    if (plain(*parts[0], "Transforms", {})) transforms(*parts[0]);
    algorithm(*parts[1], "DigestMethod", digests);
    if (!objection_) base64(*parts[2], "DigestValue");
  }

  void transforms(const xmlNode& node) {
    std::vector<const xmlNode*> parts;
    if (!exactly(node, 2, parts)) return;
    algorithm(*parts[0], "Transform", {enveloped});
    algorithm(*parts[1], "Transform", {canonicalization});
  }

  template <class Values>
  void algorithm(const xmlNode& node, std::string_view local, const Values& allowed) {
    if (!plain(node, local, {"Algorithm"})) return;
    const auto value = attribute(node, "Algorithm");
    if (!contains(allowed, value))
      object("algorithm", value);
    else if (node.children != nullptr)
      object("shape", node);
  }
  void algorithm(const xmlNode& node, std::string_view local,
                 std::initializer_list<std::string_view> allowed) {
    algorithm<std::initializer_list<std::string_view>>(node, local, allowed);
  }

  void base64(const xmlNode& node, std::string_view local) {
    if (!plain(node, local, {})) return;
    const auto* only = node.children;
    if (only == nullptr || only->next != nullptr || only->type != XML_TEXT_NODE)
      object("shape", node);
  }

  void key_info(const xmlNode& node) {
    if (!is_element(node, signature_namespace, "KeyInfo")) {
      object("shape", node);
      return;
    }
    for (const auto* at = &node; at != nullptr; at = after(at, &node))
      if (at->type == XML_ELEMENT_NODE &&
          (at->ns == nullptr || !contains(key_namespaces, view(at->ns->href))))
        object("shape", *at);
  }

  std::optional<Objection> objection_;
};

// What the whole alert must be like, signatures aside.
std::optional<Objection> alert_objection(const xmlNode& root) {
  std::size_t namespaces = 0;
  for (const auto* at = &root; at != nullptr; at = after(at, &root)) {
    const bool known = at->type == XML_ELEMENT_NODE || at->type == XML_TEXT_NODE ||
                       at->type == XML_CDATA_SECTION_NODE || at->type == XML_PI_NODE;
    if (!known) return Objection{.aspect = "comment"};
    if (at->type != XML_ELEMENT_NODE) continue;
    for (const auto* space = at->nsDef; space != nullptr; space = space->next) ++namespaces;
    if (namespaces > namespaces_max) return Objection{.aspect = "namespaces"};
  }
  return std::nullopt;
}

// Whether an element that is no signature comes after one.
bool misplaced(const xmlNode& root) {
  bool begun = false;
  for (const auto* at = root.children; at != nullptr; at = at->next) {
    if (at->type != XML_ELEMENT_NODE) continue;
    const bool of_signature = at->ns != nullptr && view(at->ns->href) == signature_namespace;
    if (begun && !of_signature) return true;
    begun = begun || of_signature;
  }
  return false;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

}  // namespace

std::optional<Objection> charset_objection(std::string_view text) {
  constexpr std::string_view unambiguous[] = {"utf-8", "utf8", "utf-16", "utf-16le", "utf-16be"};
  if (!text.starts_with("<?xml")) return std::nullopt;
  text = text.substr(0, text.find("?>"));
  const auto at = text.find("encoding");  // nothing else in an XML declaration can hold this word
  if (at == std::string_view::npos) return std::nullopt;
  const auto begin = text.find_first_of("\"'", at);
  if (begin == std::string_view::npos) return std::nullopt;
  const auto name = text.substr(begin + 1, text.find(text[begin], begin + 1) - begin - 1);
  if (contains(unambiguous, lower_case(name))) return std::nullopt;
  return Objection{.aspect = "charset", .value = cap::shown(name)};
}

std::optional<Objection> form_objection(const xmlDoc& tree) {
  const auto signatures = signatures_of(tree);
  if (signatures.size() > signatures_max)
    return Objection{"cap.R081", "many", std::to_string(signatures.size()), signatures_max + 1};
  const auto& root = *xmlDocGetRootElement(&tree);
  if (misplaced(root)) return Objection{.aspect = "position"};
  if (auto objection = alert_objection(root)) return objection;
  for (std::size_t i = 0; i < signatures.size(); ++i)
    if (auto objection = Look().at(*signatures[i])) {
      objection->number = i + 1;
      return objection;
    }
  return std::nullopt;
}

KeyKind key_kind_of(const xmlNode& signature) {
  const auto& method = *child(*child(signature, "SignedInfo"), "SignatureMethod");
  return contains(ec_methods, attribute(method, "Algorithm")) ? KeyKind::ec : KeyKind::rsa;
}

}  // namespace noroshi::signature
