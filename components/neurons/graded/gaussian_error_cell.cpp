#include "plexus/components/neurons/graded/gaussian_error_cell.h"

#include <algorithm>

#include <fmt/format.h>

#include "plexus/components/math/sum.h"
#include "plexus/components/neurons/population.h"
#include "plexus/core/error.h"
#include "plexus/core/kernels/text.h"

namespace plexus {
namespace {

/// The axes of Sigma: (1, 1) for a number, else those of the array; the first follows the batch if it
/// distinguishes samples.
Dims variance_dims(const Tensor& sigma, const Dims& units, int batch_size, const std::string& name) {
  if (sigma.size() == 1) return {1, 1};
  const Shape& shape = sigma.shape;
  bool fits = shape.rank() <= units.size();
  Dims dims;
  for (std::size_t axis = 0; axis < shape.rank() && fits; ++axis) {
    const Dim& unit = units[units.size() - shape.rank() + axis];
    const std::int64_t extent = unit.batch ? batch_size : unit.extent;
    fits = shape[axis] == 1 || shape[axis] == extent;
    dims.push_back(shape[axis] == 1 ? Dim{1} : unit);
  }
  if (!fits)
    throw Error(Error::Kind::shape, {},
                fmt::format("{}.sigma has shape {}, which does not spread over the units", name,
                            to_string(shape)),
                fmt::format("give {} a number, or one number a unit", name));
  return dims;
}

/// Kernels take a single number, a row, and one number a unit and sample as they are.
bool needs_spreading(const Dims& variance, const Dims& units) {
  const auto ones = std::ranges::count(variance, 1, &Dim::extent) -
                    std::ranges::count_if(variance, [](const Dim& d) { return d.batch && d.extent == 1; });
  const auto axes = static_cast<std::ptrdiff_t>(variance.size());
  const bool number = ones == axes;
  const bool row = ones == axes - 1 && variance.back().extent == units.back().extent &&
                   !variance.back().batch;
  const bool all = ones == 0 && variance.size() == units.size();
  return !number && !row && !all;
}

}  // namespace

GaussianErrorCell::GaussianErrorCell(const Setup& setup, const Params& params)
    : Component(setup),
      p_(params),
      units_(population(p_.n_units, p_.shape, setup.name)),
      variance_(variance_dims(p_.sigma, units_, setup.batch_size, setup.name)),
      spreads_(needs_spreading(variance_, units_)) {
  std::ranges::copy(p_.sigma.floats(), Sigma.own_values().begin());
}

Dims GaussianErrorCell::without_ones(const Dims& dims) {
  Dims kept = dims;
  std::erase_if(kept, [](const Dim& d) { return d.extent == 1 && !d.batch; });
  return kept;
}

struct GaussianErrorCell::Mismatch {
  static void at(const Constants& /*k*/, auto mu, auto target, auto variance, auto modulator, auto mask,
                 auto& dmu, auto& dtarget, auto& next_mask) {
    dmu = (((target - mu) / variance) * modulator) * mask;
    dtarget = -dmu;
    next_mask = 1;
  }
};

std::vector<Stage> GaussianErrorCell::mismatch() {
  std::vector<Stage> stages;
  if (spreads_)
    stages.push_back(whole<&GaussianErrorCell::spread_variance>(reads(Sigma), writes(variance)));
  stages.push_back(each_unit<Mismatch>(k_, reads(mu, target, spreads_ ? variance : Sigma, modulator, mask),
                                       writes(dmu, dtarget), publishes(mask)));
  stages.push_back(whole<&GaussianErrorCell::assess>(reads(mu, target, Sigma), writes(L, dSigma)));
  return stages;
}

/// Repeats Sigma along the axes where it has one place or none.
void GaussianErrorCell::spread_variance(const Step& /*step*/) {
  const auto from = Sigma.values();
  const auto to = variance.own_values();
  const Shape &from_shape = Sigma.shape(), &to_shape = variance.shape();
  const std::size_t missing = to_shape.rank() - from_shape.rank();
  for (std::size_t i = 0; i < to.size(); ++i) {
    std::size_t rest = i, place = 0, stride = 1;
    for (std::size_t axis = to_shape.rank(); axis-- > missing;) {
      const auto extent = static_cast<std::size_t>(to_shape[axis]);
      const auto own_extent = static_cast<std::size_t>(from_shape[axis - missing]);
      if (own_extent > 1) place += rest % extent * stride;
      stride *= own_extent;
      rest /= extent;
    }
    to[i] = from[place];
  }
}

void GaussianErrorCell::assess(const Step& /*step*/) {
  const auto x = target.values(), mean = mu.values(), variances = Sigma.values();
  const auto losses = L.own_values();
  const float squares = math::sum(static_cast<std::int64_t>(x.size()), [&](std::int64_t i) {
    const float e = x[static_cast<std::size_t>(i)] - mean[static_cast<std::size_t>(i)];
    return e * e;
  });
  for (std::size_t i = 0; i < losses.size(); ++i) losses[i] = -squares * (0.5F / variances[i]);
  std::ranges::fill(dSigma.own_values(), 1.0F);
}

}  // namespace plexus
