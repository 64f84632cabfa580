#include "tests/support/random_circuit.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "plexus/core/flush.h"
#include "plexus/core/kernels/text.h"
#include "plexus/core/random/draws.h"
#include "plexus/core/random/key.h"
#include "plexus/core/random/samplers.h"

namespace plexus::test {
namespace {

float bounded(float x) {
  return x / (1 + std::fabs(x));
}

// ---- components ---------------------------------------------------------------------------------

/// Units with one of several texts; some draw, some look, some take means over the batch, some work
/// as a whole.
class Units final : public Interpretable {
 public:
  static constexpr std::string_view type_name = "Units";
  static constexpr std::string_view family = "test";
  static constexpr std::string_view about = "Random units.";
  static constexpr int kTexts = 4;
  struct Params {
    int n_units = 2, batch_size = 1, text = 0, extra = 0;
    float start = 0;
    bool shared_bias = false;
    void describe(Parameters& d) {
      d("n_units", n_units, "units");
      d("batch_size", batch_size, "samples");
      d("text", text, "which equation");
      d("extra", extra, "second stage: 0 none, 1 draws, 2 mean, 3 whole");
      d("start", start, "first state");
      d("shared_bias", shared_bias, "one bias for all units");
    }
  };
  Units(const Setup& setup, const Params& p) : Interpretable(setup), p_(p) {
    s.set(p.start);
    bias.set(0.25F);
  }
  void prepare(const Step& step) override { k_ = {step.dt}; }

  void interpret(const std::string& method, float dt, Values& values) override {
    if (method == "relax") {
      const auto x = values.read(a);
      auto& sum = values.of(s);
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] = bounded(sum[i] + dt * x[i]);
      return;
    }
    const auto va = values.read(a), vb = values.read(b), vbias = values.of(bias);
    auto &vs = values.of(s), &vo = values.of(o), &vl = values.of(l);
    const auto B_ = static_cast<std::size_t>(batch_size()),
               N = static_cast<std::size_t>(p_.n_units);
    for (std::size_t r = 0; r < B_; ++r)
      for (std::size_t j = 0; j < N; ++j) {
        const std::size_t i = r * N + j;
        const float c = vbias.size() == 1 ? vbias[0] : vbias[j];
        equation(p_.text, dt, va[i], vb[i], c, vs[i], vo[i], vl[i]);
      }
    if (p_.extra == 1) {
      auto& word = values.of(key);
      const Key before{std::bit_cast<std::uint32_t>(word[0]),
                       std::bit_cast<std::uint32_t>(word[1])};
      const auto [next, sub] = split(before);
      word = {std::bit_cast<float>(next.k0), std::bit_cast<float>(next.k1)};
      for (std::size_t i = 0; i < vo.size(); ++i) vo[i] = uniform_at(sub, i) < 0.5F ? vo[i] : 0.0F;
    } else if (p_.extra == 2) {
      const auto& x = va;  // wires give what held when the method began
      for (std::size_t j = 0; j < N; ++j) {
        float first = 0, second = 0;
        for (std::size_t r = 0; r < B_; ++r) {
          const float y = x[r * N + j];
          first = B_ == 1 ? y * y : first + y * y;
          second = B_ == 1 ? y : second + y;
        }
        first /= static_cast<float>(B_);
        second /= static_cast<float>(B_);
        for (std::size_t r = 0; r < B_; ++r) {
          vs[r * N + j] = bounded(vs[r * N + j] + (first - vs[r * N + j]) * dt);
          vo[r * N + j] = second;
        }
      }
    } else if (p_.extra == 3) {
      const auto& x = va;
      for (std::size_t i = 0; i < vo.size(); ++i) vo[i] = bounded(x[x.size() - 1 - i] - vo[i]);
    }
  }

 private:
  Params p_;
  struct Constants {
    float dt;
  } k_{};

