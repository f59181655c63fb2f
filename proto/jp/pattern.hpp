// Texts with gaps: "{place}: {hazard}, {order}".
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace noroshi::jp {

using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// A name that has no value is left out, with a comma and a blank behind it. A value that ends its
// sentence (Etc.) takes the full stop behind it with it.
std::string filled(std::string_view pattern, const Values& values);

// Whether each name in `pattern`, but for `but`, has a value.
bool fillable(std::string_view pattern, const Values& values, std::string_view but);

}  // namespace noroshi::jp
