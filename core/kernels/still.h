#pragma once

// Whether a text leaves what it updates as it is, tried out on many values, bit for bit.

#include <bit>
#include <cstdint>
#include <cstring>

#include "plexus/core/kernels/arguments.h"

namespace plexus::detail {

/// Value i of kTrials: both signs of every binade, mantissas at random, and 0.
inline constexpr std::uint32_t kTrials = 509;
inline float trial(std::uint32_t i) {
  if (i == 0) return 0;
  const std::uint32_t sign = i & 1U, exponent = (i >> 1U) + 1;  // 1 … 254
  const std::uint32_t mantissa = (i * 2654435761U) >> 9U;
  return std::bit_cast<float>(sign << 31U | exponent << 23U | mantissa);
}

template <Access... A>
constexpr bool only_updates() {
  return ((A == Access::read || A == Access::update || A == Access::look || A == Access::clear) &&
          ...);
}

template <std::size_t n, Access... A>
bool equal_updates(const float (&a)[n], const float (&b)[n], Accesses<A...>) {
  std::size_t i = 0;
  bool equal = true;
  ((equal = equal && (A != Access::update || std::memcmp(&a[i], &b[i], sizeof(float)) == 0), ++i),
   ...);
  return equal;
}

template <class Text, class K, class A, auto... S>
struct UnitStill;
template <class Text, class K, Access... A, auto... S>
struct UnitStill<Text, K, Accesses<A...>, S...> {
  /// With the read values of every unit, whatever the updated ones are.
  static bool still(const Call& call, const Step& step) {
    if constexpr (!only_updates<A...>()) {
      return false;
    } else {
      const K k = constants_of<K>(call, step);
      spread_scalars(call);
      float seen[sizeof...(A)] = {};
      for (std::int64_t b = 0; b < call.rows; ++b) {
        float* p[sizeof...(A)];
        row_of<sizeof...(A)>(call, b, p);
        for (std::int64_t j = 0; j < call.cols; ++j) {
          bool fresh = b == 0 && j == 0;
          std::size_t a = 0;
          (((fresh = fresh ||
                     (A == Access::read && std::memcmp(&seen[a], &p[a][j], sizeof(float)) != 0),
             seen[a] = p[a][j], ++a)),
           ...);
          if (fresh && !still_with(k, seen, std::make_index_sequence<sizeof...(A)>{})) return false;
        }
      }
      return true;
    }
  }

 private:
  template <std::size_t... I>
  static bool still_with(const K& k, const float* read, std::index_sequence<I...>) {
    for (std::uint32_t t = 0; t < kTrials; ++t) {
      const float before[sizeof...(A)] = {(A == Access::read ? read[I] : trial(t))...};
      float v[sizeof...(A)] = {before[I]...};
      Text::at(k, std::integral_constant<decltype(S), S>{}..., as_argument<A>(v[I])...);
      if (!equal_updates(before, v, Accesses<A...>{})) return false;
    }
    return true;
  }
};

template <class Text, class K, int kOuters, class A, auto... S>
struct SynapseStill;
template <class Text, class K, int kOuters, Access... A, auto... S>
struct SynapseStill<Text, K, kOuters, Accesses<A...>, S...> {
  static constexpr auto kIndices = std::make_index_sequence<sizeof...(A)>{};
  static constexpr auto kOuterIndices =
      std::make_index_sequence<static_cast<std::size_t>(kOuters)>{};
  static constexpr std::int64_t kSynapses = 1024;  // of the matrix that are tried

  /// Where all outer products are 0, what the text has once updated it leaves as it is.
  static bool still(const Call& call, const Step& step) {
    if constexpr (!only_updates<A...>()) {
      return false;
    } else {
      const K k = constants_of<K>(call, step);
      spread_scalars(call);
      const std::int64_t all = call.pre * call.cols;
      const std::int64_t stride = std::max<std::int64_t>(1, all / kSynapses);
      std::uint32_t t = 0;
      for (std::int64_t s = 0; s < all; s += stride, ++t) {
        float* p[sizeof...(A)];
        row_of<sizeof...(A)>(call, s / call.cols, p);
        for (const float change : {0.0F, 0.01F, -1.0F, 1e4F})
          for (const bool own : {true, false})
            if (!settles(k, p, s % call.cols, own, trial(t % kTrials), change, kIndices,
                         kOuterIndices))
              return false;
      }
      return true;
    }
  }

 private:
  /// One update with a change, from the synapse's own values or a trial, then one without.
  template <std::size_t... I, std::size_t... O>
  static bool settles(const K& k, float* const* p, std::int64_t j, bool own, float value,
                      float change, std::index_sequence<I...>, std::index_sequence<O...>) {
    float v[sizeof...(A)] = {(A == Access::read || own ? p[I][j] : value)...};
    Text::at(k, std::integral_constant<decltype(S), S>{}..., (static_cast<void>(O), change)...,
             as_argument<A>(v[I])...);
    const float before[sizeof...(A)] = {v[I]...};
    Text::at(k, std::integral_constant<decltype(S), S>{}..., (static_cast<void>(O), 0.0F)...,
             as_argument<A>(v[I])...);
    return equal_updates(before, v, Accesses<A...>{});
  }
};

}  // namespace plexus::detail
