#include "proto/cap/namespaces.hpp"

#include "proto/cap/content.hpp"

namespace noroshi::cap {
namespace {

constexpr std::string_view xml_namespace = "http://www.w3.org/XML/1998/namespace";

struct Split {
  std::string_view prefix;
  std::string_view local;
};

Split split(std::string_view name) {
  const auto colon = name.find(':');
  if (colon == std::string_view::npos) return {{}, name};
  return {name.substr(0, colon), name.substr(colon + 1)};
}

}  // namespace

bool is_declaration(std::string_view attribute_name) {
  return attribute_name == "xmlns" || attribute_name.starts_with("xmlns:");
}

Namespaces::Scope::Scope(Namespaces& namespaces, const rapidxml::xml_node<>& element)
    : namespaces_(namespaces) {
  for (const auto* attribute = element.first_attribute(); attribute != nullptr;
       attribute = attribute->next_attribute()) {
    const std::string_view name(attribute->name(), attribute->name_size());
    if (!is_declaration(name)) continue;
    const auto [prefix, local] = split(name);
    prefixes_.emplace_back(prefix.empty() ? std::string_view() : local);
    namespaces_.bound_[prefixes_.back()].push_back(
        attribute_value({attribute->value(), attribute->value_size()}));
  }
}

Namespaces::Scope::~Scope() {
  for (const auto& prefix : prefixes_) namespaces_.bound_[prefix].pop_back();
}

std::string_view Namespaces::space_of(std::string_view prefix) const {
  if (prefix == "xml") return xml_namespace;
  const auto found = bound_.find(prefix);
  if (found == bound_.end() || found->second.empty()) return {};
  return found->second.back();
}

QualifiedName Namespaces::element_name(std::string_view name) const {
  const auto [prefix, local] = split(name);
  return {space_of(prefix), local};
}

QualifiedName Namespaces::attribute_name(std::string_view name) const {
  const auto [prefix, local] = split(name);
  return {prefix.empty() ? std::string_view() : space_of(prefix), local};
}

}  // namespace noroshi::cap
