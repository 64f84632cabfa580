#pragma once

#include <cstddef>

#include "plexus/components/math/matrix_view.h"
#include "plexus/components/math/metrics/scores.h"

/// How far predictions lie from their targets, by the names of ngc-learn's `metric_utils`. A sample
/// is a row, and has a score; sums run over its columns and are not divided by their number. All
/// throw Error: shape, for matrices that differ in shape.
namespace plexus::math {

/// Σ (mu - x)².
Scores measure_MSE(ConstMatrixView mu, ConstMatrixView x);
/// The roots of these; the root of the mean for all.
Scores measure_RMSE(ConstMatrixView mu, ConstMatrixView x);
/// Σ |shift - x|.
Scores measure_MAE(ConstMatrixView shift, ConstMatrixView x);
/// -Σ x ln p, of p kept within [offset, 1 - offset].
Scores measure_CatNLL(ConstMatrixView p, ConstMatrixView x, float offset = 1e-7F);
/// -Σ x ln p + (1 - x) ln(1 - p), of p kept within [offset, 1 - offset].
Scores measure_BCE(ConstMatrixView p, ConstMatrixView x, float offset = 1e-7F);
/// Σ p_x (ln p_x - ln p_xHat) over the number of columns, both kept within [1e-6, 1 - 1e-6].
Scores measure_KLD(ConstMatrixView p_xHat, ConstMatrixView p_x);

/// The divergence KL(N(mu1, Sigma1) || N(mu2, Sigma2)):
///   ½ (ln |Sigma2|/|Sigma1| + tr(Sigma2⁻¹ Sigma1) + z Sigma2⁻¹ zᵀ - D),  z = mu2 - mu1.
/// mu are (1, D), Sigma (D, D). Throws Error: shape, for others; config, for a Sigma that is not
/// positive definite. (ngc-learn adds the quadratic term twice.)
float measure_gaussian_KLD(ConstMatrixView mu1, ConstMatrixView Sigma1, ConstMatrixView mu2,
                           ConstMatrixView Sigma2);

/// K ln N - 2 ln L, of a model of K parameters that gives N data the likelihood L; `score` is ln L,
/// or L if not `is_log`.
float measure_BIC(std::size_t n_data, int n_model_params, float score, bool is_log = true);

}  // namespace plexus::math
