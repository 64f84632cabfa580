#include "plexus/components/neurons/graded/scaled_error_cell.h"

#include <algorithm>

#include <fmt/format.h>

#include "plexus/components/math/elementary.h"
#include "plexus/components/math/sum.h"
#include "plexus/core/error.h"
#include "plexus/core/kernels/text.h"

namespace plexus {
namespace {

/// The axes of a scale: (1, 1) for a number, else those of the array; the first follows the batch
/// if it distinguishes samples.
Dims scale_dims(const Tensor& scale, const Dims& units, int batch_size, const std::string& name,
                const char* parameter) {
  if (scale.size() == 1) return {1, 1};
  const Shape& shape = scale.shape;
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
                fmt::format("{}.{} has shape {}, which does not spread over the units", name,
                            parameter, to_string(shape)),
                fmt::format("give {} a number, or one number a unit", name));
  return dims;
}

/// Kernels take a single number, a row, and one number a unit and sample as they are.
bool needs_spreading(const Dims& scale, const Dims& units) {
  const auto ones =
      std::ranges::count(scale, 1, &Dim::extent) -
      std::ranges::count_if(scale, [](const Dim& d) { return d.batch && d.extent == 1; });
  const auto axes = static_cast<std::ptrdiff_t>(scale.size());
  const bool number = ones == axes;
  const bool row =
      ones == axes - 1 && scale.back().extent == units.back().extent && !scale.back().batch;
  const bool all = ones == 0 && scale.size() == units.size();
  return !number && !row && !all;
}

}  // namespace

ScaledErrorCell::ScaledErrorCell(const Setup& setup, int n_units, const Shape& image,
                                 const Numbers& scale, Cost cost, const Names& names)
    : ErrorCell(setup, n_units, image),
      names_(names),
      cost_(cost),
      scale_dims_(scale_dims(scale, units_, setup.batch_size, setup.name, names.parameter)),
      spreads_(needs_spreading(scale_dims_, units_)) {
  std::ranges::copy(scale.floats(), scale_.own_values().begin());
}

Dims ScaledErrorCell::without_ones(const Dims& dims) {
  Dims kept = dims;
  std::erase_if(kept, [](const Dim& d) { return d.extent == 1 && !d.batch; });
  return kept;
}

struct ScaledErrorCell::Mismatch {
  static void at(const Constants& /*k*/, auto signs, auto location, auto target, auto scale,
                 auto modulator, auto mask, auto& dlocation, auto& dtarget, auto& next_mask) {
    auto e = target - location;
    if constexpr (signs) e = math::sign(e);
    const auto d = e / scale;
    weigh(d, -d, modulator, mask, dlocation, dtarget, next_mask);
  }
};

std::vector<Stage> ScaledErrorCell::mismatch() {
  std::vector<Stage> stages;
  if (spreads_)
    stages.push_back(whole<&ScaledErrorCell::spread_scale>(reads(scale_), writes(spread_)));
  stages.push_back(
      each_unit<Mismatch>(k_, when(cost_ != Cost::square),
                          reads(location_, target, spreads_ ? spread_ : scale_, modulator, mask),
                          writes(dlocation_, dtarget), publishes(mask)));
  stages.push_back(
      whole<&ScaledErrorCell::assess>(reads(location_, target, scale_), writes(L, dscale_)));
  return stages;
}

/// Repeats the scale along the axes where it has one place or none.
void ScaledErrorCell::spread_scale(const Step& /*step*/) {
  const auto from = scale_.values();
  const auto to = spread_.own_values();
  const Shape &from_shape = scale_.shape(), &to_shape = spread_.shape();
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

void ScaledErrorCell::assess(const Step& /*step*/) {
  const auto x = target.values(), predicted = location_.values(), scales = scale_.values();
  const auto losses = L.own_values();
  const float cost = math::sum(0, static_cast<std::int64_t>(x.size()), [&](std::int64_t i) {
    const float e = x[static_cast<std::size_t>(i)] - predicted[static_cast<std::size_t>(i)];
    if (cost_ == Cost::square) return e * e;
    return math::abs(cost_ == Cost::sign ? math::sign(e) : e);
  });
  const float share = cost_ == Cost::square ? 0.5F : 1.0F;
  for (std::size_t i = 0; i < losses.size(); ++i) losses[i] = -cost * (share / scales[i]);
  std::ranges::fill(dscale_.own_values(), 1.0F);
}

}  // namespace plexus
