// The namespaces in scope while a document is walked (Namespaces in XML 1.0, section 6). Inside
// proto/cap only.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <rapidxml/rapidxml.hpp>

namespace noroshi::cap {

struct QualifiedName {
  std::string_view space;  // empty: in no namespace; lives until a deeper Scope begins
  std::string_view local;
};

class Namespaces {
 public:
  // The declarations of an element, in force for as long as this lives; the innermost ends first.
  class Scope {
   public:
    Scope(Namespaces& namespaces, const rapidxml::xml_node<>& element);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Namespaces& namespaces_;
    std::vector<std::string> prefixes_;
  };

  // The gate has seen that every prefix is declared.
  QualifiedName element_name(std::string_view name) const;
  QualifiedName attribute_name(std::string_view name) const;

 private:
  std::string_view space_of(std::string_view prefix) const;

  std::map<std::string, std::vector<std::string>, std::less<>> bound_;  // prefix → innermost last
};

// Whether the attribute declares a namespace.
bool is_declaration(std::string_view attribute_name);

}  // namespace noroshi::cap
