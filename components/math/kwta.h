#pragma once

#include <span>

#include "plexus/components/math/matrix_view.h"

/// k winners take all, over a batch x (B, D) with one sample a row. Results go to y, of x's shape,
/// which may be x itself. A row of `masks` (G, D) is > 0 at the units of one group.
///
/// k must lie between 1 and D, and masks must be as wide as x; else Error.
namespace plexus::math {

/// The k-th largest of `values`, ties counted apiece. NaN ranks above all.
float kth_largest(std::span<const float> values, int k);

/// 1 for the k largest units of each sample and their ties, else 0.
void bkwta(ConstMatrixView x, int k, MatrixView y);

/// Local winners: x at the units that reach the weakest winner of *any* group, else 0; so with
/// several groups the best of a strong group do not hush a weak one. The result is kept within
/// ±bound if bound > 0.
void lkwta(ConstMatrixView x, ConstMatrixView masks, int k, float bound, MatrixView y);

/// The derivative of `lkwta` without a bound: 1 at the winners, else 0.
void d_lkwta(ConstMatrixView x, ConstMatrixView masks, int k, MatrixView y);

/// `lkwta` without a bound.
void kwta(ConstMatrixView x, ConstMatrixView masks, int k, MatrixView y);
void d_kwta(ConstMatrixView x, ConstMatrixView masks, int k, MatrixView y);

/// x at the units above their own group's quantile (D − k)/D, taken over the whole row with the
/// units outside the group one below the smallest of x.
void quantile_lkwta(ConstMatrixView x, ConstMatrixView masks, int k, MatrixView y);
void d_quantile_lkwta(ConstMatrixView x, ConstMatrixView masks, int k, MatrixView y);

/// Every unit takes the mean of its group; units of no group 0.
void group_mean(ConstMatrixView x, ConstMatrixView masks, MatrixView y);

}  // namespace plexus::math
