#pragma once

#include <cstddef>

#include "plexus/components/math/matrix_view.h"
#include "plexus/components/math/metrics/scores.h"
#include "plexus/core/tensor.h"

/// What spike trains and responses say of neurons, by the names of ngc-learn's `metric_utils`.
namespace plexus::math {

/// Spikes a step of each neuron; `spikes` is (T, D).
Scores measure_firingRate(ConstMatrixView spikes);
/// Variance over mean of each neuron's steps, `spikes` being (T, D); NaN of a silent one.
Scores measure_fanoFactor(ConstMatrixView spikes);

struct Workload {
  float minimum, maximum, mean;  // of the neurons' totals
  float entropy;                 // of their shares of all spikes, in bits; 0 without spikes
  std::size_t dead;              // number of silent neurons
};
/// How evenly D neurons share the work over N stimuli; `counts` is (N, D).
Workload measure_workload_entropy(ConstMatrixView counts);

/// 1/(1 + c²), c = variance over mean of each neuron's response over conditions, once averaged over
/// trials; 0 of a silent one. `responses` is (trials, conditions, D). Throws Error: shape, for
/// another rank.
Scores measure_breadthOfTuningCurve(const Tensor& responses);

/// The correlation of two signals over time, averaged over the neurons of each sample; 0 of a
/// neuron that is constant in one of them. Both are (N, T, D). Throws Error: shape, for others.
Scores measure_Pearson_correlation(const Tensor& a, const Tensor& b);

}  // namespace plexus::math
