#pragma once

// Random circuits, and a plain interpreter of them: an oracle that shares nothing with the planner
// but the declarations. It calls the methods one by one, evaluates a wire at each read, and keeps
// its own copy of every value.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "plexus/core/context.h"
#include "plexus/core/process.h"

namespace plexus::test {

/// Decisions read off a tape of bytes; beyond its end every decision is 0. So a shorter tape is a
/// simpler circuit, which lets RapidCheck shrink what fails.
class Tape {
 public:
  explicit Tape(std::vector<std::uint8_t> bytes) : bytes_(std::move(bytes)) {}
  /// One of 0 … n - 1.
  int below(int n) { return at_ < bytes_.size() ? bytes_[at_++] % n : 0; }
  bool chance(int percent) { return below(100) >= 100 - percent; }
  /// A number between -1 and 1.
  float number() { return static_cast<float>(below(201) - 100) / 100; }

 private:
  std::vector<std::uint8_t> bytes_;
  std::size_t at_ = 0;
};

/// Own values of compartments, as the interpreter holds them.
class Values {
 public:
  std::vector<float>& of(const Compartment& c) { return own_[&c]; }
  /// What reading `c` gives now.
  std::vector<float> read(const Compartment& c);
  /// What a watch shows now.
  std::vector<float> look(const Watch& watch);
  void end_step(const std::vector<const Wire*>& wires);

  explicit Values(const Context& circuit, Cuts cuts);

 private:
  struct Array {
    Shape shape;
    std::vector<float> values;
  };
  Array evaluate(const Expression& e, const Wire& wire, int node);
  std::size_t clear_memories(const Expression& e, const Wire& wire, int node);
  void remember(const Expression& e, const Wire& wire, int node);
  std::vector<float> source_value(const Wire& wire);
  bool late(const Wire& wire) const;

  std::map<const Compartment*, std::vector<float>> own_;
  std::map<const Wire*, std::vector<float>> delays_;
  using Memories =
      std::map<std::pair<const Wire*, int>, std::vector<float>>;  // of Delay and Hold, by node
  Memories memories_, next_memories_;
  Cuts cuts_;
  std::vector<const Wire*> starting_;  // while first values are found: the wires on the way
};

/// A component that can also be interpreted.
class Interpretable : public Component {
 public:
  using Component::Component;
  virtual void interpret(const std::string& method, float dt, Values& values) = 0;
};

/// A circuit of random components, wires and one process, "p": a chain, or a command.
struct RandomCircuit {
  explicit RandomCircuit(Tape& tape, bool chain = true);

  std::unique_ptr<Context> context;
  Process* process = nullptr;
  int batch = 1;
};

/// The plan's method calls, in its order, in the interpreter; then what brings delayed values
/// forward.
void interpret_methods(Process& process, float dt, Values& values);
void end_interpreted_step(Process& process, Values& values);

}  // namespace plexus::test