  static void equation(int text, float dt, float a, float b, float c, float& s, float& o,
                       float& l) {
    switch (text) {
      case 0: Text::at(Constants{dt}, std::integral_constant<int, 0>{}, a, b, c, s, o, l); break;
      case 1: Text::at(Constants{dt}, std::integral_constant<int, 1>{}, a, b, c, s, o, l); break;
      case 2: Text::at(Constants{dt}, std::integral_constant<int, 2>{}, a, b, c, s, o, l); break;
      default: Text::at(Constants{dt}, std::integral_constant<int, 3>{}, a, b, c, s, o, l); break;
    }
  }
  struct Text {
    static void at(const Constants& k, auto which, auto a, auto b, auto c, auto& s, auto& o,
                   auto& l) {
      if constexpr (which == 0) {
        s += k.dt * (a - s);
        o = s + b;
      } else if constexpr (which == 1) {
        o = a * b + c;
        s = s * 0.5F + o;
      } else if constexpr (which == 2) {
        o = a > b ? s : c;
        s += o * k.dt;
      } else {
        o = c - a;
        s = o * o - b;
      }
      o = o / (1 + (o < 0 ? -o : o));
      s = s / (1 + (s < 0 ? -s : s));
      l = o * s;
    }
  };
  struct Thin {
    static void at(const Constants& /*k*/, auto u, auto& o) { o = u < 0.5F ? o : 0.0F; }
  };
  struct Average {
    static void at(const Constants& k, auto mean, auto a, auto& s, auto& o) {
      s = s + (mean(a * a) - s) * k.dt;
      s = s / (1 + (s < 0 ? -s : s));
      o = mean(a);
    }
  };
  struct Relax {
    static void at(const Constants& k, auto a, auto& s) {
      s = s + k.dt * a;
      s = s / (1 + (s < 0 ? -s : s));
    }
  };
  void reverse(const Step& /*step*/) {
    const auto x = a.values();
    auto out = o.own_values();
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = bounded(x[x.size() - 1 - i] - out[i]);
  }
  std::vector<Stage> stages() {
    std::vector<Stage> all{each_unit<Text>(k_, choose<kTexts>(p_.text), reads(a, b, bias),
                                           updates(s), writes(o), looks(l))};
    if (p_.extra == 1) all.push_back(each_unit<Thin>(k_, draws(key), updates(o)));
    if (p_.extra == 2) all.push_back(each_post<Average>(k_, reads(a), updates(s), writes(o)));
    if (p_.extra == 3) all.push_back(whole<&Units::reverse>(reads(a), updates(o)));
    return all;
  }

 public:
  const Dim n{p_.n_units, "n"};
  Compartment a{*this, "a", Role::input, {B, n}, "input"};
  Compartment b{*this, "b", Role::input, {B, n}, "input"};
  Compartment bias{*this, "bias", Role::parameter, p_.shared_bias ? Dims{1, 1} : Dims{1, n},
                   "bias"};
  Compartment s{*this, "s", Role::state, {B, n}, "state"};
  Compartment o{*this, "o", Role::output, {B, n}, "output"};
  Compartment l{*this, "l", Role::output, {B, n}, "look"};
  Method advance{*this, "advance", takes("dt"), stages()};
  Method relax{*this, "relax", takes("dt"), each_unit<Relax>(k_, reads(a), updates(s))};
};

/// A square synapse: forward or transposed product, and a rule over one or two outer products.
class Synapse final : public Interpretable {
 public:
  static constexpr std::string_view type_name = "Synapse";
  static constexpr std::string_view family = "test";
  static constexpr std::string_view about = "Random synapse.";
  struct Params {
    int n_units = 2, batch_size = 1, form = 0, rule = 0;
    float weight = 0.5;
    void describe(Parameters& d) {
      d("n_units", n_units, "units");
      d("batch_size", batch_size, "samples");
      d("form", form, "0 product, 1 transposed, 2 masked");
      d("rule", rule, "0 plain, 1 two outer products, 2 scaled, 3 shifted");
      d("weight", weight, "weights about this");
    }
  };
  Synapse(const Setup& setup, const Params& p) : Interpretable(setup), p_(p) {
    auto W = weights.own_values(), m = mask.own_values();
    for (std::size_t i = 0; i < W.size(); ++i) {
      W[i] = p.weight + static_cast<float>(i % 5) * 0.125F;
      m[i] = i % 3 == 1 ? 0.0F : 1.0F;
    }
  }
  void prepare(const Step& step) override { k_ = {step.dt}; }

