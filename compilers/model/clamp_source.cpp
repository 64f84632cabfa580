#include "plexus/compilers/model/clamp_source.h"

#include <algorithm>

namespace plexus::model {
namespace {

bool suits(const Shape& source, const Shape& to) {
  if (source == to || source.size() == 1) return true;
  if (source.size() != to.size()) return false;
  // the batch stays apart; what one sample holds may be flattened: (B, 8, 8) for (B, 64)
  if (source.rank() >= 1 && to.rank() >= 1 && source[0] == to[0]) return true;
  return source.rank() == 1 && to.rank() == 2 && to[0] == 1;
}

}  // namespace

Shape batch_shape(const Shape& data, std::int64_t batch, bool has_steps_axis) {
  Shape shape;
  if (has_steps_axis && data.rank() >= 2) shape.push_back(data[1]);
  shape.push_back(batch);
  for (std::size_t axis = has_steps_axis ? 2 : 1; axis < data.rank(); ++axis)
    shape.push_back(data[axis]);
  return shape;
}

Fit fit(const Shape& source, const Shape& to, bool may_step) {
  if (may_step && source.rank() == to.rank() + 1) {
    Shape row;
    for (std::size_t axis = 1; axis < source.rank(); ++axis) row.push_back(source[axis]);
    return row == to ? Fit::stepped : Fit::none;
  }
  return suits(source, to) ? Fit::once : Fit::none;
}

std::vector<float> gather(const Batch& batch, bool has_steps_axis) {
  const auto values = batch.data->floats();
  const Shape& shape = batch.data->shape;
  const std::size_t row =
      shape.size() / static_cast<std::size_t>(std::max<std::int64_t>(shape[0], 1));
  const std::size_t n = batch.rows.size();
  std::vector<float> out(n * row);
  const std::size_t steps = has_steps_axis ? static_cast<std::size_t>(shape[1]) : 1;
  const std::size_t piece = steps == 0 ? 0 : row / steps;
  for (std::size_t b = 0; b < n; ++b)
    for (std::size_t k = 0; k < steps; ++k)
      std::copy_n(values.data() + static_cast<std::size_t>(batch.rows[b]) * row + k * piece, piece,
                  out.data() + (k * n + b) * piece);
  return out;
}

}  // namespace plexus::model
