#pragma once

#include <string_view>

#include "plexus/components/math/elementary.h"

/// Optimisers of weights, one weight at a time. All *descend* along an update u.
///
/// A synapse keeps the step counter t and the optimiser's state arrays, which start as zeros; in
/// each step it counts t up, from 0 to 1 in the first, makes the step's constants from it, and runs
/// `at` over the weights.
namespace plexus::math {

enum class OptimiserKind { sgd, nag, adam };

/// sgd, nag, adam. Throws Error: config, with the nearest name.
OptimiserKind optimiser(std::string_view name);
std::string_view to_string(OptimiserKind kind);

/// Gradient descent: W ← W − eta u.
struct Sgd {
  struct Params {
    float eta = 0.001F;
  };
  struct Constants {
    float eta;
  };
  static Constants constants(const Params& params, float t);

  static void at(const Constants& k, auto u, auto& W) { W = W - u * k.eta; }
};

/// Nesterov's accelerated gradient: φ is where plain descent would lead, and W runs past it by mu
/// of the way from the φ of the step before, except in the first step.
struct Nag {
  struct Params {
    float eta = 0.01F;
    float mu = 0.9F;
  };
  struct Constants {
    float eta, mu;
  };
  static Constants constants(const Params& params, float t);

  static void at(const Constants& k, auto u, auto& W, auto& phi) {
    const auto before = phi;
    phi = W - u * k.eta;
    W = phi + (phi - before) * k.mu;
  }
};

/// Kingma & Ba (2015), arXiv:1412.6980. g1 and g2 are running means of u and u².
struct Adam {
  struct Params {
    float eta = 0.001F;
    double beta1 = 0.9, beta2 = 0.999;  // double, so that 1 − β is rounded once
    float eps = 1e-8F;
  };
  struct Constants {
    float eta, eps;
    float beta1, beta2;
    float rest1, rest2;  // 1 − β
    float bias1, bias2;  // 1 − βᵗ, of means that began at 0
  };
  static Constants constants(const Params& params, float t);

  static void at(const Constants& k, auto u, auto& W, auto& g1, auto& g2) {
    g1 = k.beta1 * g1 + k.rest1 * u;
    g2 = k.beta2 * g2 + k.rest2 * (u * u);
    W = W - k.eta * (g1 / k.bias1) / (sqrt(g2 / k.bias2) + k.eps);
  }
};

}  // namespace plexus::math
