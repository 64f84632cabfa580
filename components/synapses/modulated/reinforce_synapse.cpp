#include "plexus/components/synapses/modulated/reinforce_synapse.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "plexus/components/math/activation.h"
#include "plexus/components/math/elementary.h"
#include "plexus/components/math/matrix_view.h"
#include "plexus/core/error.h"
#include "plexus/core/kernels/text.h"
#include "plexus/core/random/samplers.h"

namespace plexus {
namespace {

constexpr float kScale = 0.01F;                 // of the objective
constexpr float kLeastLog = -10, kMostLog = 2;  // of the deviation
constexpr float kInfinity = std::numeric_limits<float>::infinity();

const math::Activation& fitting(const std::string& word, std::int64_t cols,
                                const std::string& parameter) {
  const math::Activation& f = math::activation(word);
  if (cols < f.min_cols)
    throw Error(Error::Kind::config, {},
                fmt::format("{} is {}, which needs {} units; there are {}", parameter, word,
                            f.min_cols, cols));
  return f;
}

/// The cable holds means and log deviations side by side.
Shape doubled(Shape shape) {
  if (shape.rank() == 2) shape[1] *= 2;
  return shape;
}

std::vector<std::string> words_with_slope() {
  auto words = math::activation_words();
  std::erase(words, "softmax");  // its slope is a matrix
  return words;
}

}  // namespace

void REINFORCESynapse::Params::describe(Parameters& d) {
  describe_dense(d, *this);
  d("eta", eta, "learning rate");
  d("decay", decay, "factor of the fading mean in every evolve");
  d("act_fx", act_fx, "activation function of the inputs", OneOf{math::activation_words()});
  d("mu_act_fx", mu_act_fx, "activation function of the means", OneOf{words_with_slope()});
  d("w_bound", w_bound, "largest W");
  d("w_min", w_min, "least W");
  d("mu_out_min", mu_out_min, "least output; null for none");
  d("mu_out_max", mu_out_max, "largest output; null for none");
  d("scalar_stddev", scalar_stddev, "deviation σ of all outputs; 0 or less: it is learned");
  d("seed", seed, "seed of the stream of ε");
  d("reset_to_42", reset_to_42, "a reset restarts the stream from the seed 42, not from its own");
}

REINFORCESynapse::REINFORCESynapse(const Setup& setup, const Params& params)
    : DenseSynapse(setup, dense(params, doubled(params.shape)), params.shape[1]),
      p_(params),
      f_(fitting(params.act_fx, params.shape[0], setup.name + ".act_fx")),
      f_mu_(fitting(params.mu_act_fx, params.shape[1], setup.name + ".mu_act_fx")) {
  warn_of_idle_parameters();
  seed.set(Key::from_seed(p_.seed));
}

void REINFORCESynapse::prepare(const Step& /*step*/) {
  k_ = {p_.eta, p_.decay, p_.w_min, p_.w_bound};
}

void REINFORCESynapse::activate(const Step& /*step*/) {
  const Shape& shape = activity.shape();
  f_.f(inputs.values().data(), activity.own_values().data(), shape[0], shape[1]);
}

void REINFORCESynapse::act(const Step& /*step*/) {
  const std::int64_t samples = mean.shape()[0], n = mean.shape()[1];
  const math::ConstMatrixView z(drive.values().data(), samples, 2 * n);
  const math::MatrixView mu(mean.own_values().data(), samples, n),
      d_mu(slope.own_values().data(), samples, n);
  const math::MatrixView o(outputs.own_values().data(), samples, n);
  const math::MatrixView up(ascent.own_values().data(), samples, 2 * n);
  const auto r = rewards.values();

  const Key now = seed.key();
  seed.set(split_at(now, 0));
  fill_normal(split_at(now, 1), 0, o.flat());
  for (std::int64_t b = 0; b < samples; ++b) std::copy_n(z.row(b).begin(), n, mu.row(b).begin());
  f_mu_.df(mu.values, d_mu.values, samples, n);
  f_mu_.f(mu.values, mu.values, samples, n);

  float total = 0;
  for (std::int64_t b = 0; b < samples; ++b) {
    const float reward = r[static_cast<std::size_t>(b)],
                kappa = reward * kScale / static_cast<float>(samples);
    float log_p = 0;
    for (std::int64_t i = 0; i < n; ++i) {
      const bool learns = !(p_.scalar_stddev > 0);
      const float l = z(b, n + i);
      const float sigma = learns ? math::exp(math::clip(l, kLeastLog, kMostLog)) : p_.scalar_stddev;
      const float variance = sigma * sigma;
      o(b, i) = math::clip(o(b, i) * sigma + mu(b, i), p_.mu_out_min.value_or(-kInfinity),
                           p_.mu_out_max.value_or(kInfinity));
      const float off = o(b, i) - mu(b, i);
      log_p += -0.5F * (math::log(2 * math::kPi * variance) + off * off / variance);
      up(b, i) = kappa * (off / variance) * d_mu(b, i);
      up(b, n + i) = learns && l >= kLeastLog && l <= kMostLog
                         ? kappa * (-1 / sigma + off * off / (variance * sigma)) * sigma
                         : 0;
    }
    total += -log_p * reward;
  }
  objective.own_values()[0] = total / static_cast<float>(samples) * kScale;
}

struct REINFORCESynapse::Learn {
  static void at(const Constants& k, auto slope, auto on, auto steps, auto& W, auto& A, auto& dW) {
    dW = slope;
    const auto c = steps + 1;
    A = (steps / c) * A * k.decay + (1 / c) * dW;
    W = math::clip((W + dW * k.eta) * on + W * (1 - on), k.w_min, k.w_bound);
  }
};

struct REINFORCESynapse::Count {
  static void at(const Constants& /*k*/, auto on, auto& steps) { steps = (steps + 1) * (1 - on); }
};

void REINFORCESynapse::reseed(const Step& /*step*/) {
  seed.set(Key::from_seed(p_.reset_to_42 ? Params{}.seed : p_.seed));
}

}  // namespace plexus
