#include "plexus/components/synapses/sparse/sparse_tensor_synapse.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "plexus/core/error.h"
#include "plexus/core/kernels/text.h"
#include "plexus/core/log.h"
#include "plexus/core/random/draws.h"

namespace plexus {
namespace {

constexpr float kEpsilon = 1e-8F;  // keeps norms away from 0

StreamMap map_of(const SparseTensorSynapse::Params& p, const std::string& name) {
  const int reach = (p.P_l - 1) * p.dilation + 1;
  if (reach > p.n_in_streams)
    throw Error(Error::Kind::config, {},
                fmt::format("{}: a window of {} streams, {} apart, is wider than all {} streams",
                            name, p.P_l, p.dilation, p.n_in_streams),
                "make P_l or dilation smaller");
  return StreamMap::forward({.n_in_streams = p.n_in_streams,
                             .width = p.P_l,
                             .stride = p.stride,
                             .dilation = p.dilation,
                             .convergent_factor = p.convergent_factor});
}

/// Adds x times a row of weights to y; in whole vectors where the machine has them.
struct Rows {
  const float *x, *W;
  float* y;
  std::int64_t n;  // weights in a row
};
[[gnu::always_inline]] inline void add_row(const Rows& r) {
  const float x = *r.x;
  if (x == 0) return;
  for (std::int64_t o = 0; o < r.n; ++o) r.y[o] = std::fma(x, r.W[o], r.y[o]);
}
void add_rows(const Rows& r, std::int64_t count) {
  for (std::int64_t k = 0; k < count; ++k) add_row({r.x + k, r.W + k * r.n, r.y, r.n});
}
PLEXUS_TARGET_AVX2 void add_rows_wide(const Rows& r, std::int64_t count) {
  for (std::int64_t k = 0; k < count; ++k) add_row({r.x + k, r.W + k * r.n, r.y, r.n});
}

}  // namespace

SparseTensorSynapse::SparseTensorSynapse(const Setup& setup, const Params& params)
    : Component(setup),
      p_(params),
      forward_(map_of(params, setup.name)),
      map_(params.invert_conn ? forward_.inverted() : forward_) {
  // As DenseSynapse's, over (P, S, K, O).
  const auto keys = split(setup.key, 4);
  draw(keys[1], keys[2]);
  if (p_.bias_init) biases.set(p_.bias_init, keys[3]);
  if (p_.norm_axis != SparseTensorSynapse::Params{}.norm_axis)
    log_warn("{}: norm_axis has no effect: norms run over the units of the stream reached",
             label());
  if (p_.invert_conn && !p_.use_block_matrix_format)
    tie_transpose_weights.emplace(
        *this, "tie_transpose_weights",
        whole<&SparseTensorSynapse::tie>(reads(weight_transpose_target), writes(weights)));
}

Dims SparseTensorSynapse::weight_dims() const {
  return p_.use_block_matrix_format ? Dims{n_pre, n_post} : Dims{P, S, K, O};
}

template <class Each>
void SparseTensorSynapse::for_each_live(Each each) const {
  std::size_t at = 0;
  for (int p = 0; p < map_.slots(); ++p)
    for (int s = 0; s < map_.outputs(); ++s)
      for (std::int64_t k = 0; k < K.extent; ++k, at += static_cast<std::size_t>(O.extent))
        if (map_.at(s, p) != StreamMap::kDead) each(at, p, s, k);
}

/// The elements of the block matrix that live windows reach.
SharedPattern SparseTensorSynapse::blocks() const {
  if (!p_.use_block_matrix_format) return nullptr;
  return std::make_shared<SparsePattern>(SparsePattern::listed(
      {n_pre.extent, n_post.extent}, [&](std::int64_t row, std::vector<std::uint32_t>& columns) {
        const int stream = static_cast<int>(row / K.extent);
        for (int s = 0; s < map_.outputs(); ++s) {
          if (map_.slot_of(s, stream) == StreamMap::kDead) continue;
          for (std::int64_t o = 0; o < O.extent; ++o)
            columns.push_back(static_cast<std::uint32_t>(s * O.extent + o));
        }
      }));
}

void SparseTensorSynapse::draw(Key values, Key connected) {
  const auto n = static_cast<std::size_t>(O.extent);
  Tensor drawn = p_.weight_init.draw({P.extent, S.extent, K.extent, O.extent}, values);
  const std::span<float> W = drawn.floats();
  if (p_.p_conn > 0 && p_.p_conn < 1)
    for (std::size_t i = 0; i < W.size(); ++i)
      if (!bernoulli_at(connected, i, p_.p_conn)) W[i] = 0;
  if (p_.normalize) {
    for (std::size_t at = 0; at < W.size(); at += n) {
      float squares = 0;
      for (const float w : W.subspan(at, n)) squares += w * w;
      const float norm = std::sqrt(squares) + kEpsilon;
      for (float& w : W.subspan(at, n)) w = p_.use_block_matrix_format ? w * (1 / norm) : w / norm;
    }
  }
  if (!p_.use_block_matrix_format) {
    weights.set(drawn);
  } else {
    const auto kept = weights.held_values();
    const auto starts = weights.pattern()->row_starts();
    std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1);
    for (int s = 0; s < map_.outputs(); ++s)  // ascending columns of each row
      for (int p = 0; p < map_.slots(); ++p) {
        const int stream = map_.at(s, p);
        if (stream == StreamMap::kDead) continue;
        for (std::int64_t k = 0; k < K.extent; ++k) {
          const auto row = ((p * S.extent + s) * K.extent + k) * O.extent;
          auto& to = next[static_cast<std::size_t>(stream * K.extent + k)];
          std::copy_n(W.begin() + row, n, kept.begin() + to);
          to += static_cast<std::uint32_t>(n);
        }
      }
  }
  std::ranges::copy(weights.held_values(), initial_weights.held_values().begin());
}

