#pragma once

#include <string_view>
#include <vector>

#include "plexus/components/synapses/dense_synapse.h"

namespace plexus {

/// Plasticity of inhibition that steers units to a target. See `about`.
class InhibitorySTDPSynapse final : public DenseSynapse {
 public:
  static constexpr std::string_view type_name = "InhibitorySTDPSynapse";
  static constexpr std::string_view family = "synapses/hebbian";
  static constexpr std::string_view about = R"(
Dense synapse with plasticity of inhibition, which steers the units that it reaches to a target rate.

  tau_x_pre  dx_i/dt = s_i − x_i,  tau_x_post dy_j/dt = s_j − y_j
  dW_ij = ⟨Aplus (x_i s_j + s_i y_j) (w_max − W_ij) − Aminus 2 rho x_i W_ij⟩
  W ← clip(W + eta dW, w_min, w_max) ⊙ mask

s_i = s_pre and s_j = s_post are spikes, x and y their traces, which move first; ⟨⟩ is the mean over
the batch, in which the second term counts once for each output. Without use_soft_bounds the factors
(w_max − W) and W drop out. With is_volt_dependent the rule is anti-Hebbian in the voltage v_post,

  dW_ij = ⟨x_i (v_j − rho)⟩ times (w_max − W_ij) where that is > 0, W_ij elsewhere

without Aplus and Aminus. Forward Euler.

Vogels, Sprekeler, Zenke, Clopath & Gerstner (2011), Science 334:1569–1573. Voltage: Földiák (1990),
Biol. Cybern. 64:165–170.)";

  struct Params {
    PLEXUS_DENSE_PARAMETERS;
    float eta = 1;
    float rho = 0.2F;
    float Aplus = 1;
    float Aminus = 1;
    float tau_x_pre = 30;
    float tau_x_post = 30;
    bool use_soft_bounds = true;
    float w_max = 1;
    float w_min = 0;
    bool is_volt_dependent = false;

    void describe(Parameters& d) {
      describe_dense(d, *this);
      d("eta", eta, "learning rate");
      d("rho", rho, "target: of the rate, or with is_volt_dependent of the voltage");
      d("Aplus", Aplus, "strength of potentiation");
      d("Aminus", Aminus, "strength of depression");
      d("tau_x_pre", tau_x_pre, "time constant of the pre-synaptic traces", positive, unit::ms);
      d("tau_x_post", tau_x_post, "time constant of the post-synaptic traces", positive, unit::ms);
      d("use_soft_bounds", use_soft_bounds, "changes fade as W nears a bound");
      d("w_max", w_max, "largest W", Alias{"w_bound"});
      d("w_min", w_min, "least W");
      d("is_volt_dependent", is_volt_dependent, "learn from voltages instead of spikes");
    }
  };

  InhibitorySTDPSynapse(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Trace;
  struct FromSpikes;
  struct FromVoltage;
  std::vector<Stage> learning();

  Params p_;
  struct Rate {
    float rate;  // dt / tau
  } pre_{}, post_{};
  struct Constants {
    float eta, Aplus, Aminus, twice_rho;
    float w_min, w_max;
    float share;  // of a sample in the mean
  } k_{};

 public:
  // clang-format off
  Compartment s_pre   {*this, "s_pre",    Role::input,  {B, n_pre},      "pre-synaptic spikes"};
  Compartment s_post  {*this, "s_post",   Role::input,  {B, n_post},     "post-synaptic spikes"};
  Compartment v_post  {*this, "v_post",   Role::input,  {B, n_post},     "post-synaptic voltage", {.unit = "mV"}};
  Compartment x_pre   {*this, "x_pre",    Role::state,  {B, n_pre},      "pre-synaptic traces"};
  Compartment x_post  {*this, "x_post",   Role::state,  {B, n_post},     "post-synaptic traces"};
  Compartment dWeights{*this, "dWeights", Role::output, {n_pre, n_post}, "dW of the last evolve"};

  Method evolve{*this, "evolve", takes("dt"), learning()};
  Method reset {*this, "reset", extends(DenseSynapse::reset),
                clears(s_pre, s_post, v_post, x_pre, x_post, dWeights)};
  // clang-format on
};
PLEXUS_REGISTER(InhibitorySTDPSynapse);

}  // namespace plexus
