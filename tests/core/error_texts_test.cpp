// Every error of a build names the circuit, the component, the compartment or step, and what to do
// (A20).

#include <type_traits>
#include <utility>

#include <gmock/gmock.h>

#include "plexus/core/eigen.h"
#include "plexus/core/log.h"
#include "plexus/core/parameters.h"
#include "plexus/plexus.h"
#include "tests/support/components.h"
#include "tests/support/error_of.h"

namespace plexus::test {
namespace {

/// A small circuit to make mistakes in.
struct Bench {
  Context circuit{"v1", {.seed = 1}};
  Src& a = circuit.add<Src>("a", {});
  Src& wide = circuit.add<Src>("wide", {.n_units = 4});
  Src& batch = circuit.add<Src>("batch", {.batch_size = 2});
  Snk& b = circuit.add<Snk>("b", {});
  SnkU& u = circuit.add<SnkU>("u", {});
  Cable& W = circuit.add<Cable>("W", {.n_pre = 4, .n_post = 2});
  Cable& E = circuit.add<Cable>("E", {.n_pre = 2, .n_post = 4});
};

struct Mistake {
  const char* name;
  void (*make)(Bench&);
  const char* text;  // all of it
};

void PrintTo(const Mistake& m, std::ostream* out) {
  *out << m.name;
}

const Mistake kMistakes[] = {
    // wires (section 3.1, D15, D17)
    {"NumberAsSource", [](Bench& t) { Expression(5.0F) >> t.b.in; },
     "v1: 5 is a number, and no source of a wire\n  set the compartment to it instead"},
    {"UnknownCompartmentByName", [](Bench& t) { t.circuit.compartment("a.xx") >> t.b.in; },
     "v1: Src 'a' has no compartment 'xx'\n  did you mean 'x'?"},
    {"UnknownComponentByName", [](Bench& t) { t.circuit.compartment("aa.x") >> t.b.in; },
     "v1: v1 has no component 'aa'\n  did you mean 'a'?"},
    {"NoCompartmentAtAll", [](Bench& t) { t.circuit.compartment("a") >> t.b.in; },
     "v1: 'a' names no compartment\n  write COMPONENT.COMPARTMENT"},
    {"SecondWire",
     [](Bench& t) {
       t.a.x >> t.b.in;
       t.a.y >> t.b.in;
     },
     "v1: b.in is wired already, from a.x\n  to add both, write one wire: a.x + a.y >> b.in"},
    {"SelfWire", [](Bench& t) { t.b.in >> t.b.in; },
     "v1: cannot wire b.in >> b.in: b.in would feed itself: b.in <- b.in\n"
     "  leave it out: unwired, a compartment keeps its own value"},
    {"OperatorLoop", [](Bench& t) { (t.b.in + t.a.x) >> t.b.in; },
     "v1: cannot wire b.in + a.x >> b.in: b.in would feed itself: b.in <- b.in\n"
     "  mark the wire delayed, so that it gives the value of the step before"},
    {"OtherWidth", [](Bench& t) { t.wide.x >> t.b.in; },
     "v1: cannot wire wide.x (1, 4) >> b.in (1, 1): the widths differ\n"
     "  give both the same number of units, or Slice or Concatenate"},
    {"OtherBatch", [](Bench& t) { t.batch.x >> t.b.in; },
     "v1: cannot wire batch.x (2, 1) >> b.in (1, 1): the batch sizes differ\n  give both the same "
     "batch_size"},
    {"Transposed", [](Bench& t) { t.W.weights >> t.E.weights; },
     "v1: cannot wire W.weights (4, 2) >> E.weights (2, 4): the shapes differ\n"
     "  the array looks transposed: transpose(W.weights) >> E.weights"},
    {"OtherType", [](Bench& t) { t.a.key >> t.b.in; },
     "v1: cannot wire a.key (uint32) >> b.in (float32): the types differ\n  wire compartments of "
     "one type"},
    // values (D26)
    {"SetOfAWiredOne",
     [](Bench& t) {
       t.a.x >> t.b.in;
       t.b.in.set(1);
     },
     "v1: b.in.set: it is wired from a.x, and so read-only\n  set a.x instead, or take the wire "
     "away"},
    {"SetOfAnotherShape", [](Bench& t) { t.W.weights.set(Array(Array::Zero(2, 4))); },
     "v1: W.weights.set: got (2, 4), expected (4, 2) = (n_pre, n_post)\n  the array looks "
     "transposed"},
    {"NoSingleValue", [](Bench& t) { static_cast<void>(t.wide.x.scalar()); },
     "v1: wide.x.scalar: it holds 4 values\n  values() gives them all"},
    // names (D14, D18)
    {"NameTaken", [](Bench& t) { t.circuit.add<Src>("a", {}); },
     "v1:a exists already: it is a component (Src)\n  give the new one another name, or remove the "
     "old one first"},
    {"IllFormedName", [](Bench& t) { t.circuit.add<Src>("1:x", {}); },
     "v1: '1:x' is no name for a component\n  use letters, digits and _, without a leading digit"},
    {"EmptyName", [](Bench& t) { t.circuit.add<Src>("", {}); },
     "v1: '' is no name for a component\n  use letters, digits and _, without a leading digit"},
    {"ProcessNameTaken",
     [](Bench& t) {
       t.circuit.process("p");
       t.circuit.command("p");
     },
     "v1: v1 has a process or command 'p' already\n  give the command another name"},
    // parameters (D21)
    {"ParameterOutOfRange", [](Bench& t) { t.circuit.add<Src>("c", {.n_units = 0}); },
     "v1: c.n_units is 0; expected an integer > 0\n  it is the number of units"},
    {"ParameterMissing",
     [](Bench& t) {
       t.circuit.add<BCMSynapse>("c", {.shape = {2, 2}, .tau_w = 40});
     },
     "v1: BCMSynapse 'c' lacks the required parameter 'tau_theta'\n"
     "  add e.g. `tau_theta: 20.0` (ms): the time constant of the threshold θ"},
    // steps and keywords (section 8.4, D1, D16, D19)
    {"MissingKeyword", [](Bench& t) { t.circuit.process("p").then(t.a.advance).run(); },
     "v1: process 'p' needs the keyword 'dt', which a.advance takes\n  run it with e.g. {.dt = 1}"},
    {"MissingKeywordOfPacking",
     [](Bench& t) {
       static_cast<void>(t.circuit.process("p").then(t.a.advance).pack_keywords({}));
     },
     "v1: process 'p' needs the keyword 'dt', which a.advance takes\n  pack it too: {\"dt\", …}"},
    {"FunctionWithoutSeed",
     [](Bench& t) {
       static_cast<void>(
           t.circuit.process("p").then(t.a.advance).pack_keywords({{"dt", [](std::int64_t) {
                                                                      return 1.0F;
                                                                    }}}));
     },
     "v1: process 'p': the keyword 'dt' is a function, but no seed is given\n"
     "  give a seed, which the function is called with"},
    {"RowOfAnotherLength",
     [](Bench& t) {
       t.circuit.process("p").then(t.a.advance).scan(KeywordRows{{1, 2}});
     },
     "v1: process 'p': a row of 2 keyword values, expected 1 (dt)\n  pack rows by name with "
     "pack_rows"},
    {"WriteToAWiredOne",
     [](Bench& t) {
       t.a.x >> t.u.in;
       t.circuit.process("p").then(t.u.reset).run();
     },
     "v1: u.reset writes u.in, which is wired from a.x\n  drop the wire, or leave u.reset out of "
     "'p'"},
    {"UpdateOfAWiredOne",
     [](Bench& t) {
       transpose(t.E.weights) >> t.W.weights;
       t.circuit.process("p").then(t.W.learn).run({.dt = 1});
     },
     "v1: W.learn updates W.weights, which is wired from transpose(E.weights)\n"
     "  drop the wire, or leave W.learn out of 'p'"},
    {"ProcessInItself",
     [](Bench& t) {
       auto& p = t.circuit.process("p");
       p >> p;
     },
     "v1: process 'p' would contain itself through 'p'\n  join it to another process"},
    {"UnknownMethod",
     [](Bench& t) { t.circuit.process("p").then(t.circuit.component("a").method("advanse")); },
     "v1: Src 'a' has no method 'advanse'\n  did you mean 'advance'?"},
    {"CommandOfNothing", [](Bench& t) { t.circuit.command("evolve").run(); },
     "v1: command 'evolve': no component has a method 'evolve'\n  known are: advance, reset, "
     "learn"},
    {"SnapshotOfAnotherLayout",
     [](Bench& t) {
       const Snapshot s = t.circuit.snapshot();
       t.circuit.remove("W");
       t.circuit.restore(s);
     },
     "v1: the snapshot is of another layout: components, wires or the batch size have changed "
     "since\n"
     "  take the snapshot after building, or use values() and merge()"},
};

// What the compiler refuses needs no text: wires out of nothing, into expressions, or in a chain.
template <class From, class To>
concept Wires = requires(From from, To to) {
  from >> to;
};
static_assert(Wires<Compartment&, Compartment&>);
static_assert(Wires<Expression, Compartment&>);
static_assert(!Wires<Compartment&, Expression>);
static_assert(!Wires<Expression, Expression>);
static_assert(!Wires<const char*, Compartment&>);
static_assert(
    std::is_void_v<decltype(std::declval<Compartment&>() >> std::declval<Compartment&>())>);

class ErrorTexts : public testing::TestWithParam<Mistake> {};

TEST_P(ErrorTexts, NamePlaceProblemAndRemedy) {
  const LogLevel before = set_log_level(LogLevel::error);
  Bench bench;
  EXPECT_EQ(error_of([&] { GetParam().make(bench); }), GetParam().text);
  set_log_level(before);
}
INSTANTIATE_TEST_SUITE_P(Mistakes, ErrorTexts, testing::ValuesIn(kMistakes),
                         [](const auto& mistake) { return std::string(mistake.param.name); });

}  // namespace
}  // namespace plexus::test
