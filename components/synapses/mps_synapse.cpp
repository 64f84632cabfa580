#include "plexus/components/synapses/mps_synapse.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "plexus/components/math/in_double.h"
#include "plexus/components/math/spectrum.h"
#include "plexus/core/eigen.h"
#include "plexus/core/error.h"
#include "plexus/core/plan.h"
#include "plexus/core/random/samplers.h"

namespace plexus {
namespace {

constexpr float kInitialScale = 0.05F;  // standard deviation of the cores at first

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Rows = Eigen::Map<Matrix, Eigen::Aligned64>;
using ConstRows = Eigen::Map<const Matrix, Eigen::Aligned64>;

/// The values of a compartment as a matrix of `rows` rows: the cores have an axis of 1 besides.
ConstRows matrix(const Compartment& c, const Dim& rows) {
  const auto values = c.values();
  return {values.data(), rows.extent, static_cast<std::int64_t>(values.size()) / rows.extent};
}
Rows own_matrix(Compartment& c, const Dim& rows) {
  const auto values = c.own_values();
  return {values.data(), rows.extent, static_cast<std::int64_t>(values.size()) / rows.extent};
}
Eigen::Map<Matrix> own_matrix(Tensor& t) {
  return {t.floats().data(), t.shape.rows(), t.shape.cols()};
}

const MPSSynapse::Params& checked(const MPSSynapse::Params& p, const std::string& name) {
  if (p.shape.rank() != 2)
    throw Error(Error::Kind::config, {},
                fmt::format("{}.shape is {}; expected [n_pre, n_post]", name, to_string(p.shape)));
  return p;
}

}  // namespace

MPSSynapse::MPSSynapse(const Setup& setup, const Params& params)
    : Component(setup), p_(checked(params, setup.name)) {
  const auto keys = split(setup.key, 3);
  const auto draw = [](Compartment& core, Key from) {
    fill_normal(from, 0, core.own_values());
    for (float& c : core.own_values()) c *= kInitialScale;
  };
  draw(core1, keys[1]);
  draw(core2, keys[2]);
}

void MPSSynapse::transmit(const Step& /*step*/) {
  const Dim batch = batch_size();
  own_matrix(bond_pre, batch).noalias() = matrix(inputs, batch).lazyProduct(matrix(core1, n_pre));
  own_matrix(outputs, batch).noalias() = matrix(bond_pre, batch).lazyProduct(matrix(core2, bond));
}

void MPSSynapse::learn(const Step& step) {
  const Dim batch = batch_size();
  const float eta = step["eta"];
  const auto x = matrix(pre, batch), e = matrix(post, batch);
  auto C1 = own_matrix(core1, n_pre), C2 = own_matrix(core2, bond);
  own_matrix(bond_pre, batch).noalias() = x.lazyProduct(C1);
  own_matrix(bond_post, batch).noalias() = e.lazyProduct(C2.transpose());
  C2 += eta * matrix(bond_pre, batch).transpose().lazyProduct(e);
  C1 += eta * x.transpose().lazyProduct(matrix(bond_post, batch));
}

Tensor MPSSynapse::weights() const {
  Tensor W{p_.shape, std::vector<float>(p_.shape.size())};
  own_matrix(W) = matrix(core1, n_pre) * matrix(core2, bond);
  return W;
}

void MPSSynapse::set_weights(const Tensor& W) {
  if (W.shape != p_.shape)
    throw Error(Error::Kind::shape, {.path = path()},
                fmt::format("set_weights got shape {}; expected {}", plexus::to_string(W.shape),
                            plexus::to_string(p_.shape)));
  auto C1 = own_matrix(core1, n_pre), C2 = own_matrix(core2, bond);
  C1.setZero();
  C2.setZero();
  // W = U S Vᵀ ≈ (U √S) (√S Vᵀ), of the largest singular values.
  const Eigen::MatrixXd given = math::in_double(W);
  const math::Spectrum of = math::spectrum(given);
  const Eigen::MatrixXd tall = of.wide ? Eigen::MatrixXd(given.transpose()) : given;
  for (Eigen::Index r = 0; r < std::min<Eigen::Index>(p_.bond_dim, of.values.size()); ++r) {
    const double S = of.values(r);
    if (S == 0) break;  // W has no greater rank
    const Eigen::VectorXd v = of.directions.col(r) * std::sqrt(S);
    const Eigen::VectorXd u = tall * v / S;
    C1.col(r) = (of.wide ? v : u).cast<float>();
    C2.row(r) = (of.wide ? u : v).cast<float>();
  }
}

Tensor MPSSynapse::project_backward(const Tensor& e) const {
  if (e.shape.cols() != n_post.extent)
    throw Error(Error::Kind::shape, {.path = path()},
                fmt::format("project_backward got shape {}; expected {} columns",
                            plexus::to_string(e.shape), n_post.extent));
  const Shape shape{e.shape.rows(), n_pre.extent};
  Tensor projected{shape, std::vector<float>(shape.size())};
  const Eigen::Map<const Matrix> error(e.floats().data(), e.shape.rows(), n_post.extent);
  own_matrix(projected) =
      (error * matrix(core2, bond).transpose()) * matrix(core1, n_pre).transpose();
  return projected;
}

}  // namespace plexus
