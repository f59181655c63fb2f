#include "proto/cap/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <rapidxml/rapidxml.hpp>
#include <type_traits>
#include <vector>

#include "proto/cap/content.hpp"
#include "proto/cap/limits.hpp"
#include "proto/cap/namespaces.hpp"
#include "proto/cap/schema.hpp"
#include "proto/cap/white_space.hpp"

namespace noroshi::cap {
namespace {

using Node = rapidxml::xml_node<>;

constexpr std::string_view signature_namespace = "http://www.w3.org/2000/09/xmldsig#";
constexpr std::string_view instance_namespace = "http://www.w3.org/2001/XMLSchema-instance";

// The source stays as it is: values and places are read from it, not from RapidXML's own texts.
constexpr int parse_flags = rapidxml::parse_non_destructive | rapidxml::parse_validate_closing_tags;

std::string_view name_of(const Node& node) { return {node.name(), node.name_size()}; }

template <class Member>
constexpr bool is_list = false;
template <class Item>
constexpr bool is_list<std::vector<Item>> = true;

template <class Member>
struct ItemOf {
  using Type = Member;
};
template <class Item>
struct ItemOf<std::optional<Item>> {
  using Type = Item;
};
template <class Item>
struct ItemOf<std::vector<Item>> {
  using Type = Item;
};

class Reader {
 public:
  Reader(std::string_view text, Findings& findings)
      : text_(text), locator_(text), findings_(findings) {}

  std::optional<Alert> alert(const Node& root) {
    const Namespaces::Scope scope(namespaces_, root);
    const auto name = namespaces_.element_name(name_of(root));
    const Place place = locator_.place_of(root.name() - 1);
    if (name.space != cap_namespace || name.local != "alert") {
      refuse_root(name, place);
      return std::nullopt;
    }
    check_attributes(root, alert_path, place);
    Alert alert;
    alert.place = place;
    read_children(root, alert, alert_path, place);
    return alert;
  }

 private:
  void refuse_root(const QualifiedName& name, Place place) {
    const bool older = name.space == "urn:oasis:names:tc:emergency:cap:1.1" ||
                       name.space == "http://www.incident.com/cap/1.0";
    const auto local = shown(name.local);
    findings_.error("R003", Path(document_path, local), place,
                    older ? name.space : fmt::format("{{{}}}{}", name.space, name.local),
                    older ? "older" : "root");
  }

  void check_attributes(const Node& node, const Path& path, Place place) {
    for (const auto* attribute = node.first_attribute(); attribute != nullptr;
         attribute = attribute->next_attribute()) {
      const std::string_view written(attribute->name(), attribute->name_size());
      if (is_declaration(written)) continue;
      const auto name = namespaces_.attribute_name(written);
      const bool schema_hint =
          name.local == "schemaLocation" || name.local == "noNamespaceSchemaLocation";
      if (name.space == instance_namespace && schema_hint) continue;
      findings_.error("R004", path, place, written, "attribute");
    }
  }

  // How far the children of one element have come in their table.
  template <std::size_t size>
  struct Progress {
    std::size_t furthest = 0;
    std::array<std::size_t, size> seen{};
  };

  template <class Owner>
  void read_children(const Node& parent, Owner& owner, const Path& path, Place place) {
    Progress<std::tuple_size_v<std::remove_cvref_t<decltype(fields_of<Owner>)>>> progress;
    bool signatures = false;
    for (const auto* child = parent.first_node(); child != nullptr; child = child->next_sibling()) {
      if (child->type() != rapidxml::node_element) {
        refuse_stray_text(*child, path);
        continue;
      }
      const Namespaces::Scope scope(namespaces_, *child);
      const auto name = namespaces_.element_name(name_of(*child));
      if (std::is_same_v<Owner, Alert> && name.space == signature_namespace) {
        signatures = true;
        if constexpr (std::is_same_v<Owner, Alert>)
          owner.signatures.places.push_back(locator_.place_of(child->name() - 1));
      } else {
        read_child(*child, name, owner, path, progress, signatures);
      }
    }
    report_missing<Owner>(progress.seen, path, place);
  }

  template <class Owner, class Steps>
  void read_child(const Node& child, const QualifiedName& name, Owner& owner, const Path& path,
                  Steps& progress, bool after_signature) {
    const Place place = locator_.place_of(child.name() - 1);
    std::size_t index = 0;
    bool known = false;
    const bool ours = name.space == cap_namespace;
    each_field<Owner>([&](const auto& field) {
      if (ours && !known && name.local == field.name) {
        known = true;
        const std::size_t number = ++progress.seen[index];
        const bool single = field.occurs == Occurs::once || field.occurs == Occurs::at_most_once;
        const Path child_path(path, field.name, single && number == 1 ? 0 : number);
        check_attributes(child, child_path, place);
        if (single && number > 1) {
          findings_.error("R004", child_path, place, name.local, "repeated");
        } else if (index < progress.furthest || after_signature) {
          findings_.error("R004", child_path, place, name.local, "order");
        }
        progress.furthest = std::max(progress.furthest, index);
        read_item(child, owner.*field.member, field.spaces, child_path, place);
      }
      ++index;
    });
    if (!known) refuse_unknown(name, path, place);
  }

