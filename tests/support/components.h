#pragma once

// Small components whose numbers can be checked by hand: those of the reference runtime's
// conformance vectors, and one for each way in which a method can be declared.

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

#include "plexus/compilers/compilers.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "plexus/core/kernels/text.h"

namespace plexus::test {

/// Src(v, gain): x = v, y = 0; advance(dt): x += dt gain; reset: x = 0.
class Src final : public Component {
 public:
  static constexpr std::string_view type_name = "Src";
  static constexpr std::string_view family = "test";
  static constexpr std::string_view about = "Source: x grows by its gain.";

  struct Params {
    float v = 1;
    float gain = 2;
    int n_units = 1;
    int batch_size = 1;
    void describe(Parameters& d) {
      d("v", v, "first value of x");
      d("gain", gain, "growth of x", unit::mV);
      d("n_units", n_units, "number of units", positive);
      d("batch_size", batch_size, "number of samples side by side", positive);
    }
  };
  Src(const Setup& setup, const Params& p) : Component(setup), p_(p) { x.set(p.v); }
  void prepare(const Step& step) override { k_ = {step.dt, p_.gain}; }

 private:
  Params p_;
  struct Constants {
    float dt, gain;
  } k_{};
  struct Grow {
    static void at(const Constants& k, auto& x) { x += k.dt * k.gain; }
  };

 public:
  const Dim n{p_.n_units, "n"};
  Compartment x{*this, "x", Role::state, {B, n}, "value", {.unit = "mV"}};
  Compartment y{*this, "y", Role::output, {B, n}, "never written"};
  Method advance{*this, "advance", takes("dt"), each_unit<Grow>(k_, updates(x))};
  Method reset{*this, "reset", clears(x)};
};

/// Snk(v): in = v, out = 0; advance(t, dt): out = 10 in + 0 t; reset: in = 0 unless wired, out = 0.
class SnkBase : public Component {
 public:
  struct Params {
    float v = 0;
    int n_units = 1;
    int batch_size = 1;
    void describe(Parameters& d) {
      d("v", v, "first value of in");
      d("n_units", n_units, "number of units", positive);
      d("batch_size", batch_size, "number of samples side by side", positive);
    }
  };
  SnkBase(const Setup& setup, const Params& p) : Component(setup), p_(p) { in.set(p.v); }

 protected:
  Params p_;
  struct Constants {
    float t;
  } k_{};
  struct Tenfold {
    static void at(const Constants& k, auto in, auto& out) { out = 10 * in + 0 * k.t; }
  };
  struct Zero {
    static void at(const Constants& /*k*/, auto& in, auto& out) { in = out = 0; }
  };

 public:
  const Dim n{p_.n_units, "n"};
  Compartment in{*this, "in", Role::input, {B, n}, "input"};
  Compartment out{*this, "out", Role::output, {B, n}, "ten times the input"};
  Method advance{*this, "advance", takes("t", "dt"),
                 each_unit<Tenfold>(k_, reads(in), writes(out))};
};

class Snk final : public SnkBase {
 public:
  static constexpr std::string_view type_name = "Snk";
  static constexpr std::string_view family = "test";
  static constexpr std::string_view about = "Sink: ten times its input.";
  using SnkBase::SnkBase;
  Method reset{*this, "reset", clears(in, out)};
};

/// The same with a reset that would write its input even where that is wired.
class SnkU final : public SnkBase {
 public:
  static constexpr std::string_view type_name = "SnkU";
  static constexpr std::string_view family = "test";
  static constexpr std::string_view about = "Sink with an unguarded reset.";
  using SnkBase::SnkBase;
  Method reset{*this, "reset", each_unit<Zero>(k_, writes(in, out))};
};

/// A relay of any width: advance: out = in; `relax` reads in and keeps a sum.
class Relay final : public Component {
 public:
  static constexpr std::string_view type_name = "Relay";
  static constexpr std::string_view family = "test";
  static constexpr std::string_view about = "Relay: hands its input on.";
  struct Params {
    int n_units = 1;
    int batch_size = 1;
    void describe(Parameters& d) {
      d("n_units", n_units, "number of units", positive);
      d("batch_size", batch_size, "number of samples side by side", positive);
    }
  };
  Relay(const Setup& setup, const Params& p) : Component(setup), p_(p) {}

 private:
  Params p_;
  struct Constants {
  } k_{};
  struct Copy {
    static void at(const Constants& /*k*/, auto in, auto& out) { out = in; }
  };
  struct Add {
    static void at(const Constants& /*k*/, auto in, auto& sum) { sum += in; }
  };

 public:
  const Dim n{p_.n_units, "n"};
  Compartment in{*this, "in", Role::input, {B, n}, "input"};
  Compartment out{*this, "out", Role::output, {B, n}, "the input"};
  Compartment sum{*this, "sum", Role::state, {B, n}, "what has come in"};
  Method advance{*this, "advance", each_unit<Copy>(k_, reads(in), writes(out))};
  Method relax{*this, "relax", each_unit<Add>(k_, reads(in), updates(sum))};
  Method reset{*this, "reset", clears(in, out, sum)};
};

/// A synapse: transmit: outputs = inputs W; learn(dt, eta = 0.5): W += dt eta Σ pre post, looked at
/// in dW.
class Cable final : public Component {
 public:
  static constexpr std::string_view type_name = "Cable";
  static constexpr std::string_view family = "test";
  static constexpr std::string_view about = "Cable with a Hebbian rule.";
  struct Params {
    int n_pre = 1, n_post = 1;
    int batch_size = 1;
    float weight = 1;
    void describe(Parameters& d) {
      d("n_pre", n_pre, "number of inputs", positive);
      d("n_post", n_post, "number of outputs", positive);
      d("batch_size", batch_size, "number of samples side by side", positive);
      d("weight", weight, "first value of all weights");
    }
  };
  Cable(const Setup& setup, const Params& p) : Component(setup), p_(p) { weights.set(p.weight); }
  void prepare(const Step& step) override { k_ = {step.dt, step["eta"]}; }

