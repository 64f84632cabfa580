#include "plexus/components/encoders/retinal_ganglion_cell.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "plexus/components/math/filters.h"
#include "plexus/components/math/sum.h"
#include "plexus/core/error.h"
#include "plexus/core/log.h"
#include "plexus/core/plan.h"

namespace plexus {
namespace {

constexpr double kSurround = 1.6;  // deviation of the surround, in those of the centre

/// A Gaussian of deviation `s` over (px, py) places, about the middle one, of sum 1.
std::vector<double> gaussian(std::int64_t px, std::int64_t py, double s) {
  std::vector<double> g;
  g.reserve(static_cast<std::size_t>(px * py));
  for (const double x : math::gaussian_profile(s, px))
    for (const double y : math::gaussian_profile(s, py)) g.push_back(x * y);
  return g;
}

}  // namespace

RetinalGanglionCell::RetinalGanglionCell(const Setup& setup, const Params& params)
    : Component(setup), p_(params), x_(axis(0, setup.name)), y_(axis(1, setup.name)) {
  const std::int64_t count = x_.count * y_.count;
  if (p_.n_cells != 0 && p_.n_cells != count)
    throw Error(Error::Kind::config, {},
                fmt::format("{}.n_cells is {}, but the area has {} x {} patches", setup.name,
                            p_.n_cells, x_.count, y_.count),
                fmt::format("give it `n_cells: {}`, or leave that out", count));
  draw_filter();
}

RetinalGanglionCell::Axis RetinalGanglionCell::axis(std::size_t i, const std::string& name) const {
  for (const auto& [parameter, shape] : {std::pair{"area_shape", p_.area_shape},
                                         {"patch_shape", p_.patch_shape},
                                         {"step_shape", p_.step_shape}})
    if (shape.rank() != 2)
      throw Error(Error::Kind::config, {},
                  fmt::format("{}.{} is {}; expected two numbers", name, parameter,
                              plexus::to_string(shape)),
                  fmt::format("give it e.g. `{}: [4, 4]`", parameter));
  const std::int64_t area = p_.area_shape[i], patch = p_.patch_shape[i];
  const std::int64_t step = p_.step_shape[i] == 0 ? patch : p_.step_shape[i];
  if (patch > area)
    throw Error(Error::Kind::config, {},
                fmt::format("{}.patch_shape is {}, which does not fit into its area_shape {}", name,
                            plexus::to_string(p_.patch_shape), plexus::to_string(p_.area_shape)),
                "choose smaller patches");
  return {area, patch, step, (area - patch) / step + 1};
}

void RetinalGanglionCell::draw_filter() {
  const std::string& type = p_.filter_type;
  const bool difference = type == "difference_of_gaussian" || type == "DoG";
  const bool ratio = type == "ratio_of_gaussian" || type == "RoG";
  const auto places = filter.own_values();
  if (!difference && !ratio && type != "gaussian") {
    if (type != "identity")
      log_warn("{}: '{}' is no filter that it knows; all places of a patch count 1", label(), type);
    std::ranges::fill(places, 1.0F);
    return;
  }
  const double sigma = p_.sigma;
  const auto centre = gaussian(x_.patch, y_.patch, sigma);
  const auto surround = gaussian(x_.patch, y_.patch, kSurround * sigma);
  for (std::size_t i = 0; i < places.size(); ++i)
    places[i] = static_cast<float>(difference ? centre[i] - surround[i]
                                   : ratio    ? centre[i] / (surround[i] + 1e-8)
                                              : centre[i]);
}

void RetinalGanglionCell::filter_patches(const Step& /*step*/) {
  const float* image = inputs.values().data();
  const auto factors = filter.values();
  auto to = outputs.own_values();
  const std::size_t n = to.size() / static_cast<std::size_t>(batch_size());
  for (int b = 0; b < batch_size(); ++b, image += x_.area * y_.area, to = to.subspan(n)) {
    float* place = to.data();
    for (std::int64_t i = 0; i < x_.count; ++i)
      for (std::int64_t j = 0; j < y_.count; ++j) {
        const float* corner = image + i * x_.step * y_.area + j * y_.step;
        const float* factor = factors.data();
        for (std::int64_t row = 0; row < x_.patch; ++row, corner += y_.area)
          for (std::int64_t col = 0; col < y_.patch; ++col) *place++ = corner[col] * *factor++;
      }
    const auto sample = to.first(n);
    const float mean =
        math::sum(0, static_cast<std::int64_t>(n),
                  [&](std::int64_t i) { return sample[static_cast<std::size_t>(i)]; }) /
        static_cast<float>(n);
    for (float& value : sample) value -= mean;
  }
}

}  // namespace plexus
