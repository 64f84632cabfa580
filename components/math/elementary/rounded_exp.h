#pragma once

#include "plexus/core/random/exponential.h"

namespace plexus::math {

/// eˣ rounded to the nearest float, but for about one argument in a million: for constants such as
/// exp(-dt/tau), since with the slowest decays one unit in the last place is half the decay.
inline float rounded_exp(float x) {
  return plexus::detail::exp(x);
}

}  // namespace plexus::math
