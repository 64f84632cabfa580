#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "plexus/core/tensor.h"

namespace plexus::model {

/// The present batch of a data set that a `for` walks.
struct Batch {
  const Tensor* data = nullptr;
  std::vector<std::int64_t> rows;
};
using Batches = std::map<std::string, Batch>;

/// How the values of a source lie against a compartment: once for all steps, or a row a step.
enum class Fit { once, stepped, none };

/// The shape that a clamp sees: of a data set's present
/// batch, (batch, row…); with a steps axis (steps, batch, …).
Shape batch_shape(const Shape& data, std::int64_t batch, bool has_steps_axis);

/// Whether values of `source` suit a compartment of shape `to`. `may_step`:
/// under `run`, a leading axis of steps is allowed. Single numbers fill;
/// (n,) serves for (1, n); axes of one sample may be flattened.
Fit fit(const Shape& source, const Shape& to, bool may_step);

/// Copies the rows of a batch; with a steps axis, (batch, steps, n) becomes (steps, batch, n).
std::vector<float> gather(const Batch& batch, bool has_steps_axis);

}  // namespace plexus::model