  void refuse_unknown(const QualifiedName& name, const Path& path, Place place) {
    const bool foreign = name.space != cap_namespace;
    const auto local = shown(name.local);
    findings_.error(
        "R004", Path(path, local), place,
        foreign ? fmt::format("{{{}}}{}", name.space, name.local) : std::string(name.local),
        "unknown");
  }

  void refuse_stray_text(const Node& node, const Path& path) {
    const std::string_view value(node.value(), node.value_size());
    const bool blank = node.type() == rapidxml::node_data
                           ? is_blank(attribute_value(value))  // only to resolve references
                           : is_blank(value);
    if (!blank) findings_.error("R004", path, locator_.place_of(node.value()), value, "text");
  }

  template <class Owner, class Seen>
  void report_missing(const Seen& seen, const Path& path, Place place) {
    std::size_t index = 0;
    each_field<Owner>([&](const auto& field) {
      const bool needed = field.occurs == Occurs::once || field.occurs == Occurs::at_least_once;
      if (needed && seen[index] == 0)
        findings_.error("R004", Path(path, field.name), place, field.name, "missing");
      ++index;
    });
  }

  // Every occurrence within the bounds is read, for its findings; of a single element the first is
  // kept.
  template <class Member>
  void read_item(const Node& node, Member& member, Spaces spaces, const Path& path, Place place) {
    if constexpr (std::is_same_v<Member, std::vector<Info>>)
      if (member.size() == infos_max) return findings_.error("R002", path, place, {}, "infos");
    typename ItemOf<Member>::Type item;
    if constexpr (std::is_same_v<decltype(item), Text>) {
      item = text_of(node, spaces, path, place);
    } else {
      item.place = place;
      read_children(node, item, path, place);
    }
    if constexpr (is_list<Member>) {
      member.push_back(std::move(item));
    } else if constexpr (std::is_same_v<Member, Text>) {
      if (member.place.line == 0) member = std::move(item);
    } else {
      if (!member) member = std::move(item);
    }
  }

  Text text_of(const Node& node, Spaces spaces, const Path& path, Place place) {
    for (const auto* child = node.first_node(); child != nullptr; child = child->next_sibling()) {
      if (child->type() != rapidxml::node_element) continue;
      const auto inner = name_of(*child);
      const auto local = shown(inner);
      findings_.error("R004", Path(path, local), locator_.place_of(child->name() - 1), inner,
                      "child");
      return {{}, place};
    }
    const auto inside = inside_of(node);
    if (!inside) return {{}, place};
    auto text = text_content(*inside);
    return {spaces == Spaces::collapse ? collapsed(text) : std::move(text), place};
  }

  // What follows the start tag; nothing for an empty-element tag. RapidXML does not keep the place,
  // and drops white space that stands alone.
  std::optional<std::string_view> inside_of(const Node& node) const {
    const char* end = node.name() + node.name_size();
    for (const auto* attribute = node.first_attribute(); attribute != nullptr;
         attribute = attribute->next_attribute())
      end = attribute->value() + attribute->value_size() + 1;
    auto rest = rest_from(end);
    rest.remove_prefix(rest.find_first_not_of(white_space));
    if (rest.starts_with('/')) return std::nullopt;
    assert(rest.starts_with('>'));
    return rest.substr(1);
  }

  std::string_view rest_from(const char* at) const {
    return text_.substr(static_cast<std::size_t>(at - text_.data()));
  }

  std::string_view text_;
  Locator locator_;
  Findings& findings_;
  Namespaces namespaces_;
};

const Node& root_of(const rapidxml::xml_document<>& document) {
  const Node* node = document.first_node();
  while (node != nullptr && node->type() != rapidxml::node_element) node = node->next_sibling();
  assert(node != nullptr);
  return *node;
}

}  // namespace

std::optional<Alert> read(std::string text, Findings& findings) {
  rapidxml::xml_document<> document;
  try {
    document.parse<parse_flags>(text.data());
  } catch (const rapidxml::parse_error& error) {
    // The two parsers disagree: then the document is not safe to understand.
    findings.error("R001", {}, Locator(text).place_of(error.where<char>()), error.what(),
                   "malformed");
    return std::nullopt;
  }
  return Reader(text, findings).alert(root_of(document));
}

}  // namespace noroshi::cap
