// Encoded bytes that several connections send; built once, never changed.
#pragma once

#include <memory>
#include <string>

namespace noroshi::wire {

using Frame = std::shared_ptr<const std::string>;

}  // namespace noroshi::wire
