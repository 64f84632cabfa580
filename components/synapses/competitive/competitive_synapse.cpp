#include "plexus/components/synapses/competitive/competitive_synapse.h"

#include <algorithm>

#include <fmt/format.h>

#include "plexus/core/error.h"
#include "plexus/core/normalize.h"
#include "plexus/core/random/permutation.h"

namespace plexus {

CompetitiveSynapse::CompetitiveSynapse(const Setup& setup, const Params& params,
                                       std::int64_t extent)
    : DenseSynapse(setup, params, extent) {
  warn_of_idle_parameters();
}

math::ConstMatrixView CompetitiveSynapse::view(const Compartment& c) {
  return {c.values().data(), c.shape().rows(), c.shape().cols()};
}
math::MatrixView CompetitiveSynapse::own_view(Compartment& c) {
  return {c.own_values().data(), c.shape().rows(), c.shape().cols()};
}

void CompetitiveSynapse::normalise_inputs(Compartment& unit) const {
  const auto x = own_view(unit);
  std::ranges::copy(inputs.values(), x.values);
  normalize(x.flat(), x.rows, x.cols, 1, 2, 1);
}

Shape CompetitiveSynapse::with_room(Shape shape, const Tensor* patterns) {
  if (patterns != nullptr && patterns->shape.rank() == 2 && shape.rank() == 2)
    shape[1] = std::max(shape[1], patterns->shape[1]);
  return shape;
}

void CompetitiveSynapse::store(Compartment& memory, const Tensor& patterns,
                               const char* parameter) const {
  const Shape& shape = memory.shape();
  if (patterns.shape.rank() != 2 || patterns.shape[0] != shape[0] || patterns.shape[1] > shape[1])
    throw Error(Error::Kind::shape, {},
                fmt::format("{}.{} has shape {}; expected ({}, n), a pattern a column", label(),
                            parameter, plexus::to_string(patterns.shape), shape[0]));
  const std::int64_t given = patterns.shape[1], all = shape[1];
  if (given == all) return memory.set(patterns);
  // The key is not advanced, as in ngc-learn: the order comes from its second child.
  const auto order = permutation(split_at(key.key(), 1), static_cast<std::size_t>(all));
  const Tensor before = memory.value();
  const math::ConstMatrixView old(before), pattern(patterns);
  const auto into = own_view(memory);
  for (std::int64_t i = 0; i < into.rows; ++i)
    for (std::int64_t j = 0; j < all; ++j) {
      const std::int64_t from = order[static_cast<std::size_t>(j)];
      into(i, j) = from < given ? pattern(i, from) : old(i, from - given);
    }
}

}  // namespace plexus
