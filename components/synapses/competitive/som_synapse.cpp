#include "plexus/components/synapses/competitive/som_synapse.h"

#include <algorithm>
#include <cmath>

#include "plexus/components/math/distance.h"
#include "plexus/components/math/elementary.h"
#include "plexus/components/math/softmax.h"
#include "plexus/core/kernels/text.h"

namespace plexus {
namespace {

/// The first of the least; NaN counts as less than any number, as for NumPy.
std::size_t argmin(std::span<const float> values) {
  std::size_t least = 0;
  for (std::size_t i = 1; i < values.size() && !std::isnan(values[least]); ++i)
    if (!(values[i] >= values[least])) least = i;
  return least;
}

}  // namespace

SOMSynapse::SOMSynapse(const Setup& setup, const Params& params)
    : CompetitiveSynapse(
          setup,
          dense(params, {params.n_inputs, std::int64_t{params.n_units_x} * params.n_units_y}),
          std::int64_t{params.n_units_x} * params.n_units_y),
      p_(params) {
}

float SOMSynapse::first_radius() const {
  return static_cast<float>(std::max(p_.n_units_x, p_.n_units_y)) / 2;
}

void SOMSynapse::prepare(const Step& /*step*/) {
  const float fall = std::max(math::log(first_radius()), 0.0F) / p_.tau_eta;
  k_ = {p_.tau_radius ? 1 / *p_.tau_radius : fall, 1 / p_.tau_eta};
}

void SOMSynapse::compete(const Step& /*step*/) {
  const auto x = view(inputs), W = view(weights);
  const auto d = own_view(distance), h = own_view(neighbor_weights), y = own_view(outputs);
  if (p_.distance_function == "cosine")
    math::cosine_distance(x, W, d);
  else
    math::minkowski_distance(x, W, p_.distance_function == "manhattan" ? 1 : 2, d);

  const float r = radius.scalar(), g_conduct_factor = p_.g_conduct_factor;
  const bool hat = p_.neighbor_function == "ricker";
  auto difference = delta.own_values();
  auto winners = bmu.own_values();
  for (std::int64_t b = 0, at = 0; b < x.rows; ++b) {
    for (std::int64_t i = 0; i < x.cols; ++i)
      for (std::int64_t u = 0; u < W.cols; ++u, ++at)
        difference[static_cast<std::size_t>(at)] = x(b, i) - W(i, u);

    const auto winner = static_cast<int>(argmin(d.row(b)));
    winners[static_cast<std::size_t>(b)] = static_cast<float>(winner);
    for (int u = 0; u < static_cast<int>(W.cols); ++u) {
      const int dx = u / p_.n_units_y - winner / p_.n_units_y;
      const int dy = u % p_.n_units_y - winner % p_.n_units_y;
      const auto squared = static_cast<float>(dx * dx + dy * dy);
      const float bell = math::exp(-squared / (2 * r * r));
      h(b, u) = hat ? math::max(bell * (1 - squared / (r * r)), 0.0F) : bell;
      y(b, u) = h(b, u) * g_conduct_factor;
    }
  }
  math::softmax(y, 0, y);
}

struct SOMSynapse::Shrink {
  static void at(const Constants& k, auto& radius, auto& eta, auto& tick) {
    radius -= radius * k.radius_decay;
    eta -= eta * k.eta_decay;
    tick += 1;
  }
};

void SOMSynapse::move(const Step& /*step*/) {
  const auto h = view(neighbor_weights);
  const auto W = own_view(weights), dW = own_view(dWeights);
  const auto difference = delta.values();
  const float rate = eta.scalar(), samples = static_cast<float>(h.rows);
  std::ranges::fill(dW.flat(), 0.0F);
  for (std::int64_t b = 0, at = 0; b < h.rows; ++b)
    for (std::int64_t i = 0; i < W.rows; ++i)
      for (std::int64_t u = 0; u < W.cols; ++u, ++at)
        dW(i, u) += difference[static_cast<std::size_t>(at)] * h(b, u) * rate;
  for (std::int64_t i = 0; i < W.size(); ++i) {
    dW.values[i] /= samples;
    W.values[i] += dW.values[i];
  }
}

}  // namespace plexus
