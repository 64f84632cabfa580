#pragma once

#include "plexus/core/kernels/vector.h"

namespace plexus::detail {

/// Lanes of two vectors by number: of `b` they are counted on from N.
template <int N, class Pick>
PLEXUS_INLINE void pick_lanes(Vector<N>& to, const Vector<N>& a, const Vector<N>& b, Pick) {
  [&]<int... L>(std::integer_sequence<int, L...>) PLEXUS_INLINE_LAMBDA {
    to = __builtin_shufflevector(a, b, Pick::at(L)...);
  }
  (std::make_integer_sequence<int, N>{});
}

// Within each group of four lanes: the low or high halves of a and b, by ones or by pairs …
template <int N, bool kHigh>
struct InterleaveOnes {
  static constexpr int at(int l) { return l / 4 * 4 + (l % 4) / 2 + (kHigh ? 2 : 0) + (l % 2) * N; }
};
template <int N, bool kHigh>
struct InterleavePairs {
  static constexpr int at(int l) { return l / 4 * 4 + l % 2 + (kHigh ? 2 : 0) + ((l % 4) / 2) * N; }
};
/// … and whole groups, the even or the odd ones of a, then of b.
template <int N, bool kOdd>
struct TakeGroups {
  static constexpr int at(int l) {
    constexpr int kGroups = N / 4;
    const int group = 2 * (l / 4) + (kOdd ? 1 : 0);
    return (group % kGroups) * 4 + l % 4 + (group / kGroups) * N;
  }
};

/// N rows of N in place: rows of four within groups of four lanes, then the groups.
template <int N>
PLEXUS_INLINE void transpose(Vector<N> (&v)[N]) {
  static_assert(N == 1 || N == 4 || N == 8 || N == 16);
  if constexpr (N > 1) {
    Vector<N> t[N];
    unrolled<N / 4>([&](auto g) PLEXUS_INLINE_LAMBDA {
      constexpr int i = 4 * g;
      Vector<N> low01, high01, low23, high23;
      pick_lanes<N>(low01, v[i], v[i + 1], InterleaveOnes<N, false>{});
      pick_lanes<N>(high01, v[i], v[i + 1], InterleaveOnes<N, true>{});
      pick_lanes<N>(low23, v[i + 2], v[i + 3], InterleaveOnes<N, false>{});
      pick_lanes<N>(high23, v[i + 2], v[i + 3], InterleaveOnes<N, true>{});
      pick_lanes<N>(t[i], low01, low23, InterleavePairs<N, false>{});
      pick_lanes<N>(t[i + 1], low01, low23, InterleavePairs<N, true>{});
      pick_lanes<N>(t[i + 2], high01, high23, InterleavePairs<N, false>{});
      pick_lanes<N>(t[i + 3], high01, high23, InterleavePairs<N, true>{});
    });
    // t[4 g + k] holds column 4 l + k of rows 4 g … in its group of lanes l.
    unrolled<4>([&](auto k) PLEXUS_INLINE_LAMBDA {
      if constexpr (N == 4) {
        v[k] = t[k];
      } else if constexpr (N == 8) {
        pick_lanes<N>(v[k], t[k], t[4 + k], TakeGroups<N, false>{});
        pick_lanes<N>(v[4 + k], t[k], t[4 + k], TakeGroups<N, true>{});
      } else {
        Vector<N> even01, odd01, even23, odd23;  // groups 0 2, or 1 3, of two rows each
        pick_lanes<N>(even01, t[k], t[4 + k], TakeGroups<N, false>{});
        pick_lanes<N>(odd01, t[k], t[4 + k], TakeGroups<N, true>{});
        pick_lanes<N>(even23, t[8 + k], t[12 + k], TakeGroups<N, false>{});
        pick_lanes<N>(odd23, t[8 + k], t[12 + k], TakeGroups<N, true>{});
        pick_lanes<N>(v[k], even01, even23, TakeGroups<N, false>{});
        pick_lanes<N>(v[8 + k], even01, even23, TakeGroups<N, true>{});
        pick_lanes<N>(v[4 + k], odd01, odd23, TakeGroups<N, false>{});
        pick_lanes<N>(v[12 + k], odd01, odd23, TakeGroups<N, true>{});
      }
    });
  }
}

}  // namespace plexus::detail
