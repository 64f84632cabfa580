#include "plexus/components/synapses/hebbian/event_stdp_synapse.h"

#include "tests/components/synapses/plasticity.h"

namespace plexus {
namespace {

using testing::HasSubstr;

class EventSTDPSynapseTest : public test::Plasticity {
 protected:
  EventSTDPSynapse& two_by_two(EventSTDPSynapse::Params params) {
    params.shape = {2, 2};
    auto& W = add<EventSTDPSynapse>(std::move(params));
    W.weights.set({0.2F, 0.6F, 0.9F, 0.4F});
    W.postSpike.set({1, 1});
    return W;
  }
};

TEST_F(EventSTDPSynapseTest, RaisesInputsThatFiredInTimeAndLowersTheOthers) {
  auto& W = two_by_two({.eta = 0.1F});
  W.pre_tols.set({11, 0});
  W.evolve.run({.t = 12});
  EXPECT_THAT(W.dWeights.values(), near({0.798F, 0.394F, -0.909F, -0.404F}));
  EXPECT_THAT(W.weights.values(), near({0.2798F, 0.6394F, 0.8091F, 0.3596F}));

  W.pre_tols.set({10, 12});  // 10 = t - window is too long ago
  W.evolve.run({.t = 12});
  EXPECT_THAT(W.dWeights.values(), near({-0.282598F, -0.645794F, 0.18280905F, 0.636804F}));
}

TEST_F(EventSTDPSynapseTest, AsksForTheSameTimeWhereTheWindowIsNone) {
  auto& W = two_by_two({.eta = 0.1F,
                        .lmbda = 0.1F,
                        .A_plus = 2,
                        .A_minus = 0.5F,
                        .presyn_win_len = 0,
                        .w_bound = 2});
  W.pre_tols.set({11, 12});
  W.postSpike.set({1, 0});
  W.evolve.run({.t = 12});
  EXPECT_THAT(W.dWeights.values(), near({-0.11F, 0, 2.02F, 0}));
  EXPECT_THAT(W.weights.values(), near({0.189F, 0.6F, 1.102F, 0.4F}));
}

TEST_F(EventSTDPSynapseTest, TakesATimeOfZeroForNever) {
  auto& W = two_by_two({.eta = 0.1F});
  W.evolve.run({.t = 0});
  EXPECT_LT(W.dWeights.read().maxCoeff(), 0);
}

TEST_F(EventSTDPSynapseTest, RefusesABatchByName) {
  EXPECT_THAT(test::error_of([&] { two_by_two({.batch_size = 2, .eta = 0.1F}); }),
              HasSubstr("batch_size is 2; expected 1"));
  auto& W = two_by_two({.eta = 0.1F});
  circuit_.set_batch_size(2);
  EXPECT_THAT(test::error_of([&] { W.evolve.run({.t = 1}); }),
              HasSubstr("batch_size is 2; expected 1"));
}

}  // namespace
}  // namespace plexus
