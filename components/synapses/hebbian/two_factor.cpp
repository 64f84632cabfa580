#include "plexus/components/synapses/hebbian/two_factor.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "plexus/core/error.h"

namespace plexus::two_factor {
namespace {

template <std::size_t n>
bool is_one_of(const std::string& word, const std::array<std::string_view, n>& words) {
  return std::ranges::find(words, std::string_view(word)) != words.end();
}

constexpr std::array<std::string_view, 3> kL2{"l2", "ridge", "gaussian"};
constexpr std::array<std::string_view, 3> kL1{"l1", "lasso", "laplacian"};
constexpr std::array<std::string_view, 2> kElasticNet{"l1l2", "elastic_net"};

}  // namespace

Prior prior(const Tagged& given, const std::string& parameter) {
  const auto require = [&](std::size_t n, const char* numbers) {
    if (given.values.size() == n) return;
    throw Error(Error::Kind::config, {},
                fmt::format("{} has {} numbers; expected [{}, {}]", parameter, given.values.size(),
                            given.name, numbers));
  };
  if (is_one_of(given.name, kL2)) {
    require(1, "lambda");
    return {.l2 = 1, .lambda = given.values[0]};
  }
  if (is_one_of(given.name, kL1)) {
    require(1, "lambda");
    return {.l1 = 1, .lambda = given.values[0]};
  }
  if (is_one_of(given.name, kElasticNet)) {
    require(2, "[lambda, ratio of l1]");
    const float ratio = given.values[1];
    return {.l1 = ratio, .l2 = (1 - ratio) / 2, .lambda = given.values[0]};
  }
  return {};
}

Constants constants(const Prior& prior, float w_bound, bool is_nonnegative, float sign_value,
                    float eta) {
  return {prior, w_bound, is_nonnegative ? 0 : -w_bound, sign_value,
          math::Adam::constants({.eta = eta}, 1)};
}

OptimiserState::OptimiserState(Component& owner, math::OptimiserKind kind, const Dims& weights,
                               const Dims* biases)
    : kind_(kind) {
  using enum math::OptimiserKind;
  const auto add = [&](std::optional<Compartment>& compartment, const char* name, const Dims& dims,
                       const char* doc, DType dtype = DType::float32) {
    compartment.emplace(owner, name, Role::internal, dims, doc,
                        CompartmentOptions{.dtype = dtype, .auto_save = false});
  };
  if (kind == sgd) return;
  add(step, "opt_step", {}, "steps that the optimiser has made", DType::uint32);
  if (kind == nag) {
    add(momentum, "opt_momentum", {}, "momentum of this step");
    add(weights_1, "opt_phi_weights", weights, "where plain descent led W");
    if (biases != nullptr) add(biases_1, "opt_phi_biases", *biases, "where it led the biases");
  } else {
    add(bias1, "opt_bias1", {}, "1 - beta1^t");
    add(bias2, "opt_bias2", {}, "1 - beta2^t");
    add(weights_1, "opt_g1_weights", weights, "running mean of D");
    add(weights_2, "opt_g2_weights", weights, "running mean of D²");
    if (biases == nullptr) return;
    add(biases_1, "opt_g1_biases", *biases, "running mean of db");
    add(biases_2, "opt_g2_biases", *biases, "running mean of db²");
  }
}

void OptimiserState::advance() {
  const auto t = static_cast<float>(++step->own_words()[0]);
  if (kind_ == math::OptimiserKind::nag) {
    momentum->own_values()[0] = math::Nag::constants({}, t).mu;
  } else {
    const auto now = math::Adam::constants({}, t);
    bias1->own_values()[0] = now.bias1;
    bias2->own_values()[0] = now.bias2;
  }
}

}  // namespace plexus::two_factor
