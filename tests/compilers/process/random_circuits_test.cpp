#include <bit>

#include <gmock/gmock.h>

#include "plexus/core/flush.h"
#include "plexus/core/log.h"
#include "tests/support/components.h"
#include "tests/support/properties.h"
#include "tests/support/random_circuit.h"

namespace plexus::test {
namespace {

class RandomCircuits : public testing::Test {
 protected:
  RandomCircuits() : before_(set_log_level(LogLevel::error)) { install_compilers(); }
  ~RandomCircuits() override { set_log_level(before_); }

 private:
  LogLevel before_;
};

/// Enough decisions for any circuit. What fails is shrunk towards zeros, which mean the simplest
/// choice.
rc::Gen<std::vector<std::uint8_t>> any_tape() {
  return rc::gen::resize(
      100, rc::gen::container<std::vector<std::uint8_t>>(300, rc::gen::arbitrary<std::uint8_t>()));
}

std::vector<std::uint32_t> bits(std::span<const float> values) {
  std::vector<std::uint32_t> words;
  for (const float v : values) words.push_back(std::bit_cast<std::uint32_t>(v));
  return words;
}

std::vector<std::uint32_t> words_of(Compartment& c) {
  const auto words = c.own_words();
  return {words.begin(), words.end()};
}

void log_circuit(const RandomCircuit& circuit) {
  for (const auto& wire : circuit.context->wires())
    RC_LOG() << wire->text() << (wire->delayed ? " (delayed)" : "") << "\n";
  RC_LOG() << circuit.process->explain();
}

/// Every compartment of the circuit, as it is and as the interpreter has it.
void expect_same(const RandomCircuit& circuit, Values& values) {
  for (const auto& component : circuit.context->components())
    for (Compartment* c : component->compartments())
      if (words_of(*c) != bits(values.of(*c))) {
        log_circuit(circuit);
        RC_FAIL(c->label() + " differs from the interpreter's");
      }
}

/// Every compartment of two circuits, bit for bit.
void expect_same(const RandomCircuit& one, const RandomCircuit& other) {
  for (const auto& component : one.context->components())
    for (Compartment* c : component->compartments())
      if (words_of(*c) != words_of((*other.context->find(component->name()))[c->name()])) {
        log_circuit(one);
        RC_FAIL(c->label() + " differs");
      }
}

/// Runs some steps, as one scan or one by one, beside the interpreter.
void compare(Tape& tape, RandomCircuit& circuit) {
  Process& process = *circuit.process;
  Values values(*circuit.context, process.plan().cuts);
  const auto watches = process.watches();
  const float dt = 0.25F;
  const int steps = 1 + tape.below(8);
  const bool scans = tape.chance(60);

  std::vector<std::vector<std::uint32_t>> expected(watches.size());
  const auto interpret = [&](int step) {
    const FlushDenormals flush;
    interpret_methods(process, dt, values);
    for (std::size_t w = 0; w < watches.size(); ++w)
      if ((step + 1) % watches[w].every == 0)
        for (const std::uint32_t word : bits(values.look(watches[w]))) expected[w].push_back(word);
    end_interpreted_step(process, values);
  };
  if (scans) {
    for (int step = 0; step < steps; ++step) interpret(step);
    const Recording recording = process.scan(steps, {.dt = dt});
    for (std::size_t w = 0; w < watches.size(); ++w) {
      const auto* series = recording.find(watches[w].name);
      RC_ASSERT(series != nullptr);
      if (series->words != expected[w]) {
        log_circuit(circuit);
        RC_FAIL(watches[w].name + " was recorded otherwise than the interpreter has it");
      }
    }
    expect_same(circuit, values);
  } else {
    for (int step = 0; step < steps; ++step) {
      interpret(step);
      process.run({.dt = dt});
      expect_same(circuit, values);
    }
  }
}

TEST_F(RandomCircuits, CompiledChainsAgreeWithAPlainInterpreterBitForBit) {
  check_property(10'000, [] {
    const auto bytes = *any_tape();
    Tape tape(bytes);
    RandomCircuit circuit(tape, true);
    compare(tape, circuit);
  });
}

TEST_F(RandomCircuits, CommandsAgreeWithAPlainInterpreterGivenTheirOrderAndCuts) {
  check_property(2'000, [] {
    const auto bytes = *any_tape();
    Tape tape(bytes);
    RandomCircuit circuit(tape, false);
    compare(tape, circuit);
  });
}

TEST_F(RandomCircuits, AScanOfNStepsEqualsNRuns) {
  check_property(2'000, [] {
    const auto bytes = *any_tape();
    Tape one(bytes), other(bytes);
    RandomCircuit scanned(one), ran(other);

    scanned.process->scan(4, {.dt = 0.5});
    for (int i = 0; i < 4; ++i) ran.process->run({.dt = 0.5});

    expect_same(scanned, ran);
  });
}

TEST_F(RandomCircuits, AnInterruptedRunThatIsRestoredEqualsAnUninterruptedOne) {
  check_property(2'000, [] {
    const auto bytes = *any_tape();
    Tape one(bytes), other(bytes);
    RandomCircuit whole(one), interrupted(other);

    whole.process->scan(6, {.dt = 0.5});
    interrupted.process->scan(3, {.dt = 0.5});
    const Snapshot middle = interrupted.context->snapshot();
    interrupted.process->scan(2, {.dt = 1});  // astray
    interrupted.context->restore(middle);
    interrupted.process->scan(3, {.dt = 0.5}, {.first_step = 3});

    expect_same(whole, interrupted);
  });
}

}  // namespace
}  // namespace plexus::test
