#pragma once

#include <Eigen/Core>

#include "plexus/core/compartment.h"

namespace plexus {

/// Row-major float arrays, batch first: as .npy files, the reference and the state hold them.
using Array = Eigen::Array<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// A read-only view of a compartment as a matrix (all axes but the last are rows).
struct ConstView : Eigen::Map<const Array, Eigen::Aligned64> {
  using Eigen::Map<const Array, Eigen::Aligned64>::Map;
};

/// A view to write: assigning to it *is* the change of state.
struct View : Eigen::Map<Array, Eigen::Aligned64> {
  using Eigen::Map<Array, Eigen::Aligned64>::Map;
  using Eigen::Map<Array, Eigen::Aligned64>::operator=;
};

inline ConstView Compartment::read() const {
  return {values().data(), shape().rows(), shape().cols()};
}

inline View Compartment::write() {
  return {own_values().data(), shape().rows(), shape().cols()};
}

template <typename Derived>
void Compartment::set(const Eigen::DenseBase<Derived>& values) {
  require_unwired("set");
  const Array array = values.derived().array().template cast<float>();
  const bool vector = (array.rows() == 1 || array.cols() == 1) && shape().rows() == 1 &&
                      array.size() == shape().cols();
  if (!vector && (array.rows() != shape().rows() || array.cols() != shape().cols()))
    refuse_shape("set", {array.rows(), array.cols()});
  set(std::span<const float>(array.data(), static_cast<std::size_t>(array.size())));
}

}  // namespace plexus
