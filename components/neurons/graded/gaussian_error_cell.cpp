#include "plexus/components/neurons/graded/gaussian_error_cell.h"

namespace plexus {

GaussianErrorCell::GaussianErrorCell(const Setup& setup, const Params& params)
    : ScaledErrorCell(
          setup, params.n_units, params.shape, params.sigma, Cost::square,
          {"mu", "Sigma", "dmu", "dSigma", "prediction: mean", "prediction: variance", "sigma"}) {}

}  // namespace plexus
