#include "hub/geometry/territory.hpp"

namespace noroshi::geometry {
namespace {

constexpr int segments_a_quarter = 2;  // at corners up to 8 % of the tolerance is lost

}  // namespace

Territory::Territory(const Shape& area)
    : context_(Context::of_this_thread()),
      widened_(context_,
               GEOSBuffer_r(context_->handle(), area.get(), tolerance_degrees, segments_a_quarter)),
      prepared_(
          widened_.get() == nullptr ? nullptr : GEOSPrepare_r(context_->handle(), widened_.get()),
          Destroy{context_->handle()}) {}

bool Territory::covers(const Shape& shape) const {
  return prepared_ != nullptr && shape.get() != nullptr &&
         GEOSPreparedCovers_r(context_->handle(), prepared_.get(), shape.get()) == 1;
}

}  // namespace noroshi::geometry
