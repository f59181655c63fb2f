#include "hub/geometry/prepared.hpp"

namespace noroshi::geometry {

Prepared::Prepared(const Shape& shape)
    : context_(Context::of_this_thread()),
      prepared_(shape.get() == nullptr ? nullptr : GEOSPrepare_r(context_->handle(), shape.get()),
                Destroy{context_->handle()}) {}

bool Prepared::intersects(const Shape& other) const {
  return prepared_ != nullptr && other.get() != nullptr &&
         GEOSPreparedIntersects_r(context_->handle(), prepared_.get(), other.get()) == 1;
}

bool Prepared::may_intersect(const Shape& other) const {
  return prepared_ == nullptr || other.get() == nullptr ||
         GEOSPreparedIntersects_r(context_->handle(), prepared_.get(), other.get()) != 0;
}

bool Prepared::covers(const Shape& other) const {
  return prepared_ != nullptr && other.get() != nullptr &&
         GEOSPreparedCovers_r(context_->handle(), prepared_.get(), other.get()) == 1;
}

}  // namespace noroshi::geometry