  void interpret(const std::string& method, float dt, Values& values) override {
    const auto B_ = static_cast<std::size_t>(batch_size()),
               N = static_cast<std::size_t>(p_.n_units);
    if (method == "advance") {
      const auto x = values.read(inputs), W = values.read(weights);
      const auto& m = values.of(mask);
      auto& y = values.of(outputs);
      for (std::size_t r = 0; r < B_; ++r)
        for (std::size_t j = 0; j < N; ++j) {
          float sum = 0;
          for (std::size_t i = 0; i < N; ++i) {
            const float w = p_.form == 1 ? W[j * N + i] : W[i * N + j];
            sum = std::fma(x[r * N + i], p_.form == 2 ? w * m[i * N + j] : w, sum);
          }
          y[r * N + j] = sum + 0.0F;
        }
      return;
    }
    const auto x = values.read(pre), y = values.read(post), z = values.read(inputs);
    auto &W = values.of(weights), &looked = values.of(dW);
    for (std::size_t i = 0; i < N; ++i)
      for (std::size_t j = 0; j < N; ++j) {
        const auto sum = [&](const std::vector<float>& u, const std::vector<float>& v) {
          float total = 0;
          for (std::size_t r = 0; r < B_; ++r) {
            float factor = u[r * N + i];
            if (p_.rule == 2) factor = factor * 0.5F + 0;
            if (p_.rule == 3) factor = factor * 1 + -0.25F;
            total = B_ == 1 ? factor * v[r * N + j] : std::fma(factor, v[r * N + j], total);
          }
          return total;
        };
        const float first = sum(x, y), second = p_.rule == 1 ? sum(z, y) : 0;
        rule(dt, first, second, W[i * N + j], looked[i * N + j]);
      }
  }

 private:
  Params p_;
  struct Constants {
    float dt;
  } k_{};
  static void rule(float dt, float first, float second, float& W, float& dW) {
    dW = first - second;
    W += dt * dW;
    W = W / (1 + (W < 0 ? -W : W));
  }
  struct One {
    static void at(const Constants& k, auto hebb, auto& W, auto& dW) {
      dW = hebb - 0;
      W += k.dt * dW;
      W = W / (1 + (W < 0 ? -W : W));
    }
  };
  struct Two {
    static void at(const Constants& k, auto first, auto second, auto& W, auto& dW) {
      dW = first - second;
      W += k.dt * dW;
      W = W / (1 + (W < 0 ? -W : W));
    }
  };
  Stage forward() {
    if (p_.form == 1) return product_transposed(inputs, weights, outputs);
    if (p_.form == 2) return product(inputs, weights, mask, outputs);
    return product(inputs, weights, outputs);
  }
  Stage learning() {
    if (p_.rule == 1)
      return each_synapse<Two>(k_, outer(pre, post), outer(inputs, post), updates(weights),
                               looks(dW));
    const Factor x = p_.rule == 2   ? scaled(pre, 0.5F)
                     : p_.rule == 3 ? shifted(pre, -0.25F)
                                    : Factor(pre);
    return each_synapse<One>(k_, outer(x, post), updates(weights), looks(dW));
  }

 public:
  const Dim n{p_.n_units, "n"};
  Compartment inputs{*this, "inputs", Role::input, {B, n}, "inputs"};
  Compartment outputs{*this, "outputs", Role::output, {B, n}, "outputs"};
  Compartment pre{*this, "pre", Role::input, {B, n}, "pre"};
  Compartment post{*this, "post", Role::input, {B, n}, "post"};
  Compartment weights{*this, "weights", Role::state, {n, n}, "W"};
  Compartment mask{*this, "mask", Role::parameter, {n, n}, "mask"};
  Compartment dW{*this, "dW", Role::output, {n, n}, "look"};
  Method advance{*this, "advance", forward()};
  Method learn{*this, "learn", takes("dt"), learning()};
};

}  // namespace

// ---- the circuit --------------------------------------------------------------------------------

