#include "plexus/components/synapses/competitive/vector_quantize_synapse.h"

#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "plexus/components/math/distance.h"
#include "plexus/components/math/kwta.h"
#include "plexus/components/math/statistics.h"
#include "plexus/components/synapses/competitive/annealing.h"
#include "plexus/core/error.h"
#include "plexus/core/random/samplers.h"

namespace plexus {
namespace {

float order_of(const Tagged& distance, const std::string& component) {
  if (distance.name == "euclidean") return 2;
  if (distance.name == "manhattan") return 1;
  if (distance.name == "chebyshev") return std::numeric_limits<float>::infinity();
  if (distance.values.size() != 1 || distance.values[0] < 0)
    throw Error(Error::Kind::config, {},
                fmt::format("{}.distance_function has no order; expected [minkowski, NUMBER >= 0]",
                            component));
  return distance.values[0];
}

const Tensor* prototypes(const std::vector<Tensor>& given) {
  return given.empty() ? nullptr : given.data();
}

}  // namespace

VectorQuantizeSynapse::VectorQuantizeSynapse(const Setup& setup, const Params& params)
    : CompetitiveSynapse(
          setup, dense(params, with_room(params.shape, prototypes(params.initial_patterns))),
          with_room(params.shape, prototypes(params.initial_patterns))[1]),
      p_(params),
      order_(order_of(params.distance_function, setup.name)) {
  const auto& given = p_.initial_patterns;
  if (given.empty()) return;
  if (given.size() > 2 || (labelled() && given.size() != 2) ||
      (labelled() && given[0].shape.cols() != given[1].shape.cols()))
    throw Error(
        Error::Kind::shape, {},
        fmt::format("{}.initial_patterns has {} arrays; expected prototypes and as many labels",
                    setup.name, given.size()));
  store(weights, given[0], "initial_patterns");
  if (labelled()) store(label_weights, given[1], "initial_patterns");
}

void VectorQuantizeSynapse::prepare(const Step& /*step*/) {
  k_ = {p_.syn_decay, p_.w_bound, p_.langevin_noise_scale, p_.eta_decrement};
}

void VectorQuantizeSynapse::normalise(const Step& /*step*/) {
  normalise_inputs(xprobe);
}

void VectorQuantizeSynapse::compete(const Step& /*step*/) {
  const auto z = own_view(outputs);
  math::minkowski_distance(view(xprobe), view(weights), order_, z);
  for (float& distance : z.flat()) distance = -distance;
  math::bkwta(z, 1, z);
}

/// A winner without a label is as good as one with the right label.
void VectorQuantizeSynapse::judge(const Step& /*step*/) {
  const auto given = view(labels), found = view(recalled), z = view(outputs);
  const auto learns = own_view(credit);
  for (std::int64_t b = 0; b < z.rows; ++b) {
    const auto label = found.row(b);
    const bool known = std::accumulate(label.begin(), label.end(), 0.0F) > 0;
    const bool wrong = known && math::argmax(given.row(b)) != math::argmax(label);
    for (std::int64_t n = 0; n < z.cols; ++n) learns(b, n) = wrong ? -z(b, n) : z(b, n);
  }
}

void VectorQuantizeSynapse::shake(const Step& /*step*/) {
  const Key now = key.key();
  key.set(split_at(now, 0));
  fill_normal(split_at(now, 1), 0, noise.own_values());
}

/// hebb = Σ_batch x_i l z_n, wins = Σ_batch l z_n.
struct VectorQuantizeSynapse::Learn {
  static void at(const Constants& k, auto towards, auto shaken, auto bounded, auto hebb, auto wins,
                 auto eta, auto noise, auto& W, auto& dW) {
    dW = hebb;
    if constexpr (towards) dW -= W * wins;
    dW -= W * k.syn_decay;
    if constexpr (shaken)
      dW = (dW + math::sqrt(2 * eta) * noise) + (noise * (2 * eta)) * k.langevin;
    if constexpr (bounded) dW *= k.w_bound - math::abs(W);
    W += dW * eta;
  }
};

std::vector<Stage> VectorQuantizeSynapse::recognition() {
  std::vector<Stage> stages{
      whole<&VectorQuantizeSynapse::normalise>(reads(inputs), writes(xprobe)),
      whole<&VectorQuantizeSynapse::compete>(reads(xprobe, weights), writes(outputs))};
  if (labelled()) stages.push_back(product_transposed(outputs, label_weights, pred_labels));
  return stages;
}

std::vector<Stage> VectorQuantizeSynapse::learning() {
  std::vector<Stage> stages;
  if (labelled()) {
    stages.push_back(product_transposed(outputs, label_weights, recalled));
    stages.push_back(
        whole<&VectorQuantizeSynapse::judge>(reads(labels, recalled, outputs), writes(credit)));
  }
  if (noisy()) stages.push_back(whole<&VectorQuantizeSynapse::shake>(updates(key), writes(noise)));
  Compartment& learns = labelled() ? credit : outputs;
  stages.push_back(each_synapse<Learn>(
      k_, when(p_.rule == "lvq"), when(noisy()), when(p_.w_bound > 0), outer(xprobe, learns),
      outer(constant(xprobe, 1), learns), reads(eta, noise), updates(weights), looks(dWeights)));
  stages.push_back(each_unit<Anneal>(k_, updates(eta, i_tick)));
  return stages;
}

}  // namespace plexus
