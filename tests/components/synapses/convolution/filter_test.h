#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"

namespace plexus::test {

/// What tests of convolutional synapses share.
class FilterTest : public testing::Test {
 protected:
  FilterTest() {
    install_compilers();
    circuit_.verify_accesses(true);
  }

  template <class Synapse>
  Synapse& add(typename Synapse::Params params) {
    return circuit_.add<Synapse>("W" + std::to_string(next_++), std::move(params));
  }

  /// Filters and inputs of the examples that were run on ngc-learn.
  static void fill(Compartment& c, float scale) {
    std::vector<float> values(c.shape().size());
    for (std::size_t n = 0; n < values.size(); ++n)
      values[n] = (static_cast<float>(n % 7) - 3) * scale;
    c.set(values);
  }
  static void copy(const Compartment& from, Compartment& to) { to.set(from.value()); }

  /// Every `n`th value.
  static std::vector<float> each(const Compartment& c, std::size_t n) {
    std::vector<float> values;
    for (std::size_t i = 0; i < c.values().size(); i += n) values.push_back(c.values()[i]);
    return values;
  }
  static auto near(std::initializer_list<float> values, float tolerance = 1e-6F) {
    return testing::Pointwise(testing::FloatNear(tolerance), std::vector<float>(values));
  }

  Context circuit_{"test", {.seed = 1}};
  int next_ = 0;
};

}  // namespace plexus::test
