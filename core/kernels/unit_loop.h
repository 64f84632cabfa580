#pragma once

#include <bit>
#include <cstdint>

#include "plexus/core/kernels/active.h"
#include "plexus/core/kernels/arguments.h"
#include "plexus/core/kernels/compiled.h"
#include "plexus/core/kernels/still.h"
#include "plexus/core/random/draws.h"
#include "plexus/core/random/key.h"

namespace plexus::detail {

/// A text over all units, each by itself.
template <class Text, class K, class A, auto... S>
struct UnitLoop;
template <class Text, class K, Access... A, auto... S>
struct UnitLoop<Text, K, Accesses<A...>, S...> {
  [[gnu::always_inline]] static void run(const Call& call, const Step& step) {
    constexpr auto kIndices = std::make_index_sequence<sizeof...(A)>{};
    const K k = constants_of<K>(call, step);
    spread_scalars(call);
    if (call.flat) {  // slots are padded to whole vectors, and what stands there is nobody's
      float* p[sizeof...(A)];
      for (std::size_t a = 0; a < sizeof...(A); ++a)
        p[a] = static_cast<float*>(__builtin_assume_aligned(call.arguments[a], 64));
      const std::int64_t vectors = (call.rows * call.cols + kVector - 1) / kVector;
      PLEXUS_VECTORISE
      for (std::int64_t j = 0; j < vectors * kVector; ++j)
        at_unit<Text, S...>(k, Accesses<A...>{}, kIndices, p, j);
      return;
    }
    for (std::int64_t b = 0; b < call.rows; ++b) {
      float* p[sizeof...(A)];
      row_of<sizeof...(A)>(call, b, p);
      PLEXUS_VECTORISE
      for (std::int64_t j = 0; j < call.cols; ++j)
        at_unit<Text, S...>(k, Accesses<A...>{}, kIndices, p, j);
    }
  }
};

/// Units a block that numbers are drawn for at once.
inline constexpr std::int64_t kDrawBlock = 256;

/// As UnitLoop, each unit with a uniform number. Where both ends of [0, 1) give the same, and the
/// text is one that compares the number with a threshold, none is drawn.
template <class Text, class K, bool kThreshold, class A, auto... S>
struct DrawLoop;
template <class Text, class K, bool kThreshold, Access... A, auto... S>
struct DrawLoop<Text, K, kThreshold, Accesses<A...>, S...> {
  static constexpr auto kIndices = std::make_index_sequence<sizeof...(A)>{};

  [[gnu::always_inline]] static void run(const Call& call, const Step& step) {
    const K k = constants_of<K>(call, step);
    spread_scalars(call);
    const auto [next, drawn_from] = split(Key{call.key[0], call.key[1]});
    call.key[0] = next.k0;
    call.key[1] = next.k1;

    const std::int64_t rows = call.flat ? 1 : call.rows;
    const std::int64_t cols = call.flat ? call.rows * call.cols : call.cols;
    for (std::int64_t b = 0; b < rows; ++b) {
      float* p[sizeof...(A)];
      row_of<sizeof...(A)>(call, b, p);
      alignas(64) float u[kDrawBlock];
      for (std::int64_t from = 0; from < cols; from += kDrawBlock) {
        const std::int64_t n = std::min(kDrawBlock, cols - from);
        if constexpr (kThreshold)
          draw_where_it_matters(k, p, from, n, drawn_from,
                                static_cast<std::uint64_t>(b * cols + from), u);
        else
          draw(drawn_from, static_cast<std::uint64_t>(b * cols + from), n, u);
        PLEXUS_VECTORISE
        for (std::int64_t j = 0; j < n; ++j)
          at_unit<Text, S...>(k, Accesses<A...>{}, kIndices, p, from + j, u[j]);
      }
    }
  }

 private:
  [[gnu::always_inline]] static void draw(Key key, std::uint64_t first, std::int64_t n, float* u) {
    if ((first + static_cast<std::uint64_t>(n)) >> 32U != 0) {  // the counter's upper word
      for (std::int64_t j = 0; j < n; ++j)
        u[j] = uniform_at(key, first + static_cast<std::uint64_t>(j));
      return;
    }
    const auto base = static_cast<std::uint32_t>(first);
    for (std::uint32_t j = 0; j < static_cast<std::uint32_t>(n); ++j)
      u[j] = uniform_at(key, base + j);
  }

  /// Whether the number decides anything for unit j: 1 or 0.
  template <std::size_t... I>
  [[gnu::always_inline]] static float matters(const K& k, float* const* p, std::int64_t j,
                                              std::index_sequence<I...>) {
    constexpr float kLast = 0x1.fffffcp-1F;  // the largest number that is drawn, 1 - 2^-23
    float low[sizeof...(A)] = {(is_input(A) ? p[I][j] : 0.0F)...};
    float high[sizeof...(A)] = {(is_input(A) ? p[I][j] : 0.0F)...};
    Text::at(k, std::integral_constant<decltype(S), S>{}..., 0.0F, as_argument<A>(low[I])...);
    Text::at(k, std::integral_constant<decltype(S), S>{}..., kLast, as_argument<A>(high[I])...);
    return ((is_stored(A)
                 ? (std::bit_cast<std::uint32_t>(low[I]) == std::bit_cast<std::uint32_t>(high[I])
                        ? 0.0F
                        : 1.0F)
                 : 0.0F) +
            ... + 0.0F);
  }

  [[gnu::always_inline]] static void draw_where_it_matters(const K& k, float* const* p,
                                                           std::int64_t from, std::int64_t n,
                                                           Key key, std::uint64_t first, float* u) {
    PLEXUS_VECTORISE
    for (std::int64_t j = 0; j < n; ++j) u[j] = matters(k, p, from + j, kIndices);
    std::uint32_t units[kDrawBlock + kVector];
    const std::int64_t count = list_active(u, n, units);
    if (2 * count > n) return draw(key, first, n, u);
    float drawn[kDrawBlock];
    if ((first + static_cast<std::uint64_t>(n)) >> 32U != 0) {
      for (std::int64_t c = 0; c < count; ++c) drawn[c] = uniform_at(key, first + units[c]);
    } else {
      const auto base = static_cast<std::uint32_t>(first);
      for (std::uint32_t c = 0; c < static_cast<std::uint32_t>(count); ++c)
        drawn[c] = uniform_at(key, base + units[c]);
    }
    for (std::int64_t c = 0; c < count; ++c) u[units[c]] = drawn[c];
  }
};

}  // namespace plexus::detail
