#include "plexus/components/synapses/competitive/hopfield_synapse.h"

#include <algorithm>

#include "plexus/components/math/elementary.h"
#include "plexus/components/math/softmax.h"
#include "plexus/core/kernels/text.h"

namespace plexus {
namespace {

float dot(std::span<const float> a, std::span<const float> b) {
  float sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

const Tensor* given(const std::optional<Tensor>& patterns) {
  return patterns ? &*patterns : nullptr;
}

}  // namespace

HopfieldSynapse::HopfieldSynapse(const Setup& setup, const Params& params)
    : CompetitiveSynapse(setup,
                         dense(params, with_room(params.shape, given(params.initial_patterns))),
                         params.shape[0]),
      p_(params) {
  if (p_.initial_patterns) store(weights, *p_.initial_patterns, "initial_patterns");
}

void HopfieldSynapse::prepare(const Step& /*step*/) {
  k_ = {1 / static_cast<float>(batch_size()), p_.eta, p_.reg_lambda};
}

void HopfieldSynapse::attend(const Step& /*step*/) {
  const auto s = own_view(similarities), a = own_view(memory_weights), top = own_view(largest);
  for (std::int64_t b = 0; b < s.rows; ++b) {
    top(b, 0) = std::ranges::max(s.row(b));
    for (std::int64_t n = 0; n < s.cols; ++n) {
      s(b, n) -= top(b, 0);
      a(b, n) = s(b, n) * p_.beta;
    }
  }
  math::softmax(a, 0, a);
}

void HopfieldSynapse::measure(const Step& /*step*/) {
  const auto x = view(inputs), y = view(outputs), s = view(similarities), W = view(weights);
  const auto top = largest.values();
  float reference = 0, truly = 0;
  for (std::int64_t b = 0; b < x.rows; ++b) {
    float sum = 0;
    for (const float similarity : s.row(b)) sum += math::exp(p_.beta * similarity);
    const float depth = math::log(sum) / p_.beta;
    reference += 0.5F * dot(x.row(b), y.row(b)) - depth;
    truly += 0.5F * dot(x.row(b), x.row(b)) - depth - top[static_cast<std::size_t>(b)];
  }
  float longest_row = 0, longest_memory = 0;
  for (std::int64_t i = 0; i < W.rows; ++i)
    longest_row = math::max(longest_row, dot(W.row(i), W.row(i)));
  for (std::int64_t n = 0; n < W.cols; ++n) {
    float square = 0;
    for (std::int64_t i = 0; i < W.rows; ++i) square += W(i, n) * W(i, n);
    longest_memory = math::max(longest_memory, square);
  }
  const float samples = static_cast<float>(x.rows);
  const float spread = math::log(static_cast<float>(W.cols)) / p_.beta;
  energy.own_values()[0] = reference / samples + spread + 0.5F * longest_row;
  energy_true.own_values()[0] = truly / samples + spread + 0.5F * longest_memory;
  i_tick.own_values()[0] += 1;
}

/// `echoes` holds y W; afterwards its softmax.
void HopfieldSynapse::echo(const Step& /*step*/) {
  const auto a = own_view(echoes);
  if (p_.scaled_contrast)
    for (float& value : a.flat()) value *= p_.beta;
  math::softmax(a, 0, a);
}

struct HopfieldSynapse::Miss {
  static void at(const Constants& /*k*/, auto x, auto y, auto& error) { error = x - y; }
};

struct HopfieldSynapse::Delta {
  static void at(const Constants& k, auto hebb, auto& W, auto& dW) {
    dW = hebb * k.share;
    W = (W + dW * k.eta) - W * k.reg_lambda;
  }
};

struct HopfieldSynapse::Contrast {
  static void at(const Constants& k, auto hebb, auto anti, auto& W, auto& dW) {
    Delta::at(k, hebb - anti, W, dW);
  }
};

std::vector<Stage> HopfieldSynapse::learning() {
  if (p_.update_rule == "delta")
    return {
        each_unit<Miss>(k_, reads(inputs, outputs), writes(error)),
        each_synapse<Delta>(k_, outer(error, memory_weights), updates(weights), looks(dWeights))};
  return {product(outputs, weights, echoes), whole<&HopfieldSynapse::echo>(updates(echoes)),
          each_synapse<Contrast>(k_, outer(inputs, memory_weights), outer(outputs, echoes),
                                 updates(weights), looks(dWeights))};
}

}  // namespace plexus