 private:
  Params p_;
  struct Constants {
    float dt, eta;
  } k_{};
  struct Rule {
    static void at(const Constants& k, auto hebb, auto& W, auto& dW) {
      dW = hebb;
      W += k.dt * k.eta * dW;
    }
  };

 public:
  const Dim n_pre{p_.n_pre, "n_pre"};
  const Dim n_post{p_.n_post, "n_post"};
  Compartment inputs{*this, "inputs", Role::input, {B, n_pre}, "signals"};
  Compartment outputs{*this, "outputs", Role::output, {B, n_post}, "weighted sums"};
  Compartment pre{*this, "pre", Role::input, {B, n_pre}, "statistic of the inputs"};
  Compartment post{*this, "post", Role::input, {B, n_post}, "statistic of the outputs"};
  Compartment weights{*this, "weights", Role::state, {n_pre, n_post}, "efficacies W"};
  Compartment dW{*this, "dW", Role::output, {n_pre, n_post}, "the last Hebbian term"};
  Method advance{*this, "advance", product(inputs, weights, outputs)};
  Method learn{*this, "learn", takes("dt", keyword("eta", 0.5F)),
               each_synapse<Rule>(k_, outer(pre, post), updates(weights), looks(dW))};
  Method reset{*this, "reset", clears(inputs, outputs, pre, post, dW)};
};

/// A component of one input and one state whose single method does what a test says.
template <class Behaviour>
class Probe final : public Component {
 public:
  static constexpr std::string_view type_name = "Probe";
  static constexpr std::string_view family = "test";
  static constexpr std::string_view about = "A component for one test.";
  struct Params {
    int n_units = 2;
    int batch_size = 1;
    void describe(Parameters& d) {
      d("n_units", n_units, "number of units", positive);
      d("batch_size", batch_size, "number of samples side by side", positive);
    }
  };
  Probe(const Setup& setup, const Params& p) : Component(setup), p_(p) {}

 private:
  Params p_;
  void work(const Step& step) { Behaviour::work(*this, step); }

 public:
  const Dim n{p_.n_units, "n"};
  Compartment in{*this, "in", Role::input, {B, n}, "input"};
  Compartment a{*this, "a", Role::state, {B, n}, "a value"};
  Compartment b{*this, "b", Role::state, {B, n}, "another"};
  Method advance{*this, "advance", takes("dt"), Behaviour::template declare<&Probe::work>(*this)};
};

/// A cell that owns another: sub-components are components too.
class Owner final : public Component {
 public:
  static constexpr std::string_view type_name = "Owner";
  static constexpr std::string_view family = "test";
  static constexpr std::string_view about = "A component with a part.";
  struct Params {
    float gain = 2;
    void describe(Parameters& d) { d("gain", gain, "gain of the part"); }
  };
  Owner(const Setup& setup, const Params& p) : Component(setup), p_(p) { inner->x >> seen; }

 private:
  Params p_;
  struct Constants {
  } k_{};
  struct Copy {
    static void at(const Constants& /*k*/, auto seen, auto& copy) { copy = seen; }
  };

 public:
  std::unique_ptr<Src> inner =
      make_part<Src>("inner", {.v = 1, .gain = p_.gain}, split_at(key.key(), 7));
  Compartment seen{*this, "seen", Role::input, {B, 1}, "what the part shows"};
  Compartment copy{*this, "copy", Role::output, {B, 1}, "a copy of it"};
  Method advance{*this, "advance", extends(inner->advance), extends(inner->advance),
                 each_unit<Copy>(k_, reads(seen), writes(copy))};
  Method reset{*this, "reset", extends(inner->reset), clears(seen, copy)};
};

/// Draws one uniform number a unit in each step.
class Dice final : public Component {
 public:
  static constexpr std::string_view type_name = "Dice";
  static constexpr std::string_view family = "test";
  static constexpr std::string_view about = "Uniform numbers.";
  struct Params {
    int n_units = 3;
    int batch_size = 1;
    void describe(Parameters& d) {
      d("n_units", n_units, "number of units", positive);
      d("batch_size", batch_size, "number of samples side by side", positive);
    }
  };
  Dice(const Setup& setup, const Params& p) : Component(setup), p_(p) {}

 private:
  Params p_;
  struct Constants {
  } k_{};
  struct Draw {
    static void at(const Constants& /*k*/, auto u, auto& x) { x = u; }
  };

 public:
  const Dim n{p_.n_units, "n"};
  Compartment x{*this, "x", Role::output, {B, n}, "uniform numbers"};
  Method advance{*this, "advance", each_unit<Draw>(k_, draws(key), writes(x))};
  Method reset{*this, "reset", clears(x)};
};

/// The values of a compartment as a vector, for comparisons.
inline std::vector<float> floats(const Compartment& c) {
  const auto values = c.values();
  return {values.begin(), values.end()};
}
inline std::vector<float> floats(const Tensor& t) {
  const auto values = t.floats();
  return {values.begin(), values.end()};
}

}  // namespace plexus::test