void SparseTensorSynapse::prepare(const Step& /*step*/) {
  k_ = {p_.g_conduct_factor};
}

struct SparseTensorSynapse::Output {
  static void at(const Constants& k, auto b, auto& y) { y = y * k.g_conduct_factor + b; }
};

std::vector<Stage> SparseTensorSynapse::transmission() {
  return {p_.use_block_matrix_format
              ? whole<&SparseTensorSynapse::multiply>(reads(inputs, weights), writes(outputs))
              : whole<&SparseTensorSynapse::gather>(reads(inputs, weights), writes(outputs)),
          each_unit<Output>(k_, reads(biases), updates(outputs))};
}

void SparseTensorSynapse::multiply(const Step& /*step*/) {
  product_.run(weights, 1, inputs.values(), outputs.own_values());
}

/// Slot by slot: per output one chain of fused multiply-adds.
void SparseTensorSynapse::gather(const Step& /*step*/) {
  const auto x = inputs.values(), W = weights.values();
  auto y = outputs.own_values();
  std::ranges::fill(y, 0.0F);
  const auto add = instruction_set() >= InstructionSet::avx2 ? add_rows_wide : add_rows;
  const std::int64_t k = K.extent, o = O.extent;
  for (std::int64_t b = 0; b < batch_size(); ++b)
    for (int p = 0; p < map_.slots(); ++p)
      for (int s = 0; s < map_.outputs(); ++s) {
        const int stream = map_.at(s, p);
        if (stream == StreamMap::kDead) continue;
        add({x.data() + b * n_pre.extent + stream * k, W.data() + (p * S.extent + s) * k * o,
             y.data() + b * n_post.extent + s * o, o},
            k);
      }
}

/// W_qiok = F_psko: forward stream s = map(i, q) reads i in its slot p. Dead slots get 0.
void SparseTensorSynapse::tie(const Step& /*step*/) {
  const auto F = weight_transpose_target.values();
  auto W = weights.own_values();
  std::ranges::fill(W, 0.0F);
  for_each_live([&](std::size_t at, int q, int i, std::int64_t o) {
    const int s = map_.at(i, q), p = forward_.slot_of(s, i);
    for (std::int64_t k = 0; k < O.extent; ++k)
      W[at + static_cast<std::size_t>(k)] =
          F[static_cast<std::size_t>(((p * N.extent + s) * O.extent + k) * K.extent + o)];
  });
}

}  // namespace plexus
