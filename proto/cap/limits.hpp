// The bounds of a document (rule R002). All of them are checked before, or while, what they bound
// is read.
#pragma once

#include <cstddef>

namespace noroshi::cap {

inline constexpr std::size_t document_bytes_max = std::size_t{2} * 1024 * 1024;
inline constexpr std::size_t depth_max = 64;       // the root is at depth 1
inline constexpr std::size_t nodes_max = 200'000;  // elements, attributes, texts, comments, …
// An alert says each thing in a handful of languages; an info takes over 1 kB once it is read.
inline constexpr std::size_t infos_max = 1'000;
inline constexpr std::size_t ring_points_max = 20'000;
inline constexpr std::size_t alert_points_max = 200'000;

// The XML parser compares the attributes of an element, and the namespaces in scope, pair by pair:
// these two keep that from growing with the square of the document.
inline constexpr std::size_t element_attributes_max = 256;
inline constexpr std::size_t namespaces_max = 1'000;
// … and searches the names it has seen in lists that grow with their number.
inline constexpr std::size_t names_max = 10'000;

}  // namespace noroshi::cap
