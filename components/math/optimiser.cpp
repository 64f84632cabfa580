#include "plexus/components/math/optimiser.h"

#include "plexus/components/math/names.h"

namespace plexus::math {
namespace {

constexpr Named<OptimiserKind> kOptimisers[] = {
    {"sgd", OptimiserKind::sgd},
    {"nag", OptimiserKind::nag},
    {"adam", OptimiserKind::adam},
};

}  // namespace

OptimiserKind optimiser(std::string_view name) {
  return value_of("optimiser", name, kOptimisers);
}

std::string_view to_string(OptimiserKind kind) {
  return name_of(kind, kOptimisers);
}

Sgd::Constants Sgd::constants(const Params& params, float) {
  return {params.eta};
}

Nag::Constants Nag::constants(const Params& params, float t) {
  return {params.eta, t > 1 ? params.mu : 0.0F};
}

Adam::Constants Adam::constants(const Params& params, float t) {
  const auto beta1 = static_cast<float>(params.beta1), beta2 = static_cast<float>(params.beta2);
  return {.eta = params.eta,
          .eps = params.eps,
          .beta1 = beta1,
          .beta2 = beta2,
          .rest1 = static_cast<float>(1 - params.beta1),
          .rest2 = static_cast<float>(1 - params.beta2),
          .bias1 = 1 - pow(beta1, t),
          .bias2 = 1 - pow(beta2, t)};
}

}  // namespace plexus::math
