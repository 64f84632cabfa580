// What must hold of every registered type, whatever it computes.

#include <gmock/gmock.h>

#include "plexus/core/describe.h"
#include "plexus/core/log.h"
#include "plexus/plexus.h"
#include "tests/support/components.h"
#include "tests/support/specimen.h"

namespace plexus::test {
namespace {

/// Holds one value of any shape, for others to be wired from.
class Feeder final : public Component {
 public:
  static constexpr std::string_view type_name = "Feeder";
  static constexpr std::string_view family = "test";
  static constexpr std::string_view about = "A value of any shape.";
  struct Params {
    Shape shape;
    void describe(Parameters& d) { d("shape", shape, "shape of the value", Example{"optional"}); }
  };
  Feeder(const Setup& setup, const Params& p) : Component(setup), p_(p) { value.set(0.5F); }

 private:
  Params p_;
  [[nodiscard]] Dims dims() const { return {p_.shape.begin(), p_.shape.end()}; }

 public:
  Compartment value{*this, "value", Role::output, dims(), "a value"};
};

class EveryComponent : public testing::TestWithParam<std::string> {
 protected:
  EveryComponent() : before_(set_log_level(LogLevel::off)) {}
  ~EveryComponent() override { set_log_level(before_); }

  static Component& specimen(Context& circuit) { return add_specimen(circuit, GetParam()); }
  static void run_all(Component& component) {
    for (Method* m : component.methods()) {
      Keywords keywords{.t = 1, .dt = 1};
      for (const std::string& keyword : m->keywords())
        if (keyword != "t" && keyword != "dt") keywords.more.emplace_back(keyword, 1.0F);
      m->run(keywords);
    }
  }

 private:
  LogLevel before_;
};

TEST_P(EveryComponent, RunsAllItsStepsWithAllItsInputsWired) {  // F1
  Context circuit("v", {.seed = 1});
  Component& x = specimen(circuit);
  std::map<Compartment*, StateMap::mapped_type> sources;
  int next = 0;
  for (Compartment* c : x.compartments()) {
    if (c->role() != Role::input || c->targeted()) continue;
    auto& feeder = circuit.add<Feeder>("feeder" + std::to_string(next++), {.shape = c->shape()});
    feeder.value >> *c;
    sources.emplace(&feeder.value, feeder.value.value());
  }

  run_all(x);

  for (const auto& [source, value] : sources) EXPECT_EQ(source->value(), value) << source->label();
}

TEST_P(EveryComponent, TouchesOnlyWhatItDeclares) {
  Context circuit("v", {.seed = 1});
  circuit.verify_accesses(true);
  Component& x = specimen(circuit);
  for (Compartment* c : x.compartments())
    if (c->role() == Role::input) c->set(0.25F);

  run_all(x);
  run_all(x);
}

TEST_P(EveryComponent, ReturnsItsUnwiredInputsToTheirFirstValuesWhenReset) {  // K17
  Context circuit("v", {.seed = 1});
  Component& x = specimen(circuit);
  Method* const reset = x.find_method("reset");
  ASSERT_NE(reset, nullptr);
  for (Compartment* c : x.compartments())
    if (c->role() == Role::input) c->set(0.25F);
  run_all(x);
  for (Compartment* c : x.compartments())
    if (c->role() == Role::input) c->set(0.25F);

  reset->run();

  for (const Compartment* c : x.compartments()) {
    // What a teacher holds outlasts a sample.
    const bool kept = (GetParam() == "MSTDPETSynapse" && c->name() == "modulator") ||
                      (GetParam() == "REINFORCESynapse" && c->name() == "learning_mask") ||
                      (GetParam() == "RewardErrorCell" && c->name() == "reward");
    if (c->role() != Role::input) continue;
    EXPECT_THAT(c->values(), testing::Each(kept ? 0.25F : c->options().initial)) << c->label();
  }
}

}  // namespace
INSTANTIATE_TEST_SUITE_P(Registry, EveryComponent, testing::ValuesIn(builtin_types()),
                         [](const auto& type) { return type.param; });
}  // namespace plexus::test
