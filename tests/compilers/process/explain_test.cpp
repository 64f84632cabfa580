#include "plexus/compilers/process/explain.h"

#include <gmock/gmock.h>

#include "plexus/core/log.h"
#include "tests/support/components.h"

namespace plexus::test {
namespace {

class Explain : public testing::Test {
 protected:
  Explain() : before_(set_log_level(LogLevel::error)) { install_compilers(); }
  ~Explain() override { set_log_level(before_); }
  Context circuit_{"v1", {.seed = 1}};

 private:
  LogLevel before_;
};

TEST_F(Explain, ShowsTheProgramOfAChain) {  // A18, A3
  auto& lgn = circuit_.add<Relay>("lgn", {.n_units = 4});
  auto& W = circuit_.add<Cable>("W", {.n_pre = 4, .n_post = 2});
  auto &cell = circuit_.add<Relay>("cell", {.n_units = 2}),
       &idle = circuit_.add<Relay>("idle", {.n_units = 2});
  lgn.out >> W.inputs;
  (W.outputs - idle.out) >> cell.in;
  lgn.out >> W.pre;
  delayed(cell.out) >> W.post;
  auto& p =
      circuit_.process("step") >> cell.advance >> lgn.advance >> W.advance >> W.learn >> W.reset;

  EXPECT_EQ(
      p.explain(),
      "process 'step'   keywords: dt, eta\n"
      "    1  cell.advance                 evaluate Subtract, unit by unit; 16 bytes\n"
      "         cell.in <- Subtract(W.outputs, idle.out)   (one step late: written further down)\n"
      "    2  lgn.advance                  unit by unit; 32 bytes\n"
      "    3  W.advance                    product; 56 bytes, 16 flops in products\n"
      "         W.inputs <- lgn.out   (this step)\n"
      "    4  W.learn                      synapse by synapse; 120 bytes, 16 flops in products\n"
      "         W.pre <- lgn.out   (this step)\n"
      "         W.post <- cell.out   (delayed: the value of the step before)\n"
      "    5  W.reset                      clear; 40 bytes\n"
      "         W.inputs is wired from lgn.out: left alone\n"
      "         W.pre is wired from lgn.out: left alone\n"
      "         W.post is wired from cell.out: left alone\n"
      "  written, and read by no call: W.dW\n"
      "  264 bytes a step, 32 flops in products\n"
      "  W.learn does not compute W.dW but where it is observed: no call reads it\n"
      "  lgn.advance: a part whose inputs do not change runs in the first step alone\n");
}

TEST_F(Explain, NamesTheStepThatIsAbsent) {  // A3
  auto& W = circuit_.add<Cable>("W", {});
  auto& cell = circuit_.add<Relay>("cell", {});
  W.outputs >> cell.in;

  EXPECT_THAT(
      (circuit_.process("p") >> cell.advance).explain(),
      testing::HasSubstr("cell.in <- W.outputs   (as it stands: W.advance is not called here)"));
}

TEST_F(Explain, PutsCutsFirst) {
  auto &a = circuit_.add<Relay>("a", {}), &b = circuit_.add<Relay>("b", {});
  a.out >> b.in;
  b.out >> a.in;

  EXPECT_EQ(circuit_.command("advance").explain(),
            "process 'advance'\n"
            "  command 'advance' runs in a cycle; cut at the wire declared last\n"
            "    a.advance -> a.out -> b.advance\n"
            "    b.advance -> b.out -> a.advance    <- cut: the value of the step before\n"
            "  write `{wire: b.out >> a.in, delayed: true}` to choose the cut yourself\n"
            "    1  a.advance                    unit by unit; 8 bytes\n"
            "         a.in <- b.out   (cut: the value of the step before)\n"
            "    2  b.advance                    unit by unit; 8 bytes\n"
            "         b.in <- a.out   (this step)\n"
            "  16 bytes a step, 0 flops in products\n");
}

}  // namespace
}  // namespace plexus::test
