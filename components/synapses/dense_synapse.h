#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "plexus/components/synapses/dense_parameters.h"
#include "plexus/components/synapses/sparse/held_product.h"
#include "plexus/core/component.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Linear cable without plasticity; the base of most synapses. See `about`.
class DenseSynapse : public Component {
 public:
  static constexpr std::string_view type_name = "DenseSynapse";
  static constexpr std::string_view family = "synapses";
  static constexpr std::string_view about = R"(
Dense synapse: a linear cable from every input to every output, without plasticity.

  outputs = ((s (W ⊙ mask)) ⊙ gate) g_conduct_factor + biases

s is the inputs; with max_delay_steps, input i as it was 1 to max_delay_steps steps ago; with
p_release_mean, each input passes with its own probability (p_release_mean ± 0.1).

Release: del Castillo & Katz (1954), J. Physiol. 124:560–573.)";

  struct Params {
    PLEXUS_DENSE_PARAMETERS;
    bool whole = false;  // of a derived class: W may change, and is held with its zeros
    void describe(Parameters& d) { describe_dense(d, *this); }
  };

  /// Throws Error (config) for a shape that is not two
  /// extents, (shape) for a mask of another shape.
  DenseSynapse(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 protected:
  /// A cable whose outputs are not one for each column of W: `extent` of them, which a derived
  /// class computes.
  DenseSynapse(const Setup& setup, const Params& params, std::int64_t extent);

  /// Throws Error (config), with `why` for its remedy, unless the batch is one sample.
  void require_one_sample(const char* why) const;
  /// Warns of parameters of the cable that were given although the type has no use for them.
  void warn_of_idle_parameters() const;

  /// The Params of a derived class, as those of this one. `whole`: its weights may change.
  template <class P>
  static Params dense(const P& p, bool whole = true) {
    return dense(p, p.shape, whole);
  }
  template <class P>
  static Params dense(const P& p, const Shape& shape, bool whole = true) {
    return {shape,
            p.weight_init,
            p.bias_init,
            p.g_conduct_factor,
            p.p_release_mean,
            p.p_conn,
            p.max_delay_steps,
            p.one_release,
            p.mask,
            p.batch_size,
            whole};
  }

  struct Pass;     // no delay, no release
  struct Release;  // each input by its own chance
  struct Output;   // gate, conductance, bias
  void delay(const Step& step);
  void release_one(const Step& step);
  /// Delay and release: what is transmitted, into `delayed_inputs`.
  std::vector<Stage> signals();
  /// Where products read that: the inputs, if nothing delays or holds them back.
  Compartment& sent();
  /// Delay, release and product: leaves s (W ⊙ mask) in `outputs`.
  std::vector<Stage> drive();
  /// Gate, conductance and bias of what a product left in `outputs`.
  Stage output();
  [[nodiscard]] SharedPattern connections() const;
  void draw_weights(Key values, Key connected);
  template <bool kHeldBack>
  void transmit(const Step& step);
  std::vector<Stage> transmission();

  Params p_;
  std::int64_t n_out_;
  struct Constants {
    float g_conduct_factor;
  } k_{};
  std::vector<std::uint32_t>
      delay_index_;  // (n_pre): slot of the delay line that input i is read from
  HeldProduct product_;

 public:
  // clang-format off
  const Dim n_pre  {p_.shape[0], "n_pre"};
  const Dim n_post {p_.shape[1], "n_post"};
  const Dim n_out  {n_out_, n_out_ == p_.shape[1] ? "n_post" : "n_out"};

  Compartment inputs  {*this, "inputs",  Role::input,     {B, n_pre},  "signals to transmit"};
  Compartment outputs {*this, "outputs", Role::output,    {B, n_out},  "transmitted signals"};
  Compartment weights {*this, "weights", Role::state,     {n_pre, n_post}, "efficacies W", {.pattern = connections()}};
  Compartment biases  {*this, "biases",  Role::state,     p_.bias_init ? Dims{1, n_post} : Dims{}, "added to the outputs"};
  Compartment mask    {*this, "mask",    Role::parameter, p_.mask && p_.mask->shape == p_.shape ? Dims{n_pre, n_post} : Dims{1, 1},
                       "factors of the weights in the forward product", {.initial = 1}};
  Compartment gate    {*this, "gate",    Role::input,     {B, n_post}, "factors of the outputs", {.initial = 1}};
  Compartment input_delay_buffer{*this, "input_delay_buffer", Role::state,
                                 {p_.max_delay_steps, B, n_pre}, "inputs of earlier steps, the oldest first"};
  Compartment delayed_inputs{*this, "delayed_inputs", Role::output, {B, n_pre}, "what was transmitted"};
  Compartment p_release{*this, "p_release", Role::internal, {1, n_pre}, "probability of release", {.initial = 1}};

  Method advance_state{*this, "advance_state", transmission()};
  Method reset        {*this, "reset", clears(inputs, gate, outputs, delayed_inputs, input_delay_buffer)};
  // clang-format on
};
PLEXUS_REGISTER(DenseSynapse);

}  // namespace plexus
