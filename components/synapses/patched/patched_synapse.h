#pragma once

#include <string_view>
#include <vector>

#include "plexus/components/synapses/patched/patched_parameters.h"
#include "plexus/core/component.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Modules side by side in one matrix, without plasticity; the base of the patched synapses. See
/// `about`.
class PatchedSynapse : public Component {
 public:
  static constexpr std::string_view type_name = "PatchedSynapse";
  static constexpr std::string_view family = "synapses/patched";
  static constexpr std::string_view about = R"(
Patched synapse: modules on the diagonal of one matrix, so that separate models run as one.

  outputs = (inputs W) resist_scale + biases
  pre_out = post_in Wᵀ

Of shape = [n, m] and stride_shape = [s, r], a module has n / n_sub_models + 2 s inputs and
m / n_sub_models + 2 r outputs; it starts n / n_sub_models rows and m / n_sub_models columns of W
after the one before, and where two overlap the later one holds. The outermost s rows and r columns
of W, and all outside the modules, are 0. W, and with it inputs and outputs, has the extents
n + 2 s and m + 2 r.

Rao & Ballard (1999), Nat. Neurosci. 2:79–87.)";

  struct Params {
    PLEXUS_PATCHED_PARAMETERS;
    void describe(Parameters& d) { describe_patched(d, *this); }
  };

  /// Extents that n_sub_models does not divide are cut, with a warning.
  /// Throws Error: config, for a shape or stride_shape that is not two extents, or more modules
  /// than inputs or outputs.
  PatchedSynapse(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 protected:
  /// The Params of a derived class, as those of this one.
  template <class P>
  static Params patched(const P& p) {
    return {p.shape,     p.n_sub_models, p.stride_shape, p.weight_init,
            p.bias_init, p.resist_scale, p.p_conn,       p.batch_size};
  }

  /// 1 where a connection exists, else 0: (n_pre, n_post), the key being the one the weights were
  /// drawn with.
  [[nodiscard]] std::vector<float> connections(Key drawn_with) const;

 private:
  struct Output;  // scale, bias
  std::vector<Stage> transmission();

  Params p_;
  struct Constants {
    float resist_scale;
  } k_{};

 public:
  // clang-format off
  const Shape sub_shape{p_.shape[0] / p_.n_sub_models + 2 * p_.stride_shape[0],
                        p_.shape[1] / p_.n_sub_models + 2 * p_.stride_shape[1]};  // of a module
  const Dim n_pre  {p_.shape[0] + 2 * p_.stride_shape[0], "n_pre"};
  const Dim n_post {p_.shape[1] + 2 * p_.stride_shape[1], "n_post"};

  Compartment inputs  {*this, "inputs",  Role::input,  {B, n_pre},  "signals to transmit"};
  Compartment outputs {*this, "outputs", Role::output, {B, n_post}, "transmitted signals"};
  Compartment weights {*this, "weights", Role::state,  {n_pre, n_post}, "efficacies W"};
  Compartment post_in {*this, "post_in", Role::input,  {B, n_post}, "signals to send back"};
  Compartment pre_out {*this, "pre_out", Role::output, {B, n_pre},  "what was sent back, not scaled"};
  Compartment biases  {*this, "biases",  Role::state,  p_.bias_init ? Dims{1, n_post} : Dims{}, "added to the outputs"};

  Method advance_state{*this, "advance_state", transmission()};
  Method reset        {*this, "reset", clears(inputs, outputs, post_in, pre_out)};
  // clang-format on
};
PLEXUS_REGISTER(PatchedSynapse);

}  // namespace plexus
