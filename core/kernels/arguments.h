#pragma once

// What all loops over texts share: constants by value, arguments by access.

#include <algorithm>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "plexus/core/plan.h"
#include "plexus/core/step.h"

namespace plexus::detail {

constexpr bool is_input(Access a) {
  return a == Access::read || a == Access::update;
}
constexpr bool is_output(Access a) {
  return a != Access::read;
}
/// In a quiet loop `clear` stands for a value that is computed for nobody.
constexpr bool is_stored(Access a) {
  return is_output(a) && a != Access::clear;
}

/// The same accesses where what is only looked at is computed for nobody.
template <class>
struct Quiet;
template <Access... A>
struct Quiet<Accesses<A...>> {
  static constexpr bool looks = ((A == Access::look) || ...);
  /// Whether anything is left to do.
  static constexpr bool acts = ((is_stored(A) && A != Access::look) || ...);
  using type = Accesses<(A == Access::look ? Access::clear : A)...>;
};

/// A local copy, so that the loop knows nothing else changes it; with the step's time where a text
/// asks for it.
template <class K>
[[gnu::always_inline]] inline K constants_of(const Call& call, const Step& step) {
  K k = *static_cast<const K*>(call.constants);
  if constexpr (requires { k.t; }) k.t = step.t;
  return k;
}

template <class K>
constexpr bool is_timed() {
  return requires(K k) {
    k.t;
  };
}

template <Access A>
[[gnu::always_inline]] inline decltype(auto) as_argument(float& value) {
  if constexpr (is_output(A))
    return (value);
  else
    return std::as_const(value);
}

/// Single values that every unit shares become rows, so that all arguments are walked alike.
[[gnu::always_inline]] inline void spread_scalars(const Call& call) {
  if (call.scalars == 0) return;
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

/// The arguments' rows that belong to row b.
template <std::size_t kArguments>
[[gnu::always_inline]] inline void row_of(const Call& call, std::int64_t b, float** p) {
  for (std::size_t a = 0; a < kArguments; ++a) p[a] = call.arguments[a] + b * call.row_strides[a];
}

}  // namespace plexus::detail
