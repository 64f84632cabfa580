#pragma once

// The loops that run equation texts over arrays. Included by the sources of components: a header that declares
// `each_unit<Text>` needs Text's name and nothing of this.

#include <algorithm>
#include <array>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "plexus/core/kernels/target.h"
#include "plexus/core/plan.h"
#include "plexus/core/random/key.h"
#include "plexus/core/random/draws.h"
#include "plexus/core/step.h"

#if defined(__clang__)
#define PLEXUS_VECTORISE _Pragma("clang loop vectorize(assume_safety)")
#else
#define PLEXUS_VECTORISE _Pragma("GCC ivdep")
#endif

namespace plexus::detail {

constexpr bool is_input(Access a) { return a == Access::read || a == Access::update; }
constexpr bool is_output(Access a) { return a != Access::read; }
/// In a quiet kernel `clear` stands for a value that is computed for nobody.
constexpr bool is_stored(Access a) { return is_output(a) && a != Access::clear; }

/// A local copy, so that the loop knows nothing else changes it; with the step's time where a text asks for it.
template <class K>
K constants_of(const Call& call, const Step& step) {
  K k = *static_cast<const K*>(call.constants);
  if constexpr (requires { k.t; }) k.t = step.t;
  return k;
}

template <Access A>
decltype(auto) as_argument(float& value) {
  if constexpr (is_output(A))
    return (value);
  else
    return std::as_const(value);
}

/// Single values that every unit shares become rows, so that all arguments are walked alike.
inline void spread_scalars(const Call& call) {
  for (std::size_t a = 0; a < Call::kMaxArguments; ++a)
    if ((call.scalars >> a & 1U) != 0)
      std::fill_n(call.arguments[a], call.cols, *call.scalar_sources[a]);
}

/// Loads all values of a unit, runs the text, stores what it may write.
template <class Text, auto... S, class K, Access... A, std::size_t... I, class... First>
[[gnu::always_inline]] inline void at_unit(const K& k, Accesses<A...>, std::index_sequence<I...>,
                                           float* const* p, std::int64_t j, const First&... first) {
  float v[sizeof...(A)] = {(is_input(A) ? p[I][j] : 0.0F)...};
  Text::at(k, std::integral_constant<decltype(S), S>{}..., first..., as_argument<A>(v[I])...);
  ((is_stored(A) ? void(p[I][j] = v[I]) : void()), ...);
}

constexpr std::int64_t kDrawBlock = 256;

template <class Text, class K, bool kDraws, auto... S, Access... A>
void run_units(const Call& call, const Step& step, Accesses<A...> accesses) {
  constexpr std::size_t kArguments = sizeof...(A);
  constexpr auto kIndices = std::make_index_sequence<kArguments>{};
  const K k = constants_of<K>(call, step);
  spread_scalars(call);

  Key drawn_from{};
  if constexpr (kDraws) {
    const auto [next, sub] = split(Key{call.key[0], call.key[1]});
    call.key[0] = next.k0;
    call.key[1] = next.k1;
    drawn_from = sub;
  }

  const std::int64_t rows = call.flat ? 1 : call.rows;
  const std::int64_t cols = call.flat ? call.rows * call.cols : call.cols;
  for (std::int64_t b = 0; b < rows; ++b) {
    float* p[kArguments];
    for (std::size_t a = 0; a < kArguments; ++a)
      p[a] = call.arguments[a] + b * call.row_strides[a];
    if constexpr (kDraws) {
      float u[kDrawBlock];
      for (std::int64_t from = 0; from < cols; from += kDrawBlock) {
        const std::int64_t n = std::min(kDrawBlock, cols - from);
        for (std::int64_t j = 0; j < n; ++j)
          u[j] = uniform_at(drawn_from, static_cast<std::uint64_t>(b * cols + from + j));
        for (std::int64_t j = 0; j < n; ++j)
          at_unit<Text, S...>(k, accesses, kIndices, p, from + j, u[j]);
      }
    } else {
      PLEXUS_VECTORISE
      for (std::int64_t j = 0; j < cols; ++j) at_unit<Text, S...>(k, accesses, kIndices, p, j);
    }
  }
}

/// The mean over a batch of one: the value itself.
struct MeanOfOne {
  float operator()(float x) const { return x; }
};
/// The means over a batch are gathered in a first pass of the text, whose results are dropped …
constexpr int kMaxMeans = 4;
struct GatherMeans {
  float* sums;
  mutable int next = 0;
  float operator()(float x) const {
    sums[next++] += x;
    return 0;
  }
};
/// … and handed out in a second.
struct GiveMeans {
  const float* means;
  mutable int next = 0;
  float operator()(float) const { return means[next++]; }
};

template <class Text, class K, auto... S, Access... A>
void run_posts(const Call& call, const Step& step, Accesses<A...> accesses) {
  constexpr std::size_t kArguments = sizeof...(A);
  constexpr auto kIndices = std::make_index_sequence<kArguments>{};
  const K k = constants_of<K>(call, step);
  spread_scalars(call);

  if (call.rows == 1) {
    float* const* p = call.arguments.data();
    PLEXUS_VECTORISE
    for (std::int64_t j = 0; j < call.cols; ++j)
      at_unit<Text, S...>(k, accesses, kIndices, p, j, MeanOfOne{});
    return;
  }
  for (std::int64_t j = 0; j < call.cols; ++j) {
    float means[kMaxMeans] = {};
    for (std::int64_t b = 0; b < call.rows; ++b) {
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        float v[kArguments] = {call.arguments[I][b * call.row_strides[I] + j]...};
        Text::at(k, std::integral_constant<decltype(S), S>{}..., GatherMeans{means},
                 as_argument<A>(v[I])...);
      }(kIndices);
    }
    for (float& mean : means) mean /= static_cast<float>(call.rows);
    for (std::int64_t b = 0; b < call.rows; ++b) {
      float* p[kArguments];
      for (std::size_t a = 0; a < kArguments; ++a)
        p[a] = call.arguments[a] + b * call.row_strides[a];
      at_unit<Text, S...>(k, accesses, kIndices, p, j, GiveMeans{means});
    }
  }
}

