#pragma once

#include <cstdint>
#include <span>

#include "plexus/core/random/key.h"

// Samplers over arrays. `fill_x(key, first, out)` gives elements first, first + 1, ... of
// `jax.random.x(key, shape)`, counted row by row, for any shape that has them: an array may be
// filled in pieces, in any order and by any thread. Nothing here allocates.
namespace plexus {

/// 32 random bits each.
void fill_bits(Key key, std::uint64_t first, std::span<std::uint32_t> out);

/// Uniform in [0, 1), multiples of 2^-23.
void fill_uniform(Key key, std::uint64_t first, std::span<float> out);

/// Uniform in [low, high); rounding may give `high` itself, unless low is 0. All are `low` if
/// high <= low.
void fill_uniform(Key key, std::uint64_t first, std::span<float> out, float low, float high);

/// Standard normal.
void fill_normal(Key key, std::uint64_t first, std::span<float> out);

/// 1 with probability p, else 0.
void fill_bernoulli(Key key, std::uint64_t first, std::span<float> out, float p);

/// 1 with probability p[i], else 0, where p[i] belongs to out[i]; both of one length.
void fill_bernoulli(Key key, std::uint64_t first, std::span<float> out, std::span<const float> p);

/// Integers of [low, high), equally likely to within span / 2^32; all `low` if high <= low.
/// `high` is at most 2^31.
void fill_randint(Key key, std::uint64_t first, std::span<std::int32_t> out, std::int32_t low,
                  std::int64_t high);

/// Standard Gumbel.
void fill_gumbel(Key key, std::uint64_t first, std::span<float> out);

/// Exponential of rate 1.
void fill_exponential(Key key, std::uint64_t first, std::span<float> out);

/// exp(sigma z), z standard normal.
void fill_lognormal(Key key, std::uint64_t first, std::span<float> out, float sigma);

/// Standard normal, conditioned on low < z < high.
void fill_truncated_normal(Key key, std::uint64_t first, std::span<float> out, float low,
                           float high);

/// Categories 0 to K - 1, K = logits.size() >= 1, with probabilities in proportion to exp(logits).
void fill_categorical(Key key, std::uint64_t first, std::span<std::int32_t> out,
                      std::span<const float> logits);

}  // namespace plexus
