#pragma once

namespace plexus::detail {

/// Several lambdas as one visitor of a variant.
template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;  // clang 14 does not find it by itself

}  // namespace plexus::detail
