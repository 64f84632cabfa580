#pragma once

// The equations of two_factor.h, and the stages that they make. Included by the sources of
// components only.

#include <vector>

#include "plexus/components/math/elementary.h"
#include "plexus/components/synapses/hebbian/two_factor.h"
#include "plexus/core/kernels/text.h"

namespace plexus::two_factor {

/// D. `plastic` is 1 where a weight may change; without it all may.
struct Change {
  static void at(const Constants& k, auto bounded, auto pulled, auto hebb, auto W, auto& D,
                 auto... plastic) {
    D = hebb;
    if constexpr (bounded) D *= k.w_bound - math::abs(W);
    if constexpr (pulled) D -= (math::sign(W) * k.prior.l1 + W * k.prior.l2) * k.prior.lambda;
    ((D *= plastic), ...);
    D *= k.sign_value;
  }
};

/// db.
struct ChangeOfBias {
  static void at(const Constants& k, auto y, auto& db) { db = y * k.sign_value; }
};

/// The optimiser's step of a parameter p along its change D.
template <class Optimiser>
struct Descend;
template <>
struct Descend<math::Sgd> {
  static void at(const Constants& k, auto D, auto& p) { math::Sgd::at({k.adam.eta}, D, p); }
};
template <>
struct Descend<math::Nag> {
  static void at(const Constants& k, auto D, auto mu, auto& p, auto& phi) {
    math::Nag::at({k.adam.eta, mu}, D, p, phi);
  }
};
template <>
struct Descend<math::Adam> {
  static void at(const Constants& k, auto D, auto bias1, auto bias2, auto& p, auto& g1, auto& g2) {
    math::Adam::Constants adam = k.adam;
    adam.bias1 = bias1;
    adam.bias2 = bias2;
    math::Adam::at(adam, D, p, g1, g2);
  }
};

/// W after the optimiser's step: the clip …
struct Clip {
  static void at(const Constants& k, auto& W) { W = math::clip(W, k.w_least, k.w_bound); }
};
/// … then the mask.
inline void confine(const Constants& k, auto bounded, auto mask, auto& W) {
  if constexpr (bounded) Clip::at(k, W);
  W *= mask;
}

template <class Optimiser>
struct Learn;
template <class Optimiser>
struct LearnBias;

template <>
struct Learn<math::Sgd> {
  static void at(const Constants& k, auto bounded, auto pulled, auto hebb, auto mask, auto& W,
                 auto& D, auto... plastic) {
    Change::at(k, bounded, pulled, hebb, W, D, plastic...);
    Descend<math::Sgd>::at(k, D, W);
    confine(k, bounded, mask, W);
  }
};
template <>
struct LearnBias<math::Sgd> {
  static void at(const Constants& k, auto y, auto& b, auto& db) {
    ChangeOfBias::at(k, y, db);
    Descend<math::Sgd>::at(k, db, b);
  }
};

template <>
struct Learn<math::Nag> {
  static void at(const Constants& k, auto bounded, auto pulled, auto hebb, auto mask, auto mu,
                 auto& W, auto& phi, auto& D, auto... plastic) {
    Change::at(k, bounded, pulled, hebb, W, D, plastic...);
    Descend<math::Nag>::at(k, D, mu, W, phi);
    confine(k, bounded, mask, W);
  }
};
template <>
struct LearnBias<math::Nag> {
  static void at(const Constants& k, auto y, auto mu, auto& b, auto& phi, auto& db) {
    ChangeOfBias::at(k, y, db);
    Descend<math::Nag>::at(k, db, mu, b, phi);
  }
};

template <>
struct Learn<math::Adam> {
  static void at(const Constants& k, auto bounded, auto pulled, auto hebb, auto mask, auto bias1,
                 auto bias2, auto& W, auto& g1, auto& g2, auto& D, auto... plastic) {
    Change::at(k, bounded, pulled, hebb, W, D, plastic...);
    Descend<math::Adam>::at(k, D, bias1, bias2, W, g1, g2);
    confine(k, bounded, mask, W);
  }
};
template <>
struct LearnBias<math::Adam> {
  static void at(const Constants& k, auto y, auto bias1, auto bias2, auto& b, auto& g1, auto& g2,
                 auto& db) {
    ChangeOfBias::at(k, y, db);
    Descend<math::Adam>::at(k, db, bias1, bias2, b, g1, g2);
  }
};

template <class... Plastic>
Stage learn(const Constants& k, OptimiserState& state, const Parts& s, Plastic&... plastic) {
  const auto bounded = when(s.bounded), pulled = when(s.pulled);
  switch (state.kind()) {
    case math::OptimiserKind::sgd:
      return each_synapse<Learn<math::Sgd>>(k, bounded, pulled, s.hebb, reads(s.mask),
                                            updates(s.weights), looks(s.dWeights),
                                            reads(plastic...));
    case math::OptimiserKind::nag:
      return each_synapse<Learn<math::Nag>>(
          k, bounded, pulled, s.hebb, reads(s.mask, *state.momentum),
          updates(s.weights, *state.weights_1), looks(s.dWeights), reads(plastic...));
    case math::OptimiserKind::adam: break;
  }
  return each_synapse<Learn<math::Adam>>(
      k, bounded, pulled, s.hebb, reads(s.mask, *state.bias1, *state.bias2),
      updates(s.weights, *state.weights_1, *state.weights_2), looks(s.dWeights), reads(plastic...));
}

inline Stage learn_bias(const Constants& k, OptimiserState& state, const Parts& s) {
  if (s.biases == nullptr) return each_synapse<ChangeOfBias>(k, s.sum, looks(s.dBiases));
  switch (state.kind()) {
    case math::OptimiserKind::sgd:
      return each_synapse<LearnBias<math::Sgd>>(k, s.sum, updates(*s.biases), looks(s.dBiases));
    case math::OptimiserKind::nag:
      return each_synapse<LearnBias<math::Nag>>(
          k, s.sum, reads(*state.momentum), updates(*s.biases, *state.biases_1), looks(s.dBiases));
    case math::OptimiserKind::adam: break;
  }
  return each_synapse<LearnBias<math::Adam>>(k, s.sum, reads(*state.bias1, *state.bias2),
                                             updates(*s.biases, *state.biases_1, *state.biases_2),
                                             looks(s.dBiases));
}

/// What an optimiser needs of the step's number, if it needs that. `Count` is a member function of
/// the component that calls `state.advance()`.
template <auto Count>
std::vector<Stage> counting(OptimiserState& s) {
  switch (s.kind()) {
    case math::OptimiserKind::sgd: return {};
    case math::OptimiserKind::nag: return {whole<Count>(updates(*s.step), writes(*s.momentum))};
    case math::OptimiserKind::adam: break;
  }
  return {whole<Count>(updates(*s.step), writes(*s.bias1, *s.bias2))};
}

/// All of evolve.
template <auto Count, class... Plastic>
std::vector<Stage> learning(const Constants& k, OptimiserState& state, const Parts& s,
                            Plastic&... plastic) {
  auto stages = counting<Count>(state);
  stages.push_back(learn(k, state, s, plastic...));
  stages.push_back(learn_bias(k, state, s));
  return stages;
}

/// The optimiser's step of `p` along `D`, element by element; `slot1` and `slot2` are p's state.
inline Stage descend(const Constants& k, OptimiserState& state, Compartment& D, Compartment& p,
                     std::optional<Compartment>& slot1, std::optional<Compartment>& slot2) {
  switch (state.kind()) {
    case math::OptimiserKind::sgd: return each_unit<Descend<math::Sgd>>(k, reads(D), updates(p));
    case math::OptimiserKind::nag:
      return each_unit<Descend<math::Nag>>(k, reads(D, *state.momentum), updates(p, *slot1));
    case math::OptimiserKind::adam: break;
  }
  return each_unit<Descend<math::Adam>>(k, reads(D, *state.bias1, *state.bias2),
                                        updates(p, *slot1, *slot2));
}

/// The changes, and nothing else.
inline std::vector<Stage> update(const Constants& k, const Parts& s) {
  return {each_synapse<Change>(k, when(s.bounded), when(s.pulled), s.hebb, reads(s.weights),
                               writes(s.dWeights)),
          each_synapse<ChangeOfBias>(k, s.sum, writes(s.dBiases))};
}

}  // namespace plexus::two_factor
