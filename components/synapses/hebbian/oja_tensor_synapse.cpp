#include "plexus/components/synapses/hebbian/oja_tensor_synapse.h"

#include <algorithm>
#include <cmath>

#include "plexus/core/plan.h"
#include "plexus/core/sparse_pattern.h"

namespace plexus {
namespace {

constexpr float kEpsilon = 1e-8F;  // keeps norms away from 0

}  // namespace

OjaTensorSynapse::OjaTensorSynapse(const Setup& setup, const Params& params)
    : SparseTensorSynapse(setup, sparse_tensor(params)), p_(params) {}

template <class Each>
void OjaTensorSynapse::for_each_weight(Each each) const {
  const auto n = static_cast<std::size_t>(n_post.extent), k = static_cast<std::size_t>(K.extent),
             o = static_cast<std::size_t>(O.extent);
  if (p_.use_block_matrix_format) {
    const auto at = [&](std::size_t held, std::size_t i) { each(held, i, i / n, i % n); };
    if (const SparsePattern* pattern = weights.pattern()) return pattern->for_each(at);
    for (std::size_t i = 0; i < weights.shape().size(); ++i) at(i, i);
    return;
  }
  std::size_t i = 0;
  for (int p = 0; p < map().slots(); ++p)
    for (int s = 0; s < map().outputs(); ++s) {
      const int stream = map().at(s, p);
      if (stream == StreamMap::kDead) {
        i += k * o;
        continue;
      }
      for (std::size_t unit = 0; unit < k; ++unit)
        for (std::size_t j = 0; j < o; ++j, ++i)
          each(i, i, static_cast<std::size_t>(stream) * k + unit,
               static_cast<std::size_t>(s) * o + j);
    }
}

void OjaTensorSynapse::learn(const Step& /*step*/) {
  key.set(split_at(key.key(), 0));
  const auto x = pre.values(), y = post.values();
  const auto n = static_cast<std::size_t>(n_pre.extent),
             m = static_cast<std::size_t>(n_post.extent);
  const auto samples = static_cast<std::size_t>(pre.shape()[0]);
  const auto W = weights.held_values(), dW = dWeights.own_values(), square = squares.own_values();
  std::ranges::fill(square, 0.0F);
  std::ranges::fill(dW, 0.0F);
  for (std::size_t i = 0; i < y.size(); ++i) square[i % m] += y[i] * y[i];

  const float oja = p_.oja_factor > 0 ? 1 : 0, step = p_.sign_value * (p_.use_eta ? p_.eta : 1);
  for_each_weight([&](std::size_t held, std::size_t i, std::size_t from, std::size_t to) {
    float hebb = 0;
    for (std::size_t b = 0; b < samples; ++b) hebb += x[b * n + from] * y[b * m + to];
    const bool learns = !p_.use_block_matrix_format || W[held] != 0;
    dW[i] = learns ? hebb - oja * (square[to] * W[held]) : 0;
    W[held] += dW[i] * step;
  });
  if (!p_.normalize) return;

  // The weights from a unit to a stream follow one another: each run of them is scaled at its end.
  const auto o = static_cast<std::size_t>(O.extent);
  std::size_t begin = 0, end = 0, run = 0;
  const auto scale = [&] {
    const auto weights_of_run = W.subspan(begin, end - begin);
    float sum = 0;
    for (const float w : weights_of_run) sum += w * w;
    for (float& w : weights_of_run) w /= std::sqrt(sum) + kEpsilon;
  };
  for_each_weight([&](std::size_t held, std::size_t i, std::size_t, std::size_t) {
    if (i / o != run || held != end) {
      scale();
      begin = held;
      run = i / o;
    }
    end = held + 1;
  });
  scale();
}

}  // namespace plexus
