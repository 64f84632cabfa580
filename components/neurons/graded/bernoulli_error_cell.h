#pragma once

#include <string_view>
#include <vector>

#include "plexus/components/neurons/graded/error_cell.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Mismatch between a target and a Bernoulli prediction of it. See `about`.
class BernoulliErrorCell final : public ErrorCell {
 public:
  static constexpr std::string_view type_name = "BernoulliErrorCell";
  static constexpr std::string_view family = "neurons/graded";
  static constexpr std::string_view about = R"(
Mismatch between a target x and its prediction by independent Bernoulli variables: the
log-likelihood and its gradients.

  q       = clip(p, 0.0001, 0.9999);  with input_logits, q = clip(σ(p), 0.0001, 0.9999)
  L       = Σ x ln q + (1 - x) ln(1 - q),  summed over units and batch
  dp      = (x/q - (1 - x)/(1 - q)) σ(p)(1 - σ(p)) modulator mask
  dp      = (x - q) modulator mask                                    with input_logits
  dtarget = (ln q - ln(1 - q)) modulator mask

σ is the logistic function. The factor σ(p)(1 - σ(p)) of a probability's gradient is ngc-learn's; it
is none of the likelihood's. Targets outside [0, 1] are taken as they are. A mask holds for one step,
after which it is all ones, unless it is wired; L heeds neither mask nor modulator.)";

  struct Params {
    int n_units = required;
    bool input_logits = false;
    Shape shape = {};
    int batch_size = 1;

    void describe(Parameters& d) {
      d("n_units", n_units, "number of units", positive);
      d("input_logits", input_logits, "p holds logits rather than probabilities");
      describe_image(d, shape);
      d("batch_size", batch_size, "number of samples side by side", positive);
    }
  };

  /// Throws Error (config) for a shape without three axes or with other than n_units places.
  BernoulliErrorCell(const Setup& setup, const Params& params);

 private:
  struct Mismatch;
  void assess(const Step& step);

  Params p_;
  struct Constants {
  } k_;

 public:
  // clang-format off
  Compartment p         {*this, "p",          Role::input,    units_, "prediction: probabilities, or logits"};
  Compartment dp        {*this, "dp",         Role::output,   units_, "gradient of L by p"};
  Compartment L         {*this, "L",          Role::output,   {}, "loss: log-likelihood", {.unit = "nats"}};
  Compartment likelihood{*this, "likelihood", Role::internal, units_, "what each unit adds to L", {.auto_save = false}};

  Method advance_state{*this, "advance_state",
    each_unit<Mismatch>(k_, when(p_.input_logits), reads(p, target, modulator, mask), writes(dp, dtarget, likelihood), publishes(mask)),
    whole<&BernoulliErrorCell::assess>(reads(likelihood), writes(L))};
  Method reset        {*this, "reset", clears(p, target, modulator, mask, dp, dtarget, L)};
  // clang-format on
};
PLEXUS_REGISTER(BernoulliErrorCell);

}  // namespace plexus
