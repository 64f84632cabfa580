#pragma once

#include <cstdint>

#include "plexus/core/kernels/arguments.h"
#include "plexus/core/kernels/compiled.h"

namespace plexus::detail {

/// The mean over a batch of one: the value itself.
struct MeanOfOne {
  float operator()(float x) const { return x; }
};
/// The means over a batch are gathered in a first pass of the text, whose results are dropped …
constexpr int kMaxMeans = 4;
constexpr std::int64_t kPostBlock = 64;  // units whose means are gathered side by side
struct GatherMeans {
  float* sums;  // of this unit; those of the next mean lie kPostBlock further
  mutable int next = 0;
  [[gnu::always_inline]] float operator()(float x) const {
    sums[next++ * kPostBlock] += x;
    return 0;
  }
};
/// … and handed out in a second.
struct GiveMeans {
  const float* means;
  mutable int next = 0;
  [[gnu::always_inline]] float operator()(float) const { return means[next++ * kPostBlock]; }
};

/// A text over all units that may take means over the batch.
template <class Text, class K, class A, auto... S>
struct PostLoop;
template <class Text, class K, Access... A, auto... S>
struct PostLoop<Text, K, Accesses<A...>, S...> {
  static constexpr auto kIndices = std::make_index_sequence<sizeof...(A)>{};

  [[gnu::always_inline]] static void run(const Call& call, const Step& step) {
    const K k = constants_of<K>(call, step);
    spread_scalars(call);
    if (call.rows == 1) {
      float* p[sizeof...(A)];
      for (std::size_t a = 0; a < sizeof...(A); ++a)
        p[a] = static_cast<float*>(__builtin_assume_aligned(call.arguments[a], 64));
      const std::int64_t vectors = (call.cols + kVector - 1) / kVector;
      PLEXUS_VECTORISE
      for (std::int64_t j = 0; j < vectors * kVector; ++j)
        at_unit<Text, S...>(k, Accesses<A...>{}, kIndices, p, j, MeanOfOne{});
      return;
    }
    for (std::int64_t from = 0; from < call.cols; from += kPostBlock) {
      const std::int64_t n = std::min(kPostBlock, call.cols - from);
      alignas(64) float means[kMaxMeans * kPostBlock] = {};
      for (std::int64_t b = 0; b < call.rows; ++b) {
        float* p[sizeof...(A)];
        row_of<sizeof...(A)>(call, b, p);
        PLEXUS_VECTORISE
        for (std::int64_t j = 0; j < n; ++j) gather(k, p, from + j, means + j, kIndices);
      }
      for (float& mean : means) mean /= static_cast<float>(call.rows);
      for (std::int64_t b = 0; b < call.rows; ++b) {
        float* p[sizeof...(A)];
        row_of<sizeof...(A)>(call, b, p);
        PLEXUS_VECTORISE
        for (std::int64_t j = 0; j < n; ++j)
          at_unit<Text, S...>(k, Accesses<A...>{}, kIndices, p, from + j, GiveMeans{means + j});
      }
    }
  }

 private:
  template <std::size_t... I>
  [[gnu::always_inline]] static void gather(const K& k, float* const* p, std::int64_t j,
                                            float* sums, std::index_sequence<I...>) {
    float v[sizeof...(A)] = {p[I][j]...};
    Text::at(k, std::integral_constant<decltype(S), S>{}..., GatherMeans{sums},
             as_argument<A>(v[I])...);
  }
};

}  // namespace plexus::detail
