#pragma once

// What tests of plastic synapses share.

#include <initializer_list>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/core/context.h"
#include "plexus/core/eigen.h"
#include "plexus/core/log.h"
#include "tests/support/error_of.h"

namespace plexus::test {

/// A circuit in which every method is held to its declarations.
class Plasticity : public testing::Test {
 protected:
  Plasticity() {
    install_compilers();
    circuit_.verify_accesses(true);
  }

  template <class C>
  C& add(typename C::Params params) {
    return circuit_.add<C>("W" + std::to_string(next_++), std::move(params));
  }

  static auto near(std::initializer_list<float> values, float tolerance = 1e-6F) {
    return testing::Pointwise(testing::FloatNear(tolerance), std::vector<float>(values));
  }

  Context circuit_{"test", {.seed = 1}};

 private:
  int next_ = 0;
};

}  // namespace plexus::test
