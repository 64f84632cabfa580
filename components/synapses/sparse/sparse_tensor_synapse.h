#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "plexus/components/synapses/sparse/held_product.h"
#include "plexus/components/synapses/sparse/sparse_tensor_parameters.h"
#include "plexus/components/synapses/sparse/stream_map.h"
#include "plexus/core/component.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Streams of units, each of which reads a window of other streams. See `about`.
class SparseTensorSynapse : public Component {
 public:
  static constexpr std::string_view type_name = "SparseTensorSynapse";
  static constexpr std::string_view family = "synapses/sparse";
  static constexpr std::string_view about = R"(
Sparse-tensor synapse: each stream of outputs reads a window of the streams of the inputs, through
weights of its own.

  outputs_so = (Σ_pk inputs_{n(s,p) k} W_psko) g_conduct_factor + biases_so

n(s,p) = stride s + dilation p is the stream that slot p of output stream s reads: one of N =
n_in_streams streams of K = K_local units; an output stream has O = O_local units. There are as many
windows as fit. With convergent_factor c > 0 those s streams from the middle keep about
P_l (1 − c |s| / middle) slots; the others are dead. W is (P, S, K, O), or with
use_block_matrix_format the matrix (N K, S O), of which memory holds the blocks.

With invert_conn the topology is transposed: the output streams of such a cable become inputs, its
input streams outputs. Its tie_transpose_weights takes the transposed weights of the cable that
weight_transpose_target is wired from; there is none in block format.

Memory and time go by the weights of live windows; nothing learns.)";

  struct Params {
    PLEXUS_SPARSE_TENSOR_PARAMETERS;
    void describe(Parameters& d) { describe_sparse_tensor(d, *this); }
  };

  /// Throws Error (config) for a window that is wider than all streams.
  SparseTensorSynapse(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 protected:
  /// The map of the cable whose transpose an inverted one is, and the cable's own.
  const StreamMap& forward_map() const noexcept { return forward_; }
  const StreamMap& map() const noexcept { return map_; }
  [[nodiscard]] Dims weight_dims() const;

  /// The Params of a derived class, as those of this one.
  template <class P>
  static Params sparse_tensor(const P& p) {
    return {p.n_in_streams,
            p.K_local,
            p.O_local,
            p.P_l,
            p.stride,
            p.convergent_factor,
            p.dilation,
            p.invert_conn,
            p.normalize,
            p.norm_axis,
            p.weight_init,
            p.bias_init,
            p.g_conduct_factor,
            p.p_conn,
            p.use_block_matrix_format,
            p.batch_size};
  }

 private:
  struct Output;
  void gather(const Step& step);
  void multiply(const Step& step);
  void tie(const Step& step);
  std::vector<Stage> transmission();
  [[nodiscard]] SharedPattern blocks() const;
  void draw(Key values, Key connected);
  /// Calls each(index in (P, S, K, O), p, s, k) for each live row of O weights.
  template <class Each>
  void for_each_live(Each each) const;

  Params p_;
  StreamMap forward_, map_;
  struct Constants {
    float g_conduct_factor;
  } k_{};
  HeldProduct product_;

 public:
  // clang-format off
  const Dim N{map_.inputs(), "N"}, S{map_.outputs(), "S"}, P{map_.slots(), "P"};
  const Dim K{p_.invert_conn ? p_.O_local : p_.K_local, "K"}, O{p_.invert_conn ? p_.K_local : p_.O_local, "O"};
  const Dim n_pre {N.extent * K.extent, "N K"};
  const Dim n_post{S.extent * O.extent, "S O"};

  Compartment inputs {*this, "inputs",  Role::input,  {B, n_pre},  "signals to transmit, stream by stream"};
  Compartment outputs{*this, "outputs", Role::output, {B, n_post}, "transmitted signals, stream by stream"};
  Compartment weights{*this, "weights", Role::state,  weight_dims(), "efficacies W", {.pattern = blocks()}};
  Compartment biases {*this, "biases",  Role::state,  p_.bias_init ? Dims{1, n_post} : Dims{}, "added to the outputs"};
  Compartment norm_trigger{*this, "norm_trigger", Role::parameter, {1, 1}, "1 if normalize, else 0", {.initial = p_.normalize ? 1.0F : 0.0F}};
  Compartment initial_weights{*this, "initial_weights", Role::parameter, weight_dims(), "W at first", {.pattern = blocks()}};
  Compartment weight_transpose_target{*this, "weight_transpose_target", Role::input,
    p_.invert_conn && !p_.use_block_matrix_format ? Dims{p_.P_l, N, O, K} : Dims{0}, "weights of the cable to transpose"};

  Method advance_state{*this, "advance_state", transmission()};
  std::optional<Method> tie_transpose_weights;
  Method reset{*this, "reset", clears(inputs, outputs)};
  // clang-format on
};
PLEXUS_REGISTER(SparseTensorSynapse);

}  // namespace plexus
