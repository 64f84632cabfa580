#include "plexus/core/describe.h"

#include <sstream>

#include <gmock/gmock.h>

#include "plexus/components/synapses/hebbian/bcm_synapse.h"
#include "plexus/core/log.h"
#include "tests/support/components.h"

namespace plexus::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class Describe : public testing::Test {
 protected:
  Describe() : before_(set_log_level(LogLevel::error)) { install_compilers(); }
  ~Describe() override { set_log_level(before_); }
  Context circuit_{"v1", {.seed = 1}};

 private:
  LogLevel before_;
};

TEST_F(Describe, PrintsEachCompartmentOfAComponent) {
  auto& s = circuit_.add<Src>("s", {.v = 0.5F, .n_units = 2}, Key{1, 2});
  auto& k = circuit_.add<Snk>("k", {.n_units = 2}, Key{3, 4});
  s.x.set({0.5F, 1.5F});
  (s.x + s.x) >> k.in;

  EXPECT_EQ(print(s),
            "[Src] v1:s\n"
            "  key  (2,)    1 2\n"
            "  x    (1, 2)  min 0.5  max 1.5  mean 1\n"
            "  y    (1, 2)  min 0    max 0    mean 0\n");
  EXPECT_EQ(k.to_string(),
            "[Snk] v1:k\n"
            "  key  (2,)    3 4\n"
            "  in   (1, 2)  min 1  max 3  mean 2  <- s.x + s.x\n"
            "  out  (1, 2)  min 0  max 0  mean 0\n");
}

TEST_F(Describe, PrintsThroughFmtAndStreamsAlike) {
  auto& s = circuit_.add<Src>("s", {});
  const Component& base = s;
  std::ostringstream stream;
  stream << s;

  EXPECT_EQ(stream.str(), print(s));
  EXPECT_EQ(fmt::format("{}", base), print(s));
  EXPECT_EQ(fmt::format("{}", s), print(s));
  EXPECT_EQ(to_string(s), print(s));
}

TEST_F(Describe, HelpTellsParametersCompartmentsAndMethods) {  // K23
  auto& s = circuit_.add<Src>("s", {});

  EXPECT_EQ(s.help(),
            "Src   (test)\n\n"
            "Source: x grows by its gain.\n\n"
            "Parameters\n"
            "  v           1              first value of x\n"
            "  gain        2              growth of x [mV]\n"
            "  n_units     1              number of units; > 0\n"
            "  batch_size  1              number of samples side by side; > 0\n"
            "  key         from the seed  the component's own seed, or two words\n\n"
            "Compartments\n"
            "  key  key     (2)     state of the component's random stream\n"
            "  x    state   (B, n)  value [mV]\n"
            "  y    output  (B, n)  never written\n\n"
            "Methods\n"
            "  advance(dt)\n"
            "      updates x\n"
            "  reset()\n"
            "      clears  x\n");
}

TEST_F(Describe, HelpOfABuiltInTypeNamesItsInputs) {  // K23
  EXPECT_THAT(help(component_type<BCMSynapse>()),
              AllOf(HasSubstr("pre "), HasSubstr("post "), HasSubstr("inputs"),
                    HasSubstr("tau_theta         required"), HasSubstr("evolve(dt)"),
                    HasSubstr("tau_w     dW_ij/dt"), HasSubstr("[ms]")));
}

TEST_F(Describe, HelpShowsWhatAKeywordFallsBackTo) {
  EXPECT_THAT(circuit_.add<Cable>("W", {}).help(), HasSubstr("learn(dt, eta = 0.5)"));
}

}  // namespace
}  // namespace plexus::test
