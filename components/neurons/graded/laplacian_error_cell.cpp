#include "plexus/components/neurons/graded/laplacian_error_cell.h"

namespace plexus {

LaplacianErrorCell::LaplacianErrorCell(const Setup& setup, const Params& params)
    : ScaledErrorCell(setup, params.n_units, params.shape, params.scale,
                      params.true_loss ? Cost::magnitude : Cost::sign,
                      {"shift", "Scale", "dshift", "dScale", "prediction: location",
                       "prediction: width", "scale"}) {}

}  // namespace plexus