namespace {

Expression random_expression(Tape& tape, const std::vector<Compartment*>& sources, int width,
                             int depth) {
  const auto source = [&]() -> Expression {
    return *sources[static_cast<std::size_t>(tape.below(static_cast<int>(sources.size())))];
  };
  const auto operand = [&]() -> Expression {
    return depth > 0 && tape.chance(40) ? random_expression(tape, sources, width, depth - 1)
                                        : source();
  };
  const auto number = [&] { return static_cast<double>(tape.number()); };
  switch (tape.below(14)) {
    case 1: return operand() + operand();
    case 2: return operand() * operand();
    case 3: return -operand();
    case 4: return operand() - operand();
    case 5: return apply("Scale", {operand()}, {number()});
    case 6: return apply("Affine", {operand()}, {number(), number()});
    case 7: return apply("Mean", {operand(), operand(), operand()});
    case 8: return apply("Max", {operand(), operand()});
    case 9: return apply("Clip", {operand()}, {-0.25, 0.25});
    case 10: return apply("Delay", {operand()}, {static_cast<double>(1 + tape.below(3))});
    case 11: return apply("Hold", {operand(), apply("Max", {operand(), Expression(0.0F)})});
    case 12: {
      if (width < 2) return source();
      const double k = 1 + tape.below(width - 1);
      return apply("Concatenate", {apply("Slice", {operand()}, {0, k}),
                                   apply("Slice", {operand()}, {k, width - k})});
    }
    case 13: return Expression(tape.number()) + operand() + Expression(0.5F);
    default: return source();
  }
}

}  // namespace

RandomCircuit::RandomCircuit(Tape& tape, bool chain) {
  context = std::make_unique<Context>("r", Context::Options{.seed = 11});
  batch = 1 + tape.below(3);
  const int width = 1 + tape.below(4);
  std::vector<Compartment*> sources, destinations;
  std::vector<Synapse*> synapses;
  std::vector<Method*> methods;
  const int count = 1 + tape.below(5);
  for (int i = 0; i < count; ++i) {
    const std::string name = "c" + std::to_string(i);
    if (tape.chance(40)) {
      auto& w = context->add<Synapse>(name, {.n_units = width,
                                             .batch_size = batch,
                                             .form = tape.below(3),
                                             .rule = tape.below(4),
                                             .weight = tape.number()});
      synapses.push_back(&w);
      for (Compartment* c : {&w.inputs, &w.pre, &w.post}) destinations.push_back(c);
      sources.push_back(&w.outputs);
      methods.push_back(&w.advance);
      methods.push_back(&w.learn);
    } else {
      auto& u = context->add<Units>(name, {.n_units = width,
                                           .batch_size = batch,
                                           .text = tape.below(Units::kTexts),
                                           .extra = tape.below(4),
                                           .start = tape.number(),
                                           .shared_bias = tape.chance(30)});
      for (Compartment* c : {&u.a, &u.b}) destinations.push_back(c);
      for (Compartment* c : {&u.s, &u.o, &u.l}) sources.push_back(c);
      methods.push_back(&u.advance);
      if (chain) methods.push_back(&u.relax);
    }
  }
  for (Compartment* c : destinations) {
    c->set(tape.number());
    if (tape.chance(25)) sources.push_back(c);  // input to input
  }
  for (Compartment* to : destinations) {
    if (!tape.chance(75)) continue;
    const Expression from = random_expression(tape, sources, width, 2);
    try {
      context->wire(from, *to, {.delayed = tape.chance(20)});
    } catch (const Error& error) {
      if (error.kind() != Error::Kind::wiring) throw;  // it would feed itself
    }
  }
  if (synapses.size() > 1 && tape.chance(40)) {  // tied weights
    Synapse &from = *synapses[0], &to = *synapses[1];
    std::erase(methods, &to.learn);
    if (tape.chance(50))
      transpose(from.weights) >> to.weights;
    else
      from.weights >> to.weights;
  }
  if (chain) {
    process = &context->process("p");
    const int calls = 1 + tape.below(8);
    for (int i = 0; i < calls; ++i)
      process->then(
          *methods[static_cast<std::size_t>(tape.below(static_cast<int>(methods.size())))]);
    if (tape.chance(15)) process->synchronous();
  } else {
    process = &context->command("p", {.methods = {"advance"}});
  }
  int watched = 0;
  for (const auto& component : context->components())
    for (Compartment* c : component->compartments())
      if (tape.chance(30)) process->watch(*c, {.every = 1 + tape.below(2)});
  if (tape.chance(40))
    process->watch(random_expression(tape, sources, width, 1),
                   {.name = "probe" + std::to_string(watched++)});
}

// ---- the interpreter ----------------------------------------------------------------------------

