#include "plexus/components/math/prior.h"

#include "plexus/components/math/names.h"

namespace plexus::math {
namespace {

constexpr Named<LeakPrior> kPriors[] = {
    {"gaussian", LeakPrior::gaussian},
    {"laplacian", LeakPrior::laplacian},
    {"cauchy", LeakPrior::cauchy},
    {"exp", LeakPrior::exp},
};

constexpr Named<StateThreshold> kThresholds[] = {
    {"none", StateThreshold::none},
    {"soft_threshold", StateThreshold::soft},
    {"cauchy_threshold", StateThreshold::cauchy},
};

}  // namespace

LeakPrior leak_prior(std::string_view name) {
  return value_of("prior", name, kPriors);
}

std::string_view to_string(LeakPrior prior) {
  return name_of(prior, kPriors);
}

StateThreshold state_threshold(std::string_view name) {
  return value_of("threshold", name, kThresholds);
}

std::string_view to_string(StateThreshold threshold) {
  return name_of(threshold, kThresholds);
}

}  // namespace plexus::math
