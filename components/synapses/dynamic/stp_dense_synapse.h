#pragma once

#include <string_view>
#include <vector>

#include "plexus/components/synapses/dense_synapse.h"

namespace plexus {

/// Short-term facilitation and depression of transmission. See `about`.
class STPDenseSynapse final : public DenseSynapse {
 public:
  static constexpr std::string_view type_name = "STPDenseSynapse";
  static constexpr std::string_view family = "synapses/dynamic";
  static constexpr std::string_view about = R"(
Dense synapse with short-term plasticity: what it transmits is facilitated and depressed by use.

  tau_f du_ij/dt = −u_ij,     and each step adds U_ij (1 − u_ij) s_i to u
  tau_d dx_ij/dt = 1 − x_ij,  and each step takes u_ij x_ij s_i from x
  Wdyn_ij ← W_ij u_ij x_ij s_i + Wdyn_ij (1 − s_i)
  outputs = ((s (Wdyn ⊙ mask)) ⊙ gate) g_conduct_factor + biases

u is the fraction released and x the fraction available, U = resources. u moves first, and Wdyn
follows with the new u and the old x. s is the inputs, delayed or stochastically released if so
asked: `plexus describe DenseSynapse` says how. Where tau_f is 0 or less u is U; where tau_d is 0 or
less x stays 1. A step counts as 1 ms whatever dt, as in ngc-learn, unless in_real_time. One sample
at a time; nothing of this is learned.

Tsodyks, Pawelzik & Markram (1998), Neural Comput. 10:821–835.)";

  struct Params {
    PLEXUS_DENSE_PARAMETERS;
    float tau_f = 750;
    float tau_d = 50;
    Initialiser resources_init = init::uniform(0.125, 0.175);
    bool in_real_time = false;

    void describe(Parameters& d) {
      describe_dense(d, *this);
      d("tau_f", tau_f, "time constant of facilitation; 0 or less turns it off", unit::ms);
      d("tau_d", tau_d, "time constant of depression; 0 or less turns it off", unit::ms);
      d("resources_init", resources_init, "values of the resources U");
      d("in_real_time", in_real_time, "a step takes dt, instead of 1 ms");
    }
  };

  /// Throws Error: config, for a batch.
  STPDenseSynapse(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Use;
  std::vector<Stage> using_up();

  Params p_;
  struct Constants {
    float forgetting, recovery;  // the shares of a step in tau_f and tau_d
  } k_{};

 public:
  // clang-format off
  Compartment u        {*this, "u",         Role::state,     {n_pre, n_post}, "fraction released"};
  Compartment x        {*this, "x",         Role::state,     {n_pre, n_post}, "fraction available", {.initial = 1}};
  Compartment Wdyn     {*this, "Wdyn",      Role::state,     {n_pre, n_post}, "efficacies as they are just now"};
  Compartment resources{*this, "resources", Role::parameter, {n_pre, n_post}, "fraction U that a first spike releases"};

  Method advance_state{*this, "advance_state", p_.in_real_time ? takes("dt") : takes(), using_up()};
  Method reset        {*this, "reset", extends(DenseSynapse::reset), clears(u, x, Wdyn)};
  // clang-format on
};
PLEXUS_REGISTER(STPDenseSynapse);

}  // namespace plexus
