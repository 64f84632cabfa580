#include "plexus/components/traces/var_trace.h"

#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "tests/components/responses.h"

namespace plexus {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

class VarTraceTest : public testing::Test {
 protected:
  VarTraceTest() {
    install_compilers();
    circuit_.verify_accesses(true);
  }
  VarTrace& add(VarTrace::Params params) {
    params.n_units = 1;
    return circuit_.add<VarTrace>("tr", params);
  }
  /// The outputs in five steps of 1 ms with pulses in the first, third and fourth.
  std::vector<float> outputs(VarTrace& tr) {
    return Responses(tr.advance_state, tr.outputs).to(tr.inputs, {{1}, {0}, {1}, {1}, {0}});
  }
  Context circuit_{"test", {.seed = 1}};
};

TEST_F(VarTraceTest, AddsPulsesToADecayingTrace) {
  auto& tr = add({.tau_tr = 20, .a_delta = 0.1F});

  EXPECT_THAT(outputs(tr),
              AreNear(1e-7F, {0.1F, 0.095122941F, 0.19048375F, 0.28119373F, 0.26747975F}));
  EXPECT_EQ(tr.trace.scalar(), tr.outputs.scalar());
}

TEST_F(VarTraceTest, IsSetByPulsesThatAddNothing) {
  EXPECT_THAT(outputs(add({.tau_tr = 20, .a_delta = 0, .P_scale = 2})),
              AreNear(1e-6F, {2, 1.9024588F, 2, 2, 1.9024588F}));
}

TEST_F(VarTraceTest, DecaysLinearlyAndLeaksBesides) {
  EXPECT_THAT(outputs(add({.tau_tr = 20, .a_delta = 0.1F, .gamma_tr = 0.5F, .decay_type = "lin"})),
              AreNear(1e-7F, {0.1F, 0.047499999F, 0.1225625F, 0.15821719F, 0.075153165F}));
}

TEST_F(VarTraceTest, SaturatesAtItsNearestPulses) {
  EXPECT_THAT(outputs(add({.tau_tr = 20, .a_delta = 1, .n_nearest_spikes = 1})),
              AreNear(1e-6F, {1, 0.95122939F, 0.95360798F, 0.95349199F, 0.90698957F}));
}

TEST_F(VarTraceTest, KeepsNothingWithAStepForADecay) {
  EXPECT_THAT(outputs(add({.tau_tr = 1, .a_delta = 0.1F, .decay_type = "step"})),
              AreNear(0, {0.1F, 0, 0.1F, 0.1F, 0}));
}

TEST_F(VarTraceTest, KeepsNothingWithATimeConstantOfZero) {
  EXPECT_THAT(outputs(add({.tau_tr = 0, .a_delta = 0.1F, .decay_type = "lin"})),
              AreNear(0, {0.1F, 0, 0.1F, 0.1F, 0}));
}

TEST_F(VarTraceTest, ResetClearsTheInputsToo) {
  auto& tr = add({.tau_tr = 20, .a_delta = 0.1F});
  outputs(tr);
  tr.inputs.set(1);

  tr.reset.run();

  for (const Compartment* c : {&tr.inputs, &tr.trace, &tr.outputs}) EXPECT_EQ(c->scalar(), 0);
}

TEST_F(VarTraceTest, ResetLeavesASourceAlone) {
  auto& tr = add({.tau_tr = 20, .a_delta = 0.1F});
  auto& source = circuit_.add<VarTrace>("source", {.n_units = 1, .tau_tr = 20, .a_delta = 1});
  source.outputs.set(1);
  circuit_.wire(source.outputs, tr.inputs);

  tr.reset.run();

  EXPECT_EQ(tr.inputs.scalar(), 1);
}

TEST_F(VarTraceTest, RefusesADecayThatItDoesNotKnow) {
  EXPECT_THAT([&] { add({.tau_tr = 20, .a_delta = 0.1F, .decay_type = "expp"}); },
              ThrowsMessage<Error>(HasSubstr("tr.decay_type is 'expp'; expected one of exp,")));
}

}  // namespace
}  // namespace plexus
