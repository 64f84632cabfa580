#pragma once

#include <cstdint>
#include <span>

#include "plexus/core/random/key.h"

// Unlike the samplers of samplers.h these need the array whole: how often an element is drawn again
// depends on the slowest of them. A rate below 10 takes Knuth's method, others Hörmann's rejection.
namespace plexus {

/// Poisson counts of one rate.
/// Throws Error (config) unless 0 <= rate <= 1e9.
void fill_poisson(Key key, std::span<std::int32_t> out, float rate);

/// Poisson counts: out[i] of rates[i]; both of one length. Rates on both sides of 10 in one array
/// agree with JAX in distribution only: there the last bit of a log-gamma of 1e6 decides how often
/// all elements are drawn again.
/// Throws Error (config) unless 0 <= rates[i] <= 1e9.
void fill_poisson(Key key, std::span<std::int32_t> out, std::span<const float> rates);

}  // namespace plexus
