#include "plexus/components/math/activation.h"

#include <array>
#include <string>
#include <vector>

#include "plexus/components/math/kwta.h"
#include "plexus/components/math/softmax.h"
#include "plexus/core/error.h"

namespace plexus::math {
namespace {

/// The one loop that every elementwise activation runs in.
template <float (*f)(float)>
void each(const float* x, float* y, std::int64_t rows, std::int64_t cols) {
  for (std::int64_t i = 0; i < rows * cols; ++i) y[i] = f(x[i]);
}

template <float (*f)(float), float (*df)(float)>
constexpr Activation elementwise(std::string_view name, std::string_view doc) {
  return {name, doc, true, 0, &each<f>, &each<df>};
}

void softmax_rows(const float* x, float* y, std::int64_t rows, std::int64_t cols) {
  softmax({x, rows, cols}, 0, {y, rows, cols});
}

constexpr int kWinners = 5;
void bkwta_rows(const float* x, float* y, std::int64_t rows, std::int64_t cols) {
  bkwta({x, rows, cols}, kWinners, {y, rows, cols});
}

// clang-format off
constexpr auto kActivations = std::to_array<Activation>({
    elementwise<tanh, d_tanh<float>>("tanh", "tanh(x)"),
    elementwise<sigmoid<float>, d_sigmoid<float>>("sigmoid", "1/(1 + exp(-x))"),
    elementwise<relu<float>, d_relu<float>>("relu", "max(x, 0); the derivative at 0 is 1"),
    elementwise<lrelu<float>, d_lrelu<float>>("lrelu", "x, or x/100 below 0"),
    elementwise<relu6<float>, d_relu6<float>>("relu6", "x within [0, 6]"),
    elementwise<elu<float>, d_elu<float>>("elu", "x, or exp(x) - 1 below 0"),
    elementwise<silu<float>, d_silu<float>>("silu", "x sigmoid(x)"),
    elementwise<gelu<float>, d_gelu<float>>("gelu", "x sigmoid(1.702 x)"),
    elementwise<telu<float>, d_telu<float>>("telu", "x tanh(exp(x))"),
    elementwise<softplus<float>, d_softplus<float>>("softplus", "log(1 + exp(x))"),
    elementwise<sine<float>, d_sine<float>>("sine", "sin(30 x)"),
    elementwise<identity<float>, d_identity<float>>("identity", "x"),
    elementwise<unit_threshold<float>, d_unit_threshold<float>>("unit_threshold", "1 where x >= 1, else 0; straight-through derivative"),
    elementwise<heaviside<float>, d_heaviside<float>>("heaviside", "1 where x >= 0, else 0; straight-through derivative"),
    Activation{"bkwta", "1 for the 5 largest units of each sample and their ties, else 0; its own derivative", false, kWinners, bkwta_rows, bkwta_rows},
    Activation{"softmax", "exp(x) over its sum in each sample", false, 0, softmax_rows, nullptr},
});
// clang-format on

}  // namespace

std::span<const Activation> activations() {
  return kActivations;
}

const Activation& activation(std::string_view name) {
  const std::string_view key = name.find("heaviside") != name.npos ? "heaviside" : name;
  for (const auto& known : kActivations)
    if (known.name == key) return known;

  std::vector<std::string> names;
  for (const auto& known : kActivations) names.emplace_back(known.name);
  throw Error{Error::Kind::config,
              {},
              "unknown activation function '" + std::string{name} + "'",
              did_you_mean(name, names)};
}

}  // namespace plexus::math
