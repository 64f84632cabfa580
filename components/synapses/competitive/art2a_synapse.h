#pragma once

#include <span>
#include <string_view>

#include "plexus/components/synapses/competitive/competitive_synapse.h"

namespace plexus {

/// Adaptive resonance for real inputs. See `about`.
class ART2ASynapse final : public CompetitiveSynapse {
 public:
  static constexpr std::string_view type_name = "ART2ASynapse";
  static constexpr std::string_view family = "synapses/competitive";
  static constexpr std::string_view about = R"(
Adaptive resonance (ART-2A): inputs that resemble a memory refine it, others may become new memories.

  x = inputs/‖inputs‖,  s = x W,  outputs_n = s_n at the most similar memory in use, else 0
  hit_n = 1 where outputs_n >= vigilance, else 0
  dW = Σ_batch (x − W outputsᵀ) hitᵀ of samples with a hit,  W ← W + eta dW,  misses = 1 of the others
  eta ← max(eta − eta_decrement, 1e-5)

Memories are columns of W, which start empty, whatever weight_init says; `used` tells which there
are. advance_state computes x and the outputs, evolve what follows. consolidate puts what missed into
the first free columns, as long as there are any. A memory is set against x weighted by its
similarity, as in ngc-learn. Memories just as similar all win. Inputs of zeros stay zeros, and miss.

Carpenter & Grossberg (1987), Appl. Opt. 26:4919–4930. Carpenter, Grossberg & Rosen (1991), Neural
Networks 4:493–504. Ororbia (2021), arXiv:2106.13300.)";

  struct Params {
    PLEXUS_DENSE_PARAMETERS;
    float eta = 0.05F;
    float eta_decrement = 0;
    float vigilance = 0.3F;

    void describe(Parameters& d) {
      describe_dense(d, *this);
      d("eta", eta, "first value of the learning rate");
      d("eta_decrement", eta_decrement, "what the rate loses in every update");
      d("vigilance", vigilance, "least similarity of a hit; with 0 or less every memory is hit");
    }
  };

  ART2ASynapse(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

  /// Adds a pattern (n_pre) to a column, which counts as used from then on.
  /// Throws Error: config, for a column that there is not; shape, for a pattern of another length.
  void insert(std::span<const float> pattern, int column);
  /// Appends `n` empty columns. Throws Error: config, unless n > 0; wiring, if what would grow is
  /// wired to or from others, whose shapes cannot follow.
  void grow(int n);

 private:
  struct Resonate;
  struct Learn;
  void normalise(const Step& step);
  void choose_memory(const Step& step);
  void match(const Step& step);
  void store_misses(const Step& step);

  Params p_;
  struct Constants {
    float vigilance, eta_decrement;
  } k_{};

 public:
  // clang-format off
  Compartment xprobe{*this, "xprobe", Role::output,   {B, n_pre},  "inputs of length 1"};
  Compartment misses{*this, "misses", Role::output,   {B, 1},      "1 for samples that hit no memory"};
  Compartment used  {*this, "used",   Role::state,    {1, n_post}, "1 for columns that hold a memory"};
  Compartment eta   {*this, "eta",    Role::state,    {1, 1},      "learning rate", {.initial = p_.eta}};
  Compartment hits  {*this, "hits",   Role::internal, {B, n_post}, "1 for memories that resonate"};
  Compartment rest  {*this, "rest",   Role::internal, {B, n_pre},  "what a hit memory lacks of the input"};

  Method advance_state{*this, "advance_state",
    whole<&ART2ASynapse::normalise>(reads(inputs), writes(xprobe)),
    product(xprobe, weights, outputs),
    whole<&ART2ASynapse::choose_memory>(reads(used), updates(outputs))};
  Method evolve{*this, "evolve",
    each_unit<Resonate>(k_, reads(outputs), writes(hits)),
    product_transposed(outputs, weights, rest),
    whole<&ART2ASynapse::match>(reads(xprobe, hits), updates(rest), writes(misses)),
    each_synapse<Learn>(k_, outer(rest, hits), reads(eta), updates(weights), looks(dWeights)),
    each_unit<Anneal>(k_, updates(eta, i_tick))};
  Method consolidate{*this, "consolidate",
    whole<&ART2ASynapse::store_misses>(reads(xprobe, misses), updates(weights, used))};
  Method reset{*this, "reset", extends(CompetitiveSynapse::reset), clears(xprobe, misses)};
  // clang-format on
};
PLEXUS_REGISTER(ART2ASynapse);

}  // namespace plexus
