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

/// W after the optimiser's step: the clip, then the mask.
inline void confine(const Constants& k, auto bounded, auto mask, auto& W) {
  if constexpr (bounded) W = math::clip(W, k.w_least, k.w_bound);
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
    math::Sgd::at({k.adam.eta}, D, W);
    confine(k, bounded, mask, W);
  }
};
template <>
struct LearnBias<math::Sgd> {
  static void at(const Constants& k, auto y, auto& b, auto& db) {
    ChangeOfBias::at(k, y, db);
    math::Sgd::at({k.adam.eta}, db, b);
  }
};

template <>
struct Learn<math::Nag> {
  static void at(const Constants& k, auto bounded, auto pulled, auto hebb, auto mask, auto mu,
                 auto& W, auto& phi, auto& D, auto... plastic) {
    Change::at(k, bounded, pulled, hebb, W, D, plastic...);
    math::Nag::at({k.adam.eta, mu}, D, W, phi);
    confine(k, bounded, mask, W);
  }
};
template <>
struct LearnBias<math::Nag> {
  static void at(const Constants& k, auto y, auto mu, auto& b, auto& phi, auto& db) {
    ChangeOfBias::at(k, y, db);
    math::Nag::at({k.adam.eta, mu}, db, b, phi);
  }
};

inline math::Adam::Constants at_step(const Constants& k, float bias1, float bias2) {
  math::Adam::Constants adam = k.adam;
  adam.bias1 = bias1;
  adam.bias2 = bias2;
  return adam;
}
template <>
struct Learn<math::Adam> {
  static void at(const Constants& k, auto bounded, auto pulled, auto hebb, auto mask, auto bias1,
                 auto bias2, auto& W, auto& g1, auto& g2, auto& D, auto... plastic) {
    Change::at(k, bounded, pulled, hebb, W, D, plastic...);
    math::Adam::at(at_step(k, bias1, bias2), D, W, g1, g2);
    confine(k, bounded, mask, W);
  }
};
template <>
struct LearnBias<math::Adam> {
  static void at(const Constants& k, auto y, auto bias1, auto bias2, auto& b, auto& g1, auto& g2,
                 auto& db) {
    ChangeOfBias::at(k, y, db);
    math::Adam::at(at_step(k, bias1, bias2), db, b, g1, g2);
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

/// All of evolve. `Count` is a member function of the component that calls `state.advance()`.
template <auto Count, class... Plastic>
std::vector<Stage> learning(const Constants& k, OptimiserState& state, const Parts& s,
                            Plastic&... plastic) {
  std::vector<Stage> stages;
  if (state.kind() == math::OptimiserKind::nag)
    stages.push_back(whole<Count>(updates(*state.step), writes(*state.momentum)));
  if (state.kind() == math::OptimiserKind::adam)
    stages.push_back(whole<Count>(updates(*state.step), writes(*state.bias1, *state.bias2)));
  stages.push_back(learn(k, state, s, plastic...));
  stages.push_back(learn_bias(k, state, s));
  return stages;
}

/// The changes, and nothing else.
inline std::vector<Stage> update(const Constants& k, const Parts& s) {
  return {each_synapse<Change>(k, when(s.bounded), when(s.pulled), s.hebb, reads(s.weights),
                               writes(s.dWeights)),
          each_synapse<ChangeOfBias>(k, s.sum, writes(s.dBiases))};
}

}  // namespace plexus::two_factor
