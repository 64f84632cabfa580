#pragma once

// The loops that run equation texts over arrays. Included by the sources of components: a header
// that declares `each_unit<Text>` needs Text's name and nothing of this.

#include "plexus/core/kernels/post_loop.h"
#include "plexus/core/kernels/still.h"
#include "plexus/core/kernels/synapse_loop.h"
#include "plexus/core/kernels/unit_loop.h"

namespace plexus::detail {

template <class Text, class K, class A, auto... S>
template <Draw kDraw>
Loops Kernels<Text, K, A, S...>::unit() {
  Loops loops;
  loops.timed = is_timed<K>();
  using Q = typename Quiet<A>::type;
  constexpr bool kQuiet = Quiet<A>::looks && Quiet<A>::acts;
  if constexpr (kDraw == Draw::none) {
    loops.full = Compiled<UnitLoop<Text, K, A, S...>>::sets();
    if constexpr (kQuiet) loops.quiet = Compiled<UnitLoop<Text, K, Q, S...>>::sets();
    loops.still = &UnitStill<Text, K, A, S...>::still;
  } else {
    constexpr bool kThreshold = kDraw == Draw::threshold;
    loops.full = Compiled<DrawLoop<Text, K, kThreshold, A, S...>>::sets();
    if constexpr (kQuiet) loops.quiet = Compiled<DrawLoop<Text, K, kThreshold, Q, S...>>::sets();
  }
  return loops;
}

template <class Text, class K, class A, auto... S>
Loops Kernels<Text, K, A, S...>::post() {
  Loops loops;
  loops.timed = is_timed<K>();
  loops.full = Compiled<PostLoop<Text, K, A, S...>>::sets();
  if constexpr (Quiet<A>::looks && Quiet<A>::acts)
    loops.quiet = Compiled<PostLoop<Text, K, typename Quiet<A>::type, S...>>::sets();
  return loops;
}

template <class Text, class K, class A, auto... S>
template <int kOuters>
Loops Kernels<Text, K, A, S...>::synapse() {
  Loops loops;
  loops.timed = is_timed<K>();
  using Q = typename Quiet<A>::type;
  loops.full = Compiled<SynapseLoop<Text, K, kOuters, A, S...>>::sets();
  if constexpr (Quiet<A>::looks && Quiet<A>::acts)
    loops.quiet = Compiled<SynapseLoop<Text, K, kOuters, Q, S...>>::sets();
  if constexpr (MergedLoop<Text, K, kOuters, Q, S...>::possible) {
    loops.merged = Compiled<MergedLoop<Text, K, kOuters, Q, S...>>::wide_sets();
    loops.active = Compiled<ActiveLoop<Text, K, kOuters, Q, S...>>::wide_sets();
    loops.still = &SynapseStill<Text, K, kOuters, A, S...>::still;
  }
  return loops;
}

}  // namespace plexus::detail
