#pragma once

#include <string_view>
#include <vector>

#include "plexus/core/component.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Mismatch between a target and a Gaussian prediction of it. See `about`.
class GaussianErrorCell final : public Component {
 public:
  static constexpr std::string_view type_name = "GaussianErrorCell";
  static constexpr std::string_view family = "neurons/graded";
  static constexpr std::string_view about = R"(
Mismatch between a target and its prediction by a Gaussian of mean mu and variance Sigma: the
loss, as a log-likelihood without its constant, and its gradients.

  e       = target - mu
  dmu     =  e/Sigma modulator mask
  dtarget = -e/Sigma modulator mask
  L       = -(Σ e²) / (2 Sigma),  summed over units and batch

Sigma, a variance despite its parameter's name, divides as it is; it may be one number, one a unit,
or one a unit and sample, and L has as many values. A reset keeps Sigma. A mask holds for one step,
after which it is all ones, unless it is wired; L heeds neither mask nor modulator. dSigma is 1.)";

  struct Params {
    int n_units = required;
    Numbers sigma = 1;
    Shape shape = {};
    int batch_size = 1;

    void describe(Parameters& d) {
      d("n_units", n_units, "number of units", positive);
      d("sigma", sigma, "variance, first value of Sigma: a number, or an array that spreads over the units");
      d("shape", shape, "image shape [height, width, channels] of the compartments; null for (B, n_units)",
        positive, Example{"optional"});
      d("batch_size", batch_size, "number of samples side by side", positive);
    }
  };

  /// Throws Error: config, for a shape without three axes or with other than n_units places; shape, for a
  /// sigma that does not spread over the units.
  GaussianErrorCell(const Setup& setup, const Params& params);

 private:
  static Dims without_ones(const Dims& dims);
  struct Mismatch;
  std::vector<Stage> mismatch();
  void spread_variance(const Step& step);
  void assess(const Step& step);

  Params p_;
  struct Constants {
  } k_;
  Dims units_;     // of the population
  Dims variance_;  // of Sigma
  bool spreads_;   // Sigma needs copying out: it is no number, no row, and not one a unit and sample

 public:
  // clang-format off
  Compartment mu       {*this, "mu",        Role::input,     units_, "prediction: mean"};
  Compartment target   {*this, "target",    Role::input,     units_, "target"};
  Compartment Sigma    {*this, "Sigma",     Role::parameter, variance_, "prediction: variance"};
  Compartment modulator{*this, "modulator", Role::input,     units_, "factor of the gradients", {.initial = 1}};
  Compartment mask     {*this, "mask",      Role::input,     units_, "factor of the gradients in the next step", {.initial = 1}};
  Compartment dmu      {*this, "dmu",       Role::output,    units_, "gradient of L by mu"};
  Compartment dtarget  {*this, "dtarget",   Role::output,    units_, "gradient of L by target"};
  Compartment dSigma   {*this, "dSigma",    Role::output,    variance_, "1 after each step"};
  Compartment L        {*this, "L",         Role::output,    without_ones(variance_), "loss: log-likelihood, at most 0", {.unit = "nats"}};
  Compartment variance {*this, "variance",  Role::internal,  spreads_ ? units_ : Dims{0}, "Sigma, for each unit and sample", {.auto_save = false}};

  Method advance_state{*this, "advance_state", mismatch()};
  Method reset        {*this, "reset", clears(mu, target, modulator, mask, dmu, dtarget, dSigma, L)};
  // clang-format on
};
PLEXUS_REGISTER(GaussianErrorCell);

}  // namespace plexus
