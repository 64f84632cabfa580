#include "plexus/core/random/generators.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include <fmt/core.h>

#include "plexus/core/error.h"
#include "plexus/core/random/samplers.h"

namespace plexus {
namespace {

using Arguments = std::span<const double>;

void require_fan(std::string_view generator, const Shape& shape) {
  if (shape.rank() >= 2 && shape.size() > 0) return;
  throw Error(Error::Kind::shape, {},
              fmt::format("{} needs two axes at least, and no empty one; the shape is {}",
                          generator, to_string(shape)),
              "take uniform or gaussian with a width of your own");
}

void fill_constant(Arguments arguments, const Shape&, Key, std::span<float> out) {
  std::ranges::fill(out, static_cast<float>(arguments[0]));
}

void fill_uniform_between(Arguments arguments, const Shape&, Key key, std::span<float> out) {
  fill_uniform(key, 0, out, static_cast<float>(arguments[0]), static_cast<float>(arguments[1]));
}

void fill_gaussian(Arguments arguments, const Shape&, Key key, std::span<float> out) {
  const auto mean = static_cast<float>(arguments[0]);
  const auto std = static_cast<float>(arguments[1]);
  fill_normal(key, 0, out);
  for (float& x : out) x = mean + std * x;
}

void fill_log_gaussian(Arguments arguments, const Shape&, Key key, std::span<float> out) {
  fill_lognormal(key, 0, out, static_cast<float>(arguments[0]));
}

void fill_fan_in_uniform(Arguments, const Shape& shape, Key key, std::span<float> out) {
  const double limit = detail::fan_in_limit(shape);
  fill_uniform(key, 0, out, static_cast<float>(-limit), static_cast<float>(limit));
}

void fill_fan_in_gaussian(Arguments, const Shape& shape, Key key, std::span<float> out) {
  require_fan("fan_in_gaussian", shape);
  const auto std = static_cast<float>(std::sqrt(1.0 / static_cast<double>(shape[0])));
  fill_normal(key, 0, out);
  for (float& x : out) x *= std;
}

void fill_diag_offdiag(Arguments arguments, const Shape& shape, Key, std::span<float> out) {
  if (shape.rank() != 2) {
    throw Error(Error::Kind::shape, {},
                fmt::format("diag_offdiag needs a matrix; the shape is {}", to_string(shape)),
                "take constant");
  }
  std::ranges::fill(out, static_cast<float>(arguments[1]));
  const auto n_cols = static_cast<std::size_t>(shape[1]);
  const auto n_diagonal = static_cast<std::size_t>(std::min(shape[0], shape[1]));
  for (std::size_t i = 0; i < n_diagonal; ++i) {
    out[i * n_cols + i] = static_cast<float>(arguments[0]);
  }
}

constexpr std::array kConstant{ArgumentInfo{"value", std::nullopt, "every element"}};
constexpr std::array kUniform{ArgumentInfo{"low", 0, "lower bound"},
                              ArgumentInfo{"high", 1, "upper bound, not reached"}};
constexpr std::array kGaussian{ArgumentInfo{"mean", 0, "mean"},
                               ArgumentInfo{"std", 1, "standard deviation"}};
constexpr std::array kLogGaussian{
    ArgumentInfo{"sigma", 1, "standard deviation of the values' logarithms, whose mean is 0"}};
constexpr std::array kDiagOffdiag{
    ArgumentInfo{"on_diag", std::nullopt, "elements on the diagonal"},
    ArgumentInfo{"off_diag", std::nullopt, "elements off the diagonal"}};

constexpr std::array kGenerators{
    GeneratorInfo{"constant", kConstant, "one value everywhere", false, fill_constant},
    GeneratorInfo{"uniform", kUniform, "uniform in [low, high)", true, fill_uniform_between},
    GeneratorInfo{"gaussian", kGaussian, "normal", true, fill_gaussian},
    GeneratorInfo{"log_gaussian", kLogGaussian, "log-normal: exp(sigma z), z standard normal", true,
                  fill_log_gaussian},
    GeneratorInfo{"fan_in_uniform",
                  {},
                  "uniform within ±sqrt(1/n), n the extent of the second axis",
                  true,
                  fill_fan_in_uniform},
    GeneratorInfo{"fan_in_gaussian",
                  {},
                  "normal of variance 1/n, n the extent of the first axis",
                  true,
                  fill_fan_in_gaussian},
    GeneratorInfo{"diag_offdiag", kDiagOffdiag, "one value on the diagonal, another elsewhere",
                  false, fill_diag_offdiag},
};

}  // namespace

std::span<const GeneratorInfo> generators() {
  return kGenerators;
}

const GeneratorInfo* find_generator(std::string_view name) {
  const auto found = std::ranges::find(kGenerators, name, &GeneratorInfo::name);
  return found == kGenerators.end() ? nullptr : &*found;
}

double detail::fan_in_limit(const Shape& shape) {
  require_fan("fan_in_uniform", shape);
  return std::sqrt(1.0 / static_cast<double>(shape[1]));
}

}  // namespace plexus
