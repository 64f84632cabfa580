#pragma once

#include "plexus/components/math/matrix_view.h"

/// How many dimensions a code takes, by the names of ngc-learn's `effective_dimension`. Z has one
/// sample a row.
namespace plexus::math {

/// tr(C)² / tr(C²), C the covariance of the columns (over N - 1): 1 of a line, D of a ball; 1 where
/// nothing varies or there is one sample.
float participation_ratio(ConstMatrixView Z);
/// exp(-Σ p ln p), p = σ / Σσ + eps, σ the singular values of Z (Garrido et al. 2023, RankMe).
float rankme(ConstMatrixView Z, float eps = 1e-7F);
/// |Z_c|²_F / σ_max², Z_c = Z less its columns' means; 1 where that is 0. The reference estimates
/// σ_max by ten steps of the power iteration.
float stable_rank(ConstMatrixView Z);
/// The mean of the squared correlations between different columns; 0 of one column. Deviations are
/// at least √1e-8, and products of two at least 1e-6.
float covariance_error(ConstMatrixView Z);

}  // namespace plexus::math
