#pragma once

#include <initializer_list>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "plexus/core/compartment.h"
#include "plexus/core/method.h"

namespace plexus {

/// Matches floats that each lie within `tolerance` of what is expected.
inline auto AreNear(float tolerance, std::vector<float> expected) {
  return testing::Pointwise(testing::FloatNear(tolerance), std::move(expected));
}

/// Steps a method at t = 0, dt, 2 dt, …, and gathers what a compartment holds after each.
class Responses {
 public:
  Responses(Method& method, Compartment& watched, double dt = 1)
      : method_(&method), watched_(&watched), dt_(dt) {}

  /// A step for every row, to which `input` is set before.
  Responses& to(Compartment& input, std::initializer_list<std::vector<float>> rows) {
    for (const auto& row : rows) {
      input.set(row);
      step();
    }
    return *this;
  }
  Responses& after(int steps) {
    for (int i = 0; i < steps; ++i) step();
    return *this;
  }
  operator std::vector<float>() const { return values_; }  // NOLINT(google-explicit-constructor)
  [[nodiscard]] const std::vector<float>& values() const { return values_; }

 private:
  void step() {
    method_->run({.t = t_, .dt = dt_});
    t_ += dt_;
    const auto now = watched_->values();
    values_.insert(values_.end(), now.begin(), now.end());
  }

  Method* method_;
  Compartment* watched_;
  double dt_, t_ = 0;
  std::vector<float> values_;
};

}  // namespace plexus
