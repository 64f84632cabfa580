#pragma once

#include "plexus/components/math/matrix_view.h"
#include "plexus/components/math/metrics/scores.h"

/// How few of a code's units are active, by the names of ngc-learn's `metric_utils`. A code is a
/// row of D values.
namespace plexus::math {

/// Σ (2i - D - 1) c_i / (D Σ c_i), c the magnitudes in ascending order, i = 1 … D: from 0, all
/// alike, towards 1. A code whose sum is not above 0 is raised by 1.
Scores measure_gini_index(ConstMatrixView codes);
/// The share of values above `tolerance`; with `flip_measure` of those that are not.
Scores measure_sparsity(ConstMatrixView codes, float tolerance = 0, bool flip_measure = false);
/// (√D - l1/l2)/(√D - 1), l2 = √(Σ x² + 1e-8): 1 of one active unit, 0 of all alike; more than 1 of
/// a code of zeros.
Scores measure_hoyer_sparsity(ConstMatrixView codes);
/// m4/(variance² + 1e-8) - 3: above 0 where a few units stand out.
Scores measure_excess_kurtosis(ConstMatrixView codes);

}  // namespace plexus::math
