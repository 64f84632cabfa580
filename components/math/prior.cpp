#include "plexus/components/math/prior.h"

#include "plexus/components/math/names.h"

namespace plexus::math {
namespace {

constexpr Named<LeakPrior> kPriorNames[] = {
    {"gaussian", LeakPrior::gaussian},
    {"laplacian", LeakPrior::laplacian},
    {"cauchy", LeakPrior::cauchy},
    {"exp", LeakPrior::exp},
};

constexpr Named<StateThreshold> kThresholdNames[] = {
    {"none", StateThreshold::none},
    {"soft_threshold", StateThreshold::soft},
    {"cauchy_threshold", StateThreshold::cauchy},
};

}  // namespace

LeakPrior leak_prior(std::string_view name) {
  return value_of("prior", name, kPriorNames);
}

std::string_view to_string(LeakPrior prior) {
  return name_of(prior, kPriorNames);
}

std::vector<std::string> leak_prior_words() {
  return words_of(kPriorNames);
}

StateThreshold state_threshold(std::string_view name) {
  return value_of("threshold", name, kThresholdNames);
}

std::string_view to_string(StateThreshold threshold) {
  return name_of(threshold, kThresholdNames);
}

std::vector<std::string> state_threshold_words() {
  return words_of(kThresholdNames);
}

}  // namespace plexus::math