Values::Values(const Context& circuit, Cuts cuts) : cuts_(std::move(cuts)) {
  for (const auto& component : circuit.components())
    for (Compartment* c : component->compartments()) {
      const auto words = c->own_words();
      auto& values = own_[c];
      for (const std::uint32_t word : words) values.push_back(std::bit_cast<float>(word));
    }
  for (const auto* list : {&circuit.wires(), &circuit.probes()})
    for (const auto& wire : *list) clear_memories(wire->source, *wire, 0);
  // A delayed value is at first the source's first one, which may itself come over late wires;
  // where those are a loop, a destination's own.
  std::map<const Wire*, std::vector<float>> first;
  for (const auto& wire : circuit.wires()) {
    if (!late(*wire)) continue;
    starting_ = {wire.get()};
    first[wire.get()] = source_value(*wire);
  }
  starting_.clear();
  delays_ = std::move(first);
}

std::vector<float> Values::look(const Watch& watch) {
  return watch.compartment != nullptr ? read(*watch.compartment) : source_value(*watch.probe);
}

bool Values::late(const Wire& wire) const {
  return wire.delayed || std::ranges::find(cuts_, &wire) != cuts_.end();
}

std::vector<float> Values::source_value(const Wire& wire) {
  return evaluate(wire.source, wire, 0).values;
}

std::vector<float> Values::read(const Compartment& c) {
  const Wire* wire = c.wire();
  if (wire == nullptr) return own_.at(&c);
  if (starting_.empty()) return late(*wire) ? delays_.at(wire) : source_value(*wire);
  if (std::ranges::find(starting_, wire) != starting_.end()) return own_.at(&c);
  starting_.push_back(wire);
  auto value = source_value(*wire);
  starting_.pop_back();
  return value;
}

namespace {

int nodes_of(const Expression& e) {
  int count = 1;
  for (const Expression& operand : e.operands()) count += nodes_of(operand);
  return count;
}

}  // namespace

/// The operators of an expression are numbered from the left, each before its operands.
Values::Array Values::evaluate(const Expression& e, const Wire& wire, const int node) {
  if (const Compartment* c = e.compartment()) return {c->shape(), read(*c)};
  if (e.type() == nullptr) return {Shape{}, {e.number()}};
  if (e.type()->name == "Delay") {
    const Shape& shape =
        wire.shape;  // operators here keep it, but for parts that are put together again
    const auto& line = memories_[{&wire, node}];
    Array out{shape, line};
    out.shape[1] = static_cast<std::int64_t>(line.size()) /
                   (shape[0] * static_cast<std::int64_t>(e.arguments()[0]));
    out.values.resize(out.shape.size());
    return out;
  }
  std::vector<Array> in;
  int next = node + 1;
  for (const Expression& operand : e.operands()) {
    in.push_back(evaluate(operand, wire, next));
    next += nodes_of(operand);
  }
  Array out = in[0];
  for (const Array& x : in)
    if (x.values.size() > out.values.size()) out.shape = x.shape;
  const std::size_t size = out.shape.size();
  const auto at = [&](const Array& x, std::size_t i) {
    return x.values[x.values.size() == 1 ? 0 : i];
  };
  const auto fill = [&](auto f) {
    std::vector<float> values(size);
    for (std::size_t i = 0; i < size; ++i) values[i] = f(i);
    out.values = std::move(values);
  };
  const auto number = [&](std::size_t i) { return static_cast<float>(e.arguments()[i]); };
  const std::string& name = e.type()->name;
  if (name == "Summation" || name == "Product" || name == "Max" || name == "Mean") {
    fill([&](std::size_t i) {
      float total = at(in[0], i);
      for (std::size_t k = 1; k < in.size(); ++k) {
        const float x = at(in[k], i);
        if (name == "Product")
          total = total * x;
        else if (name == "Max")
          total = x > total ? x : total;
        else
          total = total + x;
      }
      return name == "Mean" ? total / static_cast<float>(in.size()) : total;
    });
  } else if (name == "Negate") {
    fill([&](std::size_t i) { return -at(in[0], i); });
  } else if (name == "Subtract") {
    fill([&](std::size_t i) { return at(in[0], i) - at(in[1], i); });
  } else if (name == "Scale") {
    fill([&](std::size_t i) { return at(in[0], i) * number(0); });
  } else if (name == "Affine") {
    fill([&](std::size_t i) { return at(in[0], i) * number(0) + number(1); });
  } else if (name == "Clip") {
    fill([&](std::size_t i) { return std::clamp(at(in[0], i), number(0), number(1)); });
  } else if (name == "Slice") {
    const auto first = static_cast<std::int64_t>(e.arguments()[0]),
               take = static_cast<std::int64_t>(e.arguments()[1]);
    Array part{{in[0].shape[0], take}, {}};
    for (std::int64_t r = 0; r < in[0].shape[0]; ++r)
      for (std::int64_t j = first; j < first + take; ++j)
        part.values.push_back(in[0].values[static_cast<std::size_t>(r * in[0].shape[1] + j)]);
    return part;
  } else if (name == "Concatenate") {
    Array all{{in[0].shape[0], 0}, {}};
    for (std::int64_t r = 0; r < in[0].shape[0]; ++r)
      for (const Array& x : in)
        for (std::int64_t j = 0; j < x.shape[1]; ++j)
          all.values.push_back(x.values[static_cast<std::size_t>(r * x.shape[1] + j)]);
    for (const Array& x : in) all.shape[1] += x.shape[1];
    return all;
  } else if (name == "Transpose") {
    Array turned{{in[0].shape[1], in[0].shape[0]}, {}};
    for (std::int64_t j = 0; j < in[0].shape[1]; ++j)
      for (std::int64_t i = 0; i < in[0].shape[0]; ++i)
        turned.values.push_back(in[0].values[static_cast<std::size_t>(i * in[0].shape[1] + j)]);
    return turned;
  } else if (name == "Hold") {
    auto& held = memories_[{&wire, node}];
    held.resize(size);
    fill([&](std::size_t i) { return at(in[1], i) != 0 ? in[0].values[i] : held[i]; });
  }
  return out;
}