/// Σ_b x_bi y_bj for one row i, into `row`.
inline void sum_outer(const BoundOuter& outer, std::int64_t i, std::int64_t batch, std::int64_t pre,
                      std::int64_t cols, float* row) {
  for (std::int64_t b = 0; b < batch; ++b) {
    const float x = outer.pre.values[b * pre + i];
    const float* y = outer.post.values + b * cols;
    if (b == 0) {
      for (std::int64_t j = 0; j < cols; ++j) row[j] = x * y[j];
    } else {
      for (std::int64_t j = 0; j < cols; ++j) row[j] += x * y[j];
    }
  }
}

inline void prepare_factor(const BoundFactor& f) {
  if (f.values == f.source) return;
  for (std::int64_t i = 0; i < f.size; ++i) f.values[i] = f.source[i] * f.scale + f.shift;
}

template <class Text, class K, int kOuters, auto... S, Access... A>
[[gnu::always_inline]] inline void run_synapses(const Call& call, const Step& step, Accesses<A...> accesses) {
  constexpr std::size_t kArguments = sizeof...(A);
  constexpr auto kIndices = std::make_index_sequence<kArguments>{};
  constexpr auto kOuterIndices = std::make_index_sequence<static_cast<std::size_t>(kOuters)>{};
  const K k = constants_of<K>(call, step);
  spread_scalars(call);
  for (const BoundOuter& outer : call.outers) {
    prepare_factor(outer.pre);
    prepare_factor(outer.post);
  }

  const std::int64_t cols = call.cols;
  for (std::int64_t i = 0; i < call.pre; ++i) {
    float* p[kArguments];
    for (std::size_t a = 0; a < kArguments; ++a)
      p[a] = call.arguments[a] + i * call.row_strides[a];
    if (call.batch == 1) {
      [&]<std::size_t... O>(std::index_sequence<O...>) {
        const std::array<float, sizeof...(O)> x{call.outers[O].pre.values[i]...};
        const std::array<const float*, sizeof...(O)> y{call.outers[O].post.values...};
        PLEXUS_VECTORISE
        for (std::int64_t j = 0; j < cols; ++j)
          at_unit<Text, S...>(k, accesses, kIndices, p, j, (x[O] * y[O][j])...);
      }(kOuterIndices);
    } else {
      [&]<std::size_t... O>(std::index_sequence<O...>) {
        const std::array<float*, sizeof...(O)> sums{
            (call.scratch + static_cast<std::int64_t>(O) * cols)...};
        (sum_outer(call.outers[O], i, call.batch, call.pre, cols, sums[O]), ...);
        PLEXUS_VECTORISE
        for (std::int64_t j = 0; j < cols; ++j)
          at_unit<Text, S...>(k, accesses, kIndices, p, j, sums[O][j]...);
      }(kOuterIndices);
    }
  }
}

template <class Text, class K, class A, auto... S>
template <bool kDraws>
void Kernels<Text, K, A, S...>::unit(const Call& call, const Step& step) {
  run_units<Text, K, kDraws, S...>(call, step, A{});
}
template <class Text, class K, class A, auto... S>
void Kernels<Text, K, A, S...>::post(const Call& call, const Step& step) {
  run_posts<Text, K, S...>(call, step, A{});
}
/// The same loop in wider vectors, where the machine has them: contraction is off, so the bits are the same.
template <class Text, class K, int kOuters, class A, auto... S>
PLEXUS_TARGET_AVX2 void run_synapses_wide(const Call& call, const Step& step) {
  run_synapses<Text, K, kOuters, S...>(call, step, A{});
}

template <class Text, class K, class A, auto... S>
template <int kOuters>
void Kernels<Text, K, A, S...>::synapse(const Call& call, const Step& step) {
  if (instruction_set() >= InstructionSet::avx2) return run_synapses_wide<Text, K, kOuters, A, S...>(call, step);
  run_synapses<Text, K, kOuters, S...>(call, step, A{});
}

}  // namespace plexus::detail
