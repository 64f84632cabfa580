#include "plexus/components/synapses/dense_synapse.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plexus/core/error.h"
#include "plexus/core/kernels/text.h"
#include "plexus/core/log.h"
#include "plexus/core/random/samplers.h"
#include "plexus/core/random/sparse_draw.h"

namespace plexus {
namespace {

constexpr float kReleaseJitter = 0.1F;  // of the release probabilities about their mean

bool is_fraction(float p) {
  return p > 0 && p < 1;
}

const DenseSynapse::Params& checked(const DenseSynapse::Params& p, const std::string& name) {
  if (p.shape.rank() != 2)
    throw Error(Error::Kind::config, {},
                fmt::format("{}.shape is {}; expected [n_pre, n_post]", name, to_string(p.shape)));
  if (p.mask && p.mask->shape != p.shape && p.mask->shape != Shape{1, 1})
    throw Error(Error::Kind::shape, {},
                fmt::format("{}.mask has shape {}; expected {}, as the weights, or (1, 1)", name,
                            to_string(p.mask->shape), to_string(p.shape)));
  return p;
}

}  // namespace

DenseSynapse::DenseSynapse(const Setup& setup, const Params& params)
    : DenseSynapse(setup, checked(params, setup.name), params.shape[1]) {}

DenseSynapse::DenseSynapse(const Setup& setup, const Params& params, std::int64_t extent)
    : Component(setup), p_(checked(params, setup.name)), n_out_(extent) {
  // The order and reuse of keys is ngc-learn's: W and p_release share one, as do p_conn's mask and
  // the delays.
  const auto keys = split(setup.key, 4);
  draw_weights(keys[1], keys[2]);
  if (p_.bias_init) biases.set(p_.bias_init, keys[3]);
  if (p_.mask) mask.set(*p_.mask);
  if (is_fraction(p_.p_release_mean)) {
    auto p = p_release.own_values();
    for (std::size_t i = 0; i < p.size(); ++i)
      p[i] = uniform_at(keys[1], i, p_.p_release_mean - kReleaseJitter,
                        p_.p_release_mean + kReleaseJitter);
  }
  if (p_.max_delay_steps > 0) {
    std::vector<std::int32_t> index(static_cast<std::size_t>(p_.shape[0]));
    fill_randint(keys[2], 0, index, 0, p_.max_delay_steps);
    delay_index_.assign(index.begin(), index.end());
  }
}

void DenseSynapse::require_one_sample(const char* why) const {
  if (batch_size() == 1) return;
  throw Error(Error::Kind::config, {.path = path()},
              fmt::format("{}.batch_size is {}; expected 1", label(), batch_size()), why);
}

void DenseSynapse::warn_of_idle_parameters() const {
  std::vector<const char*> idle;
  if (p_.bias_init) idle.push_back("bias_init");
  if (is_fraction(p_.p_release_mean)) idle.push_back("p_release_mean");
  if (p_.max_delay_steps > 0) idle.push_back("max_delay_steps");
  if (p_.mask) idle.push_back("mask");
  if (!idle.empty())
    log_warn("{}: a {} has no use for {}", label(), type().name, fmt::join(idle, ", "));
}

/// A matrix of few connections that nothing changes is held by them: its zeros cost nothing.
SharedPattern DenseSynapse::connections() const {
  const bool few = is_fraction(p_.p_conn) && p_.p_conn <= kSparseShare;
  if (p_.whole || !few || p_.mask || p_.shape.size() < kSparseSize) return nullptr;
  return std::make_shared<SparsePattern>(
      SparsePattern::drawn(p_.shape, split_at(key.key(), 2), p_.p_conn));
}

void DenseSynapse::draw_weights(Key values, Key connected) {
  if (const SparsePattern* pattern = weights.pattern())
    return draw_kept(p_.weight_init, values, *pattern, weights.held_values());
  weights.set(p_.weight_init, values);
  if (!is_fraction(p_.p_conn)) return;
  auto W = weights.own_values();
  for (std::size_t i = 0; i < W.size(); ++i)
    if (!bernoulli_at(connected, i, p_.p_conn)) W[i] = 0;
}

void DenseSynapse::prepare(const Step& /*step*/) {
  k_ = {p_.g_conduct_factor};
}

struct DenseSynapse::Pass {
  static void at(const Constants& /*k*/, auto x, auto& s) { s = x; }
};

struct DenseSynapse::Release {
  static void at(const Constants& /*k*/, auto u, auto p, auto& s) { s = u < p ? s : 0.0F; }
};

struct DenseSynapse::Output {
  static void at(const Constants& k, auto gate, auto b, auto& y) {
    y = ((y * gate) * k.g_conduct_factor) + b;
  }
};

Stage DenseSynapse::output() {
  return each_unit<Output>(k_, reads(gate, biases), updates(outputs));
}

std::vector<Stage> DenseSynapse::transmission() {
  auto stages = drive();
  stages.push_back(output());
  return stages;
}

Compartment& DenseSynapse::sent() {
  return p_.max_delay_steps > 0 || is_fraction(p_.p_release_mean) ? delayed_inputs : inputs;
}

std::vector<Stage> DenseSynapse::drive() {
  auto stages = signals();
  if (weights.pattern() == nullptr)
    stages.push_back(product(sent(), weights, mask, outputs));
  else if (&sent() == &inputs)
    stages.push_back(
        whole<&DenseSynapse::transmit<false>>(reads(inputs, weights, mask), writes(outputs)));
  else
    stages.push_back(whole<&DenseSynapse::transmit<true>>(reads(delayed_inputs, weights, mask),
                                                          writes(outputs)));
  return stages;
}

std::vector<Stage> DenseSynapse::signals() {
  std::vector<Stage> stages;
  const bool delays = p_.max_delay_steps > 0, releases = is_fraction(p_.p_release_mean);
  if (delays)
    stages.push_back(whole<&DenseSynapse::delay>(reads(inputs), updates(input_delay_buffer),
                                                 writes(delayed_inputs)));
  else if (releases)
    stages.push_back(each_unit<Pass>(k_, reads(inputs), writes(delayed_inputs)));
  else
    stages.push_back(each_unit<Pass>(k_, reads(inputs), looks(delayed_inputs)));
  if (releases) {
    if (p_.one_release)
      stages.push_back(whole<&DenseSynapse::release_one>(updates(key, delayed_inputs)));
    else
      stages.push_back(
          each_unit<Release>(k_, chances(key), reads(p_release), updates(delayed_inputs)));
  }
  return stages;
}

/// The product of a matrix that is held by its connections.
template <bool kHeldBack>
void DenseSynapse::transmit(const Step& /*step*/) {
  const auto x = (kHeldBack ? delayed_inputs : inputs).values();
  product_.run(weights, mask.values()[0], x, outputs.own_values());
}

/// Input i leaves the line where its index says; then
/// the line moves on by one and takes the new inputs.
void DenseSynapse::delay(const Step& /*step*/) {
  const auto x = inputs.values();
  auto line = input_delay_buffer.own_values(), s = delayed_inputs.own_values();
  const std::size_t n = delay_index_.size();
  for (std::size_t b = 0; b < s.size() / n; ++b)
    for (std::size_t i = 0; i < n; ++i) s[b * n + i] = line[delay_index_[i] * s.size() + b * n + i];
  std::copy(line.begin() + static_cast<std::ptrdiff_t>(s.size()), line.end(), line.begin());
  std::ranges::copy(x, line.end() - static_cast<std::ptrdiff_t>(s.size()));
}

/// Of each sample, the input with the largest product of value and uniform number passes; the
/// first, if none does.
void DenseSynapse::release_one(const Step& /*step*/) {
  const auto [next, sub] = split(key.key());
  key.set(next);
  auto s = delayed_inputs.own_values();
  const auto n = static_cast<std::size_t>(p_.shape[0]);
  for (std::size_t b = 0; b * n < s.size(); ++b) {
    std::size_t winner = 0;
    float most = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const float score = s[b * n + i] * uniform_at(sub, b * n + i);
      if (i == 0 || score > most) {
        most = score;
        winner = i;
      }
    }
    for (std::size_t i = 0; i < n; ++i)
      if (i != winner) s[b * n + i] = 0;
  }
}

}  // namespace plexus
