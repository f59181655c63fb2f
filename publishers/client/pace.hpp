// How long to wait before each repetition: twice as long each time, with jitter, up to a bound.
#pragma once

#include <chrono>
#include <random>

namespace noroshi::publishers {

class Pace {
 public:
  Pace(std::chrono::milliseconds first, std::chrono::milliseconds most)
      : first_(first), most_(most), step_(first), random_(std::random_device{}()) {}

  // Between half of the step and all of it.
  std::chrono::milliseconds next();
  void begin_again() { step_ = first_; }

 private:
  std::chrono::milliseconds first_, most_, step_;
  std::mt19937_64 random_;
};

}  // namespace noroshi::publishers
