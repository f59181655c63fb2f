#include "hub/geometry/territory.hpp"

namespace noroshi::geometry {
namespace {

constexpr int segments_a_quarter = 2;  // at corners up to 8 % of the tolerance is lost

Shape widened(const Shape& area) {
  auto context = Context::of_this_thread();
  auto* geometry =
      GEOSBuffer_r(context->handle(), area.get(), tolerance_degrees, segments_a_quarter);
  return {std::move(context), geometry};
}

}  // namespace

Territory::Territory(const Shape& area) : widened_(widened(area)), prepared_(widened_) {}

}  // namespace noroshi::geometry
