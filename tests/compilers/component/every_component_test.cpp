// What must hold of every registered type, whatever it computes.

#include <cmath>
#include <map>
#include <set>

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

void find_and_run(Component& x, std::string_view method) {
  if (Method* m = x.find_method(method)) m->run(all_keywords(x));
}

/// Values that differ from unit to unit and from sample to sample.
void fill_inputs(Component& x, float phase) {
  for (Compartment* c : x.compartments()) {
    if (c->role() != Role::input || c->targeted()) continue;
    const auto samples = static_cast<std::size_t>(x.batch_size());
    const std::size_t size = c->shape().size();
    const std::size_t sample = size % samples == 0 ? size / samples : size;  // no batch: one value
    auto values = c->own_values();
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto unit = static_cast<float>(i % sample), row = static_cast<float>(i / sample);
      values[i] = std::fmod(0.37F * unit + phase + row, 1.0F);
    }
  }
}

TEST_P(EveryComponent, GoesOnTheSameAfterASnapshotIsRestored) {
  Context circuit("v", {.seed = 1});
  Component& x = specimen(circuit);
  fill_inputs(x, 0.5F);
  run_all(x);
  const Snapshot snapshot = circuit.snapshot();
  fill_inputs(x, 0.25F);
  run_all(x);
  const StateMap first = circuit.values();

  circuit.restore(snapshot);
  fill_inputs(x, 0.25F);
  run_all(x);

  for (const auto& [path, value] : circuit.values()) EXPECT_EQ(value, first.at(path)) << path;
}

TEST_P(EveryComponent, StaysFiniteAndWithoutDenormalsAtRest) {
  Context circuit("v", {.seed = 1});
  Component& x = specimen(circuit);
  fill_inputs(x, 0.5F);
  run_all(x);
  find_and_run(x, "reset");
  Process& rest = circuit.process("rest");
  for (Method* m : x.methods())
    if (m->name() != "reset") rest >> *m;

  Keywords keywords = all_keywords(x);
  keywords.dt = 0.02;  // ms: what the Hodgkin-Huxley equations need
  rest.scan(100'000, keywords);

  for (const Compartment* c : x.compartments()) {
    const Tensor value = c->value();
    if (c->role() == Role::key || value.dtype() != DType::float32) continue;
    for (const float v : value.floats()) {
      ASSERT_TRUE(std::isfinite(v)) << c->label() << " is " << v;
      ASSERT_NE(std::fpclassify(v), FP_SUBNORMAL) << c->label() << " is " << v;
    }
  }
}

/// True if the first axis is the batch.
bool is_batched(const Compartment& batch, const Compartment& single) {
  return batch.shape().rank() > 0 && batch.shape()[0] == batch.owner().batch_size() &&
         batch.shape().size() == single.shape().size() * static_cast<std::size_t>(batch.shape()[0]);
}

/// Three passes. False if it draws: its numbers go by the place in the batch.
bool advances(Component& x) {
  std::vector<Key> before, after;
  const auto note = [&](std::vector<Key>& keys) {
    for (const Compartment* c : x.compartments())
      if (c->role() == Role::key) keys.push_back(c->key());
  };
  note(before);
  for (int step = 0; step < 3; ++step) find_and_run(x, "advance_state");
  note(after);
  return before == after;
}

/// Times or fading values that they have for each synapse are those of one sample.
const std::set<std::string> kRefuseABatch = {"EventSTDPSynapse", "MSTDPETSynapse", "STDPSynapse",
                                             "STPDenseSynapse"};

TEST_P(EveryComponent, PassesABatchAsItsSamplesOneByOne) {
  constexpr int kSamples = 3;
  Context all("all", {.seed = 1}), one("one", {.seed = 1});
  Component &batch = specimen(all), &single = specimen(one);
  all.set_batch_size(kSamples);
  const Snapshot before = one.snapshot();
  fill_inputs(batch, 0.5F);
  const StateMap given = all.values();
  if (kRefuseABatch.contains(GetParam())) {
    EXPECT_THROW(advances(batch), Error);
    return;
  }
  if (!advances(batch)) return;
  for (int sample = 0; sample < kSamples; ++sample) {
    one.restore(before);
    for (Compartment* c : single.compartments()) {
      const Compartment& of = *batch.find_compartment(c->name());
      if (c->role() == Role::input && is_batched(of, *c)) c->set(given.at(of.path()).row(sample));
    }
    advances(single);
    int compared = 0;
    for (const Compartment* c : single.compartments()) {
      const Compartment& of = *batch.find_compartment(c->name());
      if (!is_batched(of, *c)) continue;
      ++compared;
      const Tensor got = of.value(), expected = c->value();
      EXPECT_THAT(got.row(sample), testing::ElementsAreArray(expected.floats()))
          << c->label() << " of sample " << sample;
    }
    EXPECT_GT(compared, 1);
  }
}

}  // namespace
INSTANTIATE_TEST_SUITE_P(Registry, EveryComponent, testing::ValuesIn(builtin_types()),
                         [](const auto& type) { return type.param; });
}  // namespace plexus::test
