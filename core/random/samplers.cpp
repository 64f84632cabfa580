#include "plexus/core/random/samplers.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <limits>

#include "plexus/core/random/draws.h"
#include "plexus/core/random/exponential.h"
#include "plexus/core/random/widest.h"

namespace plexus {
namespace {

/// Calls piece(begin, hi, lo, n) for consecutive pieces of the elements first, first + 1, ...,
/// such that the counter's high word is `hi` all through a piece and its low word lo + i.
template <class Piece>
void for_each_piece(std::uint64_t first, std::size_t size, const Piece& piece) {
  constexpr std::uint64_t kLongest = std::uint64_t{1} << 30;
  for (std::size_t begin = 0; begin < size;) {
    const std::uint64_t index = first + begin;
    const auto lo = static_cast<std::uint32_t>(index);
    const std::uint64_t to_wrap = (std::uint64_t{1} << 32) - lo;
    const std::uint64_t n = std::min({std::uint64_t{size - begin}, to_wrap, kLongest});
    piece(begin, static_cast<std::uint32_t>(index >> 32), lo, static_cast<std::uint32_t>(n));
    begin += n;
  }
}

/// The word of counter (hi, lo).
[[gnu::always_inline]] inline std::uint32_t word(Key key, std::uint32_t hi, std::uint32_t lo) {
  const Key words = threefry2x32(key, hi, lo);
  return words.k0 ^ words.k1;
}

/// Rounded once from double, where libraries differ less than a float can tell.
float erf(float x) {
  return static_cast<float>(std::erf(static_cast<double>(x)));
}

/// out[i] = draw(bits of element first + i).
template <class T, class Draw>
void fill(Key key, std::uint64_t first, std::span<T> out, const Draw& draw) {
  for_each_piece(first, out.size(), [&](std::size_t begin, auto hi, auto lo, auto n) {
    detail::fill_widest(
        out.data() + begin, n, [=](std::uint32_t i) __attribute__((always_inline)) {
          return draw(word(key, hi, lo + i));
        });
  });
}

}  // namespace

void fill_bits(Key key, std::uint64_t first, std::span<std::uint32_t> out) {
  fill(
      key, first, out, [](std::uint32_t bits) __attribute__((always_inline)) { return bits; });
}

void fill_uniform(Key key, std::uint64_t first, std::span<float> out) {
  fill(
      key, first, out,
      [](std::uint32_t bits) __attribute__((always_inline)) { return detail::uniform_of(bits); });
}

void fill_uniform(Key key, std::uint64_t first, std::span<float> out, float low, float high) {
  fill(
      key, first, out, [=](std::uint32_t bits) __attribute__((always_inline)) {
        return detail::uniform_of(bits, low, high);
      });
}

void fill_normal(Key key, std::uint64_t first, std::span<float> out) {
  fill(
      key, first, out,
      [](std::uint32_t bits) __attribute__((always_inline)) { return detail::normal_of(bits); });
}

void fill_bernoulli(Key key, std::uint64_t first, std::span<float> out, float p) {
  fill(
      key, first, out, [=](std::uint32_t bits) __attribute__((always_inline)) {
        return detail::uniform_of(bits) < p ? 1.0F : 0.0F;
      });
}

void fill_bernoulli(Key key, std::uint64_t first, std::span<float> out, std::span<const float> p) {
  assert(p.size() == out.size() && "one probability for each draw");
  fill_uniform(key, first, out);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = out[i] < p[i] ? 1.0F : 0.0F;
}

void fill_randint(Key key, std::uint64_t first, std::span<std::int32_t> out, std::int32_t low,
                  std::int64_t high) {
  // Two words a draw, (H scale + L) mod span, in wrapping arithmetic.
  const auto span = high <= low ? 1U : static_cast<std::uint32_t>(high - low);
  if (span == 0) {  // the whole range of int32: any word will do, and the low one is used
    const Key low_key = split_at(key, 1);
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i] =
          static_cast<std::int32_t>(static_cast<std::uint32_t>(low) + bits_at(low_key, first + i));
    }
    return;
  }
  const auto [high_key, low_key] = split(key);
  const std::uint32_t root = 65536U % span;
  const std::uint32_t scale = root * root % span;  // 2^32 mod span; 0 for spans above 65536
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::uint32_t h = bits_at(high_key, first + i) % span;
    const std::uint32_t l = bits_at(low_key, first + i) % span;
    const std::uint32_t offset = (h * scale + l) % span;
    out[i] = static_cast<std::int32_t>(static_cast<std::uint32_t>(low) + offset);
  }
}

void fill_gumbel(Key key, std::uint64_t first, std::span<float> out) {
  fill(
      key, first, out,
      [](std::uint32_t bits) __attribute__((always_inline)) { return detail::gumbel_of(bits); });
}

void fill_exponential(Key key, std::uint64_t first, std::span<float> out) {
  fill(
      key, first, out, [](std::uint32_t bits) __attribute__((always_inline)) {
        return detail::exponential_of(bits);
      });
}

void fill_lognormal(Key key, std::uint64_t first, std::span<float> out, float sigma) {
  fill_normal(key, first, out);
  for (float& x : out) x = detail::exp(x * sigma);
}

void fill_truncated_normal(Key key, std::uint64_t first, std::span<float> out, float low,
                           float high) {
  constexpr float kSqrt2 = 1.41421354F;
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const float from = erf(low / kSqrt2);
  const float to = erf(high / kSqrt2);
  const float least = std::nextafter(low, kInfinity);
  const float greatest = std::nextafter(high, -kInfinity);
  fill(
      key, first, out, [=](std::uint32_t bits) __attribute__((always_inline)) {
        const float z = kSqrt2 * detail::erf_inv(detail::uniform_of(bits, from, to));
        const float above = z < least ? least : z;
        return above > greatest ? greatest : above;
      });
}

void fill_categorical(Key key, std::uint64_t first, std::span<std::int32_t> out,
                      std::span<const float> logits) {
  assert(!logits.empty() && "one category at least");
  // The largest of logits + Gumbel noise; of equal ones the first. Draw i has K noises of its own.
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::uint64_t noise = (first + i) * logits.size();
    std::size_t winner = 0;
    float best = gumbel_at(key, noise) + logits[0];
    for (std::size_t c = 1; c < logits.size(); ++c) {
      const float score = gumbel_at(key, noise + c) + logits[c];
      if (score > best) {
        best = score;
        winner = c;
      }
    }
    out[i] = static_cast<std::int32_t>(winner);
  }
}

}  // namespace plexus
