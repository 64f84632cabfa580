#include "plexus/components/synapses/patched/patched_synapse.h"

#include <algorithm>

#include <fmt/format.h>

#include "plexus/core/error.h"
#include "plexus/core/kernels/text.h"
#include "plexus/core/log.h"
#include "plexus/core/random/draws.h"

namespace plexus {
namespace {

PatchedSynapse::Params checked(PatchedSynapse::Params p, const std::string& name) {
  const auto refuse = [&](const std::string& problem, const std::string& remedy = {}) {
    throw Error(Error::Kind::config, {}, name + problem, remedy);
  };
  for (const auto& [parameter, value] :
       {std::pair{".shape", p.shape}, {".stride_shape", p.stride_shape}})
    if (value.rank() != 2)
      refuse(fmt::format("{} is {}; expected two extents, of inputs and outputs", parameter,
                         to_string(value)));
  const auto least = std::min(p.shape[0], p.shape[1]);
  if (p.n_sub_models > least)
    refuse(fmt::format(".n_sub_models is {}; expected at most {}", p.n_sub_models, least),
           "every module needs an input and an output");
  const Shape given = p.shape;
  for (auto axis : {0U, 1U}) p.shape[axis] -= p.shape[axis] % p.n_sub_models;
  if (p.shape != given)
    log_warn("{}: {} modules share {} x {} of the shape {}; the rest is left out", name,
             p.n_sub_models, p.shape[0], p.shape[1], to_string(given));
  if (!p.weight_init) p.weight_init = init::fan_in_gaussian();
  return p;
}

}  // namespace

PatchedSynapse::PatchedSynapse(const Setup& setup, const Params& params)
    : Component(setup), p_(checked(params, setup.name)) {
  // As in ngc-learn: child 0 is the parent of the modules, whose keys start at its child 1; 2 is of
  // the connections, 3 of the biases.
  const auto keys = split(setup.key, 4);
  const std::int64_t rows = p_.shape[0] / p_.n_sub_models, cols = p_.shape[1] / p_.n_sub_models;
  auto W = weights.own_values();
  for (int m = 0; m < p_.n_sub_models; ++m) {
    const Tensor block =
        p_.weight_init.draw(sub_shape, split_at(keys[0], static_cast<std::uint64_t>(m) + 1));
    for (std::int64_t i = 0; i < sub_shape[0]; ++i)
      std::copy_n(block.floats().begin() + i * sub_shape[1], sub_shape[1],
                  W.begin() + (m * rows + i) * n_post.extent + m * cols);
  }
  const auto exists = connections(setup.key);
  std::ranges::transform(W, exists, W.begin(), [](float w, float e) { return e != 0 ? w : 0.0F; });
  if (p_.bias_init) biases.set(p_.bias_init, keys[3]);
}

void PatchedSynapse::prepare(const Step& /*step*/) {
  k_ = {p_.resist_scale};
}

std::vector<float> PatchedSynapse::connections(Key drawn_with) const {
  const Key key_of_sparsity = split_at(drawn_with, 2);
  const bool sparse = p_.p_conn > 0 && p_.p_conn < 1;
  const std::int64_t rows = p_.shape[0] / p_.n_sub_models, cols = p_.shape[1] / p_.n_sub_models;
  const std::int64_t rim_rows = p_.stride_shape[0], rim_cols = p_.stride_shape[1];

  std::vector<float> exists(weights.shape().size());
  for (int m = 0; m < p_.n_sub_models; ++m) {
    const std::int64_t top = std::max(m * rows, rim_rows), left = std::max(m * cols, rim_cols);
    const std::int64_t bottom = std::min(m * rows + sub_shape[0], n_pre.extent - rim_rows);
    const std::int64_t right = std::min(m * cols + sub_shape[1], n_post.extent - rim_cols);
    for (std::int64_t i = top; i < bottom; ++i)
      for (std::int64_t j = left; j < right; ++j) {
        const auto at = static_cast<std::size_t>(i * n_post.extent + j);
        exists[at] = !sparse || bernoulli_at(key_of_sparsity, at, p_.p_conn) ? 1.0F : 0.0F;
      }
  }
  return exists;
}

struct PatchedSynapse::Output {
  static void at(const Constants& k, auto b, auto& y) { y = y * k.resist_scale + b; }
};

std::vector<Stage> PatchedSynapse::transmission() {
  return {product(inputs, weights, outputs), each_unit<Output>(k_, reads(biases), updates(outputs)),
          product_transposed(post_in, weights, pre_out)};
}

}  // namespace plexus