/// Zeros of the operands' size. Returns that of the whole.
std::size_t Values::clear_memories(const Expression& e, const Wire& wire, const int node) {
  if (const Compartment* c = e.compartment()) return c->shape().size();
  if (e.type() == nullptr) return 1;
  std::size_t size = 0, sum = 0;
  int next = node + 1;
  for (const Expression& operand : e.operands()) {
    const std::size_t n = clear_memories(operand, wire, next);
    size = std::max(size, n);
    sum += n;
    next += nodes_of(operand);
  }
  const std::string& name = e.type()->name;
  if (name == "Delay")
    memories_[{&wire, node}].resize(static_cast<std::size_t>(e.arguments()[0]) * size);
  if (name == "Slice") {
    const auto rows = static_cast<std::size_t>(e.operands()[0].compartments()[0]->shape()[0]);
    return rows * static_cast<std::size_t>(e.arguments()[1]);
  }
  return name == "Concatenate" ? sum : size;
}

void Values::remember(const Expression& e, const Wire& wire, const int node) {
  if (e.type() == nullptr) return;
  if (e.type()->name == "Delay") {
    auto& line = next_memories_[{&wire, node}] = memories_[{&wire, node}];
    const auto now = evaluate(e.operands()[0], wire, node + 1).values;
    line.erase(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(now.size()));
    line.insert(line.end(), now.begin(), now.end());
  } else if (e.type()->name == "Hold") {
    next_memories_[{&wire, node}] = evaluate(e, wire, node).values;
  }
  int next = node + 1;
  for (const Expression& operand : e.operands()) {
    remember(operand, wire, next);
    next += nodes_of(operand);
  }
}

void Values::end_step(const std::vector<const Wire*>& wires) {
  next_memories_.clear();
  std::map<const Wire*, std::vector<float>> delays;
  for (const Wire* wire : wires) {
    if (delays_.contains(wire)) delays[wire] = source_value(*wire);
    remember(wire->source, *wire, 0);
  }
  for (const auto& [node, memory] : next_memories_) memories_[node] = memory;
  for (const auto& [wire, values] : delays) delays_[wire] = values;
}

void interpret_methods(Process& process, float dt, Values& values) {
  for (const Method* method : process.plan().order)
    dynamic_cast<Interpretable&>(method->owner()).interpret(method->name(), dt, values);
}

void end_interpreted_step(Process& process, Values& values) {
  std::vector<const Wire*> wires;
  for (const auto* list : {&process.context().wires(), &process.context().probes()})
    for (const auto& wire : *list) wires.push_back(wire.get());
  values.end_step(wires);
}

}  // namespace plexus::test
