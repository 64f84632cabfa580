#include "plexus/components/neurons/graded/leaky_noise_cell.h"

#include <cmath>

#include <fmt/format.h>

#include "plexus/core/error.h"
#include "plexus/core/kernels/text.h"
#include "plexus/core/random/samplers.h"

namespace plexus {

void LeakyNoiseCell::Params::describe(Parameters& d) {
  d("n_units", n_units, "number of units", positive);
  d("tau_x", tau_x, "time constant of the state x", positive, unit::ms, Example{"20.0"});
  d("act_fx", act_fx, "activation function f", OneOf{math::activation_words()});
  d("integration_type", integration_type, "method that integrates x",
    OneOf{math::integrator_words()});
  d("sigma_pre", sigma_pre, "standard deviation of the noise before f", non_negative,
    Alias{"sigma_rec"});
  d("sigma_post", sigma_post, "standard deviation of the noise after f", non_negative);
  d("leak_scale", leak_scale, "factor of the leak");
  d("independent_noise", independent_noise, "the noise after f is drawn by itself");
  describe_image(d, shape);
  d("batch_size", batch_size, "number of samples side by side", positive);
}

LeakyNoiseCell::LeakyNoiseCell(const Setup& setup, const Params& params)
    : Component(setup),
      p_(params),
      f_(math::activation(p_.act_fx)),
      units_(population(p_.n_units, p_.shape, setup.name)) {
  if (f_.df == nullptr)
    throw Error(Error::Kind::config, {},
                fmt::format("{}.act_fx is {}, whose slope is a matrix; r_prime has a slope for "
                            "each unit",
                            setup.name, p_.act_fx),
                "choose another function");
  if (p_.n_units < f_.min_cols)
    throw Error(Error::Kind::config, {},
                fmt::format("{}.act_fx is {}, which needs at least {} units; n_units is {}",
                            setup.name, p_.act_fx, f_.min_cols, p_.n_units),
                "choose another function");
}

void LeakyNoiseCell::prepare(const Step& step) {
  const double sigma = p_.sigma_pre;
  const auto variance = static_cast<float>(2.0 * static_cast<double>(p_.tau_x) * sigma * sigma);
  k_ = {step.dt, 1 / p_.tau_x, p_.leak_scale, std::sqrt(variance), p_.sigma_post};
}

void LeakyNoiseCell::draw(const Step& /*step*/) {
  const Key now = key.key();
  key.set(split_at(now, 0));
  fill_normal(split_at(now, 1), 0, noise.own_values());
  if (p_.independent_noise) fill_normal(split_at(now, 2), 0, noise_after.own_values());
}

struct LeakyNoiseCell::Membrane {
  [[gnu::always_inline]] static void at(const Constants& k, auto integrator, auto j_input,
                                        auto j_recurrent, auto e, auto& x) {
    const auto current = j_recurrent + j_input, push = e * k.noise_pre;
    const auto dx = [&](auto y) { return (-(y * k.leak) + current + push) * k.rate; };
    x = math::step<integrator.value>(x, dx, k.dt);
  }
};

void LeakyNoiseCell::activate(const Step& /*step*/) {
  const auto state = x.values();
  f_.f(state.data(), r.own_values().data(), batch_size(), p_.n_units);
  f_.df(state.data(), r_prime.own_values().data(), batch_size(), p_.n_units);
}

struct LeakyNoiseCell::Noise {
  static void at(const Constants& k, auto e, auto& r) { r += e * k.noise_post; }
};

}  // namespace plexus
