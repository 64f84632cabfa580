// Results do not depend on the number of threads, to the bit.

#include "plexus/core/threads.h"

#include <atomic>
#include <thread>
#include <vector>

#include <gmock/gmock.h>

#include "plexus/compilers/compilers.h"
#include "plexus/components/neurons/graded/rate_cell.h"
#include "plexus/components/synapses/dense_synapse.h"
#include "plexus/components/synapses/hebbian/bcm_synapse.h"
#include "plexus/components/synapses/hebbian/hebbian_synapse.h"
#include "plexus/core/context.h"
#include "plexus/core/kernels/shared.h"
#include "plexus/core/log.h"
#include "tests/support/error_of.h"

namespace plexus {
namespace {

using testing::HasSubstr;
using testing::Not;

class Threads : public testing::Test {
 protected:
  Threads() : before_(set_log_level(LogLevel::error)) { install_compilers(); }
  ~Threads() override {
    use_threads(1);
    set_log_level(before_);
  }

 private:
  LogLevel before_;
};

TEST_F(Threads, ShareEveryPartOnce) {
  for (const int n : {1, 2, 3, 7}) {
    use_threads(n);
    EXPECT_EQ(threads(), n);
    for (const std::size_t parts : {0U, 1U, 2U, 5U, 100U}) {
      std::vector<std::atomic<int>> calls(parts);
      for (int round = 0; round < 50; ++round)
        detail::share(
            parts,
            [](const void* all, std::size_t i) {
              ++(*static_cast<std::vector<std::atomic<int>>*>(const_cast<void*>(all)))[i];
            },
            &calls);
      for (const auto& each : calls) EXPECT_EQ(each, 50);
    }
  }
}

/// One of two threads that share at once works by itself.
TEST_F(Threads, ServeTwoCircuitsAtOnce) {
  use_threads(2);
  std::atomic<int> sum = 0;
  const auto work = [&] {
    for (int round = 0; round < 2000; ++round)
      detail::share(
          4,
          [](const void* to, std::size_t i) {
            *static_cast<std::atomic<int>*>(const_cast<void*>(to)) += static_cast<int>(i);
          },
          &sum);
  };
  std::thread other(work);
  work();
  other.join();
  EXPECT_EQ(sum, 2 * 2000 * 6);
}

TEST_F(Threads, AreOneTo256) {
  EXPECT_THAT(test::error_of([] { use_threads(0); }), HasSubstr("0 threads; expected 1 to 256"));
  EXPECT_THAT(test::error_of([] { use_threads(257); }), HasSubstr("expected 1 to 256"));
}

struct Size {
  int pre, post, batch;
};

/// Forward, cell, feedback and two plastic cables: everything that is shared.
struct Circuit {
  explicit Circuit(const Size& size)
      : W(context.add<BCMSynapse>("W", bcm(size))),
        H(context.add<HebbianSynapse>("H", hebbian(size))),
        cell(context.add<RateCell>(
            "cell",
            {.n_units = size.post, .tau_m = 20, .act_fx = "tanh", .batch_size = size.batch})),
        step(context.process("step")) {
    (W.outputs + H.outputs) >> cell.j;
    cell.zF >> W.post;
    cell.zF >> H.post;
    for (Compartment* x : {&W.inputs, &W.pre, &H.inputs, &H.pre})
      x->set(init::uniform(-1, 1), Key::from_seed(7));
    step >> W.advance_state >> H.advance_state >> cell.advance_state >> W.evolve >> H.evolve;
  }

  static BCMSynapse::Params bcm(const Size& size) {
    BCMSynapse::Params p{.shape = {size.pre, size.post}, .tau_w = 200, .tau_theta = 50};
    p.batch_size = size.batch;
    return p;
  }
  static HebbianSynapse::Params hebbian(const Size& size) {
    HebbianSynapse::Params p{.shape = {size.pre, size.post}, .eta = 0.01F};
    p.w_bound = 1;
    p.batch_size = size.batch;
    return p;
  }

  Context context{"v", {.seed = 3}};
  BCMSynapse& W;
  HebbianSynapse& H;
  RateCell& cell;
  Process& step;
};

StateMap after_steps(const Size& size, int n, bool scans) {
  use_threads(n);
  Circuit circuit(size);
  const Keywords keywords{.t = 0, .dt = 1};
  if (scans)
    circuit.step.scan(6, keywords);
  else
    for (int i = 0; i < 3; ++i) circuit.step.run(keywords);
  return circuit.context.values();
}

TEST_F(Threads, GiveTheSameBitsHoweverMany) {
  for (const Size size : {Size{1100, 200, 1}, Size{1500, 97, 3}, Size{300, 260, 40}}) {
    for (const bool scans : {false, true}) {
      const StateMap one = after_steps(size, 1, scans);
      for (const int n : {2, 3, 5}) {
        for (const auto& [path, value] : after_steps(size, n, scans))
          ASSERT_TRUE(value == one.at(path)) << path << " with " << n << " threads";
      }
    }
  }
}

TEST_F(Threads, AreNamedByExplainWhereTheyShare) {
  use_threads(2);
  Circuit large({1100, 200, 1}), small({10, 10, 1});

  EXPECT_THAT(large.step.explain(), HasSubstr("W.evolve is shared among 2 threads, in 2 parts"));
  EXPECT_THAT(small.step.explain(), Not(HasSubstr("threads")));
}

}  // namespace
}  // namespace plexus
