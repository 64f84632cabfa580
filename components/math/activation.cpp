#include "plexus/components/math/activation.h"

#include <array>
#include <cassert>
#include <string>
#include <vector>

#include "plexus/components/math/kwta.h"
#include "plexus/components/math/softmax.h"
#include "plexus/core/error.h"
#include "plexus/core/kernels/text.h"
#include "plexus/core/kernels/widest.h"

namespace plexus::math {
namespace {

/// The one loop that every elementwise activation runs in.
template <Elementwise F, bool derivative>
void each(const float* x, float* y, std::int64_t rows, std::int64_t cols) {
  plexus::detail::run_widest([=]() __attribute__((always_inline)) {
    const std::int64_t n = rows * cols;
    PLEXUS_VECTORISE
    for (std::int64_t i = 0; i < n; ++i)
      y[i] = derivative ? d_activate<F>(x[i]) : activate<F>(x[i]);
  });
}

template <Elementwise F>
constexpr Activation each_value(std::string_view name, std::string_view doc) {
  return {name, doc, true, 0, &each<F, false>, &each<F, true>};
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
    each_value<Elementwise::tanh>("tanh", "tanh(x)"),
    each_value<Elementwise::sigmoid>("sigmoid", "1/(1 + exp(-x))"),
    each_value<Elementwise::relu>("relu", "max(x, 0); the derivative at 0 is 1"),
    each_value<Elementwise::lrelu>("lrelu", "x, or x/100 below 0"),
    each_value<Elementwise::relu6>("relu6", "x within [0, 6]"),
    each_value<Elementwise::elu>("elu", "x, or exp(x) - 1 below 0"),
    each_value<Elementwise::silu>("silu", "x sigmoid(x)"),
    each_value<Elementwise::gelu>("gelu", "x sigmoid(1.702 x)"),
    each_value<Elementwise::telu>("telu", "x tanh(exp(x))"),
    each_value<Elementwise::softplus>("softplus", "log(1 + exp(x))"),
    each_value<Elementwise::sine>("sine", "sin(30 x)"),
    each_value<Elementwise::identity>("identity", "x"),
    each_value<Elementwise::unit_threshold>("unit_threshold", "1 where x >= 1, else 0; straight-through derivative"),
    each_value<Elementwise::heaviside>("heaviside", "1 where x >= 0, else 0; straight-through derivative"),
    Activation{"bkwta", "1 for the 5 largest units of each sample and their ties, else 0; its own derivative", false, kWinners, bkwta_rows, bkwta_rows},
    Activation{"softmax", "exp(x) over its sum in each sample", false, 0, softmax_rows, nullptr},
});
// clang-format on

}  // namespace

std::span<const Activation> activations() {
  return kActivations;
}

std::vector<std::string> activation_words() {
  std::vector<std::string> words;
  for (const auto& known : kActivations) words.emplace_back(known.name);
  return words;
}

Elementwise elementwise(const Activation& activation) {
  assert(activation.elementwise);
  return static_cast<Elementwise>(&activation - kActivations.data());
}

const Activation& activation(std::string_view name) {
  const std::string_view key = name.find("heaviside") != name.npos ? "heaviside" : name;
  for (const auto& known : kActivations)
    if (known.name == key) return known;

  throw Error{Error::Kind::config,
              {},
              "unknown activation function '" + std::string{name} + "'",
              did_you_mean(name, activation_words())};
}

}  // namespace plexus::math
