#pragma once

#include <string>
#include <vector>

#include "plexus/components/synapses/convolution/filter_synapse.h"
#include "plexus/components/synapses/hebbian/two_factor.h"

namespace plexus {

/// The base of convolutional synapses with a two-factor Hebbian rule, followed by an optimiser.
class HebbianFilterSynapse : public FilterSynapse {
 public:
  struct Params {
    PLEXUS_CONVOLUTION_PARAMETERS;
    float eta = 0;
    float w_bound = 0;
    bool is_nonnegative = false;
    float w_decay = 0;
    bool inverted_decay = false;
    float sign_value = 1;
    std::string optim_type = "sgd";

    void describe(Parameters& d) {
      describe_convolution(d, *this);
      d("eta", eta, "learning rate of the optimiser");
      d("w_bound", w_bound, "bound on |W|; 0 or less turns it off");
      d("is_nonnegative", is_nonnegative, "clip W to [0, w_bound] instead of [-w_bound, w_bound]");
      d("w_decay", w_decay, "decay of W, relative to eta; 0 or less turns it off");
      d("inverted_decay", inverted_decay,
        "give decay ngc-learn's sign, with which it makes W grow");
      d("sign_value", sign_value,
        "factor of the update; -1 makes the optimiser climb: Hebbian learning");
      d("optim_type", optim_type, "optimiser", OneOf{{"sgd", "nag", "adam"}});
    }
  };

  void prepare(const Step& step) override;

 protected:
  HebbianFilterSynapse(const Setup& setup, const Params& params, Taps& taps);

 private:
  struct Change;  // sign, decay
  struct Sign;
  void correlate(const Step& step);
  void sum_post(const Step& step);
  void send_back(const Step& step);
  void count(const Step& step);
  std::vector<Stage> learning();
  std::vector<Stage> transmission_back();

  Params p_;
  struct Constants : two_factor::Constants {
    float w_decay;
  } k_{};

 public:
  // clang-format off
  Compartment pre     {*this, "pre",      Role::input,  map_in,  "pre-synaptic statistic"};
  Compartment post    {*this, "post",     Role::input,  map_out, "post-synaptic statistic"};
  Compartment dWeights{*this, "dWeights", Role::output, kernel,  "dW of the last evolve"};
  Compartment dBiases {*this, "dBiases",  Role::output, of_bias, "db of the last evolve"};
  Compartment dInputs {*this, "dInputs",  Role::output, map_in,  "post, sent back through the filters"};
  two_factor::OptimiserState optimiser;

  Method evolve      {*this, "evolve", learning()};
  Method backtransmit{*this, "backtransmit", transmission_back()};
  Method reset       {*this, "reset", extends(FilterSynapse::reset), clears(pre, post, dInputs)};
  // clang-format on
};

}  // namespace plexus
