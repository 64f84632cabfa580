#pragma once

#include <vector>

#include "plexus/components/synapses/convolution/filter_synapse.h"

namespace plexus {

/// The base of convolutional synapses with trace-based spike-timing-dependent plasticity.
class TraceSTDPFilterSynapse : public FilterSynapse {
 public:
  struct Params {
    PLEXUS_CONVOLUTION_PARAMETERS;
    float A_plus = required;
    float A_minus = required;
    float eta = 0;
    float pretrace_target = 0;
    float w_bound = 0;
    float bound_margin = 0.01F;
    float w_decay = 0;

    void describe(Parameters& d) {
      describe_convolution(d, *this);
      d("A_plus", A_plus, "strength of potentiation", Example{"0.01"});
      d("A_minus", A_minus, "strength of depression", Example{"0.001"});
      d("eta", eta, "first learning rate");
      d("pretrace_target", pretrace_target, "pre-synaptic trace at which a spike changes nothing");
      d("w_bound", w_bound, "bound on W; 0 or less turns clipping off");
      d("bound_margin", bound_margin, "distance that W keeps from 0 and from w_bound");
      d("w_decay", w_decay, "share of W that each evolve takes; 0 or less turns it off");
    }
  };

  void prepare(const Step& step) override;

 protected:
  TraceSTDPFilterSynapse(const Setup& setup, const Params& params, Taps& taps);

 private:
  struct Learn;
  void correlate(const Step& step);
  void send_back(const Step& step);
  std::vector<Stage> learning();

  Params p_;
  struct Constants {
    float A_plus, A_minus;
    float w_decay;
    float w_least, w_most;  // the ends of the clip
  } k_{};

 public:
  // clang-format off
  Compartment preSpike {*this, "preSpike",  Role::input,  map_in,  "pre-synaptic spikes"};
  Compartment preTrace {*this, "preTrace",  Role::input,  map_in,  "pre-synaptic traces"};
  Compartment postSpike{*this, "postSpike", Role::input,  map_out, "post-synaptic spikes"};
  Compartment postTrace{*this, "postTrace", Role::input,  map_out, "post-synaptic traces"};
  Compartment eta      {*this, "eta",       Role::state,  {1, 1},  "learning rate", {.initial = p_.eta}};
  Compartment dWeights {*this, "dWeights",  Role::output, kernel,  "dW of the last evolve"};
  Compartment dInputs  {*this, "dInputs",   Role::output, map_in,  "post-synaptic spikes, sent back through the filters"};
  Compartment causal    {*this, "causal",     Role::internal, kernel, "pre-synaptic traces at post-synaptic spikes", {.auto_save = false}};
  Compartment anticausal{*this, "anticausal", Role::internal, kernel, "post-synaptic traces at pre-synaptic spikes", {.auto_save = false}};

  Method evolve      {*this, "evolve", learning()};
  Method backtransmit{*this, "backtransmit",
    whole<&TraceSTDPFilterSynapse::send_back>(reads(postSpike, weights), writes(dInputs))};
  Method reset       {*this, "reset", extends(FilterSynapse::reset),
                      clears(preSpike, preTrace, postSpike, postTrace)};
  // clang-format on
};

}  // namespace plexus
