#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "plexus/core/compartment.h"

namespace plexus {

/// x W of a component whose matrix may be held by its non-zeros.
class HeldProduct {
 public:
  /// y = x (scale W): x (B, n), y (B, m). Costs the non-zeros of the rows whose x is not 0, while W
  /// is held by its own.
  void run(Compartment& W, float scale, std::span<const float> x, std::span<float> y);

 private:
  std::vector<std::uint32_t> active_;  // scratch
  std::vector<float> sums_;
};

}  // namespace plexus
