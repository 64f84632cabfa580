#include "plexus/components/math/filters.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "plexus/components/math/names.h"
#include "plexus/core/error.h"

namespace plexus::math {
namespace {

constexpr float kLeastSurround = 1e-5F;  // keeps a ratio finite

constexpr Named<EdgePad> kEdgePads[] = {{"edge", EdgePad::edge}, {"reflect", EdgePad::reflect}};

/// The profile of a kernel, which is the product of two of these.
std::vector<double> profile(float sigma, int radius) {
  if (!(sigma > 0) || radius < 0)
    throw Error(Error::Kind::config, {},
                fmt::format("a Gaussian kernel has sigma {} and radius {}", sigma, radius),
                "choose sigma > 0 and a radius of 0 or more");
  return gaussian_profile(static_cast<double>(sigma), 2 * std::int64_t{radius} + 1);
}

/// Where place i of `n` is found, which may lie up to n - 1 beyond the edge.
std::int64_t inside(std::int64_t i, std::int64_t n, EdgePad pad) {
  if (pad == EdgePad::edge) return std::clamp<std::int64_t>(i, 0, n - 1);
  return i < 0 ? -i : i >= n ? 2 * (n - 1) - i : i;
}

struct Image {
  std::int64_t height, width;
};

/// `from` blurred along its rows, then along its columns.
std::vector<double> blurred(const float* from, Image image, float sigma,
                            const CentreSurround& filter) {
  const auto [height, width] = image;
  const int radius = filter.kernel_size;
  const std::vector<double> g = profile(sigma, radius);
  const auto size = static_cast<std::size_t>(height * width);
  std::vector<double> along(size), both(size);
  for (std::int64_t i = 0; i < height; ++i)
    for (std::int64_t j = 0; j < width; ++j)
      for (int k = -radius; k <= radius; ++k)
        along[static_cast<std::size_t>(i * width + j)] +=
            g[static_cast<std::size_t>(k + radius)] *
            static_cast<double>(from[i * width + inside(j + k, width, filter.edge_pad_mode)]);
  for (std::int64_t i = 0; i < height; ++i)
    for (std::int64_t j = 0; j < width; ++j)
      for (int k = -radius; k <= radius; ++k)
        both[static_cast<std::size_t>(i * width + j)] +=
            g[static_cast<std::size_t>(k + radius)] *
            along[static_cast<std::size_t>(inside(i + k, height, filter.edge_pad_mode) * width +
                                           j)];
  return both;
}

/// `join(c, s)` of every pixel of every image.
template <class Join>
Tensor filtered(const Tensor& images, const CentreSurround& filter, const Join& join) {
  const auto rank = images.shape.rank();
  if (rank < 2)
    throw Error(Error::Kind::shape, {},
                fmt::format("images have shape {}; expected (…, height, width)",
                            plexus::to_string(images.shape)));
  const Image image{images.shape[rank - 2], images.shape[rank - 1]};
  if (filter.kernel_size >= std::min(image.height, image.width))
    throw Error(Error::Kind::config, {},
                fmt::format("images of {} x {} pixels are too small for a kernel of radius {}",
                            image.height, image.width, filter.kernel_size),
                "choose a smaller kernel_size");
  Tensor result{images.shape, std::vector<float>(images.shape.size())};
  const auto size = static_cast<std::size_t>(image.height * image.width);
  const auto from = images.floats();
  const auto to = result.floats();
  for (std::size_t first = 0; first < from.size(); first += size) {
    const auto c = blurred(&from[first], image, filter.sigma_center, filter);
    const auto s = blurred(&from[first], image, filter.sigma_surround, filter);
    for (std::size_t i = 0; i < size; ++i)
      to[first + i] = join(static_cast<float>(c[i]), static_cast<float>(s[i]));
  }
  return result;
}

}  // namespace

EdgePad edge_pad(std::string_view name) {
  return value_of("padding of an edge", name, kEdgePads);
}

std::vector<double> gaussian_profile(double sigma, std::int64_t places) {
  std::vector<double> g;
  double sum = 0;
  for (std::int64_t i = 0; i < places; ++i) {
    const double x = static_cast<double>(i - places / 2) / sigma;
    sum += g.emplace_back(std::exp(-0.5 * x * x));
  }
  for (double& value : g) value /= sum;
  return g;
}

std::vector<float> gaussian_kernel(float sigma, int radius) {
  const std::vector<double> g = profile(sigma, radius);
  std::vector<float> kernel;
  for (const double a : g)
    for (const double b : g) kernel.push_back(static_cast<float>(a * b));
  return kernel;
}

Tensor gaussian_filter(const Tensor& images, const CentreSurround& filter) {
  return filtered(images, filter, [&](float c, float s) {
    return filter.use_ratio ? c / (s + kLeastSurround) : c - s;
  });
}

Tensor cortical_gaussian_filter(const Tensor& images, const CentreSurround& filter,
                                const CorticalGains& gains) {
  const float h = gains.semi_sat_constant;
  return filtered(images, filter, [&](float c, float s) {
    if (!filter.use_ratio) return std::max(0.0F, c - s);
    return std::pow(std::max(0.0F, c), gains.excitation_exp) /
           (std::pow(std::max(0.0F, s), gains.inhibition_exp) + h * h);
  });
}

}  // namespace plexus::math
