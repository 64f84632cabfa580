// Commands: what the dependency graph makes of methods that nobody ordered.

#include <array>
#include <numeric>
#include <optional>

#include <gmock/gmock.h>

#include "plexus/compilers/graph/dependency_graph.h"
#include "plexus/components/synapses/hebbian/bcm_synapse.h"
#include "plexus/core/log.h"
#include "tests/support/components.h"
#include "tests/support/error_of.h"
#include "tests/support/properties.h"

namespace plexus::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

class Commands : public testing::Test {
 protected:
  Commands() : before_(set_log_level(LogLevel::error)) { install_compilers(); }
  ~Commands() override { set_log_level(before_); }

  Relay& relay(const std::string& name, int n = 1) {
    return circuit_.add<Relay>(name, {.n_units = n});
  }
  static std::vector<std::string> order(Process& process) {
    std::vector<std::string> labels;
    for (const Method* m : process.plan().order) labels.push_back(m->label());
    return labels;
  }
  static std::string warnings(Process& process) {
    std::string text;
    for (const auto& warning : process.plan().warnings) text += warning.text + "\n";
    return text;
  }
  Context circuit_{"v1", {.seed = 1}};

 private:
  LogLevel before_;
};

TEST_F(Commands, RunInTheOrderOfTheGraph) {
  auto &a = relay("a"), &b = relay("b"), &c = relay("c");
  c.out >> a.in;
  b.out >> c.in;

  EXPECT_THAT(order(circuit_.command("advance")),
              ElementsAre("b.advance", "c.advance", "a.advance"));
}

TEST_F(Commands, TakeTiesInTheOrderOfDeclaration) {
  relay("late"), relay("early"), relay("middle");

  EXPECT_THAT(order(circuit_.command("advance")),
              ElementsAre("late.advance", "early.advance", "middle.advance"));
}

TEST_F(Commands, SeeThroughInputsAndOperators) {
  auto &a = relay("a"), &b = relay("b"), &c = relay("c");
  b.in >> a.in;  // a reads what b reads: c
  (c.out + Expression(1.0F)) >> b.in;

  EXPECT_THAT(order(circuit_.command("advance")),
              ElementsAre("c.advance", "a.advance", "b.advance"));
}

TEST_F(Commands, SayWhereACycleWasCutHopByHop) {
  auto& cell = relay("cell");
  auto& W = relay("W_lat");
  cell.out >> W.in;
  W.out >> cell.in;
  auto& command = circuit_.command("advance");

  EXPECT_THAT(order(command), ElementsAre("cell.advance", "W_lat.advance"));
  EXPECT_EQ(
      warnings(command),
      "command 'advance' runs in a cycle; cut at the wire declared last\n"
      "    cell.advance  -> cell.out  -> W_lat.advance\n"
      "    W_lat.advance -> W_lat.out -> cell.advance     <- cut: the value of the step before\n"
      "  write `{wire: W_lat.out >> cell.in, delayed: true}` to choose the cut yourself\n");
}

TEST_F(Commands, ReadACutWireAsItWasAtTheEndOfTheStepBefore) {
  auto &a = relay("a"), &b = relay("b");
  a.out >> b.in;
  (b.out + Expression(1.0F)) >> a.in;  // cut
  auto& command = circuit_.command("advance");
  command.watch(a.in, b.out);

  const Recording r = command.scan(4);

  EXPECT_THAT(floats(r["a.in"]), ElementsAre(1, 2, 3, 4));  // 1 + the b.out of the step before
  EXPECT_THAT(floats(r["b.out"]), ElementsAre(1, 2, 3, 4));
}

TEST_F(Commands, AreCutWhereTheUserSaysSo) {
  auto &a = relay("a"), &b = relay("b");
  delayed(a.out) >> b.in;
  b.out >> a.in;
  auto& command = circuit_.command("advance");

  EXPECT_THAT(order(command), ElementsAre("b.advance", "a.advance"));
  EXPECT_EQ(warnings(command), "");
}

TEST_F(Commands, AreNotCutWhereAnOperatorLooksBack) {
  auto &a = relay("a"), &b = relay("b");
  a.out >> b.in;
  apply("Delay", {b.out}, {1}) >> a.in;
  auto& command = circuit_.command("advance");

  EXPECT_THAT(order(command), ElementsAre("a.advance", "b.advance"));
  EXPECT_EQ(warnings(command), "");
}

/// Writes what another component holds.
class Meddler final : public Component {
 public:
  static constexpr std::string_view type_name = "Meddler";
  static constexpr std::string_view family = "test";
  static constexpr std::string_view about =
      "Writes its part from two methods' worth of components.";
  struct Params {
    void describe(Parameters&) {}
  };
  Meddler(const Setup& setup, const Params&) : Component(setup) {}

 private:
  struct Constants {
  } k_{};
  struct One {
    static void at(const Constants&, auto& x) { x = 1; }
  };
  struct Follow {
    static void at(const Constants&, auto a, auto& b) { b = a; }
  };

 public:
  std::unique_ptr<Relay> part = make_part<Relay>("part", {}, Key{});
  Compartment mine{*this, "mine", Role::state, {B, 1}, "own"};
  Method advance{*this, "advance", each_unit<One>(k_, writes(part->out))};
  Method follow{*this, "relax", each_unit<Follow>(k_, reads(part->sum), writes(mine))};
};

TEST_F(Commands, RefuseTwoWritersOfOneSlot) {
  circuit_.add<Meddler>("m", {});
  auto& command = circuit_.command("go", {.methods = {"advance"}, .only = {"m", "m.part"}});

  EXPECT_THAT(error_of([&] { command.run(); }),
              AllOf(HasSubstr("command 'go': m.advance and m.part.advance both write m.part.out, "
                              "and nothing orders them"),
                    HasSubstr("write them as a chain")));
}

TEST_F(Commands, OrderPartsAndOwnersByWhatTheyReadOfEachOther) {
  circuit_.add<Meddler>("m", {});
  auto& command = circuit_.command("go", {.methods = {"relax"}, .only = {"m", "m.part"}});

  EXPECT_THAT(order(command), ElementsAre("m.part.relax", "m.relax"));
}

TEST_F(Commands, LeavePartsToTheirOwnersUnlessNamed) {
  circuit_.add<Owner>("o", {});

  EXPECT_THAT(order(circuit_.command("advance")), ElementsAre("o.advance"));
  EXPECT_THAT(order(circuit_.command("inner", {.methods = {"advance"}, .only = {"o.inner"}})),
              ElementsAre("o.inner.advance"));
  EXPECT_THAT(error_of([&] {
                circuit_.command("x", {.methods = {"advance"}, .except = {"o.inner"}}).plan();
              }),
              AllOf(HasSubstr("command 'x': o.inner is not among its components"),
                    HasSubstr("leave o out")));
}

TEST_F(Commands, TakeOnlySomeOrLeaveSomeOut) {
  relay("a"), relay("b"), relay("c");

  EXPECT_THAT(order(circuit_.command("some", {.methods = {"advance"}, .only = {"c", "a"}})),
              ElementsAre("a.advance", "c.advance"));
  EXPECT_THAT(order(circuit_.command("most", {.methods = {"advance"}, .except = {"b"}})),
              ElementsAre("a.advance", "c.advance"));
  EXPECT_THAT(
      error_of([&] { circuit_.command("bad", {.methods = {"advance"}, .except = {"bb"}}).plan(); }),
      AllOf(HasSubstr("v1: command 'bad': there is no component 'bb'"),
            HasSubstr("did you mean 'b'?")));
  EXPECT_THAT(error_of([&] { circuit_.command("none", {.methods = {"advnce"}}).plan(); }),
              AllOf(HasSubstr("command 'none': no component has a method 'advnce'"),
                    HasSubstr("did you mean 'advance'?")));
}

TEST_F(Commands, TakeSeveralMethodsInTurn) {
  auto &a = relay("a"), &b = relay("b");
  b.out >> a.in;

  EXPECT_THAT(order(circuit_.command("both", {.methods = {"advance", "relax"}})),
              ElementsAre("b.advance", "a.advance", "a.relax", "b.relax"));
}

TEST_F(Commands, OfNestedContextsReachAllBelow) {
  auto& inner = circuit_.context("layer");
  inner.add<Relay>("r", {});
  relay("top");

  EXPECT_THAT(order(circuit_.command("advance")), ElementsAre("layer.r.advance", "top.advance"));
  EXPECT_THAT(order(inner.command("advance")), ElementsAre("layer.r.advance"));
}

TEST_F(Commands, ResetEveryComponentWithoutEdgesToSources) {
  auto& src = circuit_.add<Src>("src", {.v = 4});
  auto& snk = circuit_.add<Snk>("snk", {});
  auto& idle = circuit_.add<Snk>("idle", {.v = 3});
  src.x >> snk.in;

  circuit_.command("reset").run();

  EXPECT_EQ(src.x.scalar(), 0);
  EXPECT_EQ(snk.in.scalar(), 0);   // its source's value
  EXPECT_EQ(idle.in.scalar(), 0);  // its own, unwired
}

class Synchronous : public Commands, public testing::WithParamInterface<bool> {};

TEST_P(Synchronous, EveryReadSeesTheStepBefore) {  // V1 in both orders
  auto& src = circuit_.add<Src>("src", {});
  auto& snk = circuit_.add<Snk>("snk", {});
  src.x >> snk.in;
  auto& p = circuit_.process("p");
  if (GetParam())
    p >> src.advance >> snk.advance;
  else
    p >> snk.advance >> src.advance;
  p.synchronous().run({.t = 0, .dt = 1});
  EXPECT_EQ(snk.out.scalar(), 10);

  p.run({.t = 0, .dt = 1});
  EXPECT_EQ(snk.out.scalar(), 30);
}
INSTANTIATE_TEST_SUITE_P(Order, Synchronous, testing::Bool(),
                         [](const auto& order) { return order.param ? "SrcSnk" : "SnkSrc"; });

TEST_F(Commands, ASynchronousProcessStaysSoWhereItIsJoined) {
  auto& src = circuit_.add<Src>("src", {});
  auto &snk = circuit_.add<Snk>("snk", {}), &prompt = circuit_.add<Snk>("prompt", {});
  src.x >> snk.in;
  src.x >> prompt.in;
  auto& late = (circuit_.process("late") >> src.advance >> snk.advance).synchronous();
  auto& joint = circuit_.process("joint") >> late;
  joint >> prompt.advance;

  joint.run({.t = 0, .dt = 1});

  EXPECT_EQ(snk.out.scalar(), 10);
  EXPECT_EQ(prompt.out.scalar(), 30);
}

TEST_F(Commands, BuildTheEdgesOfAPlasticCircuit) {  // A1
  auto& lgn = relay("lgn", 4);
  auto& W = circuit_.add<BCMSynapse>("W", {.shape = {4, 2}, .tau_w = 40, .tau_theta = 20});
  auto& cell = relay("cell", 2);
  lgn.out >> W.inputs;
  W.outputs >> cell.in;
  lgn.out >> W.pre;
  cell.out >> W.post;

  const DependencyGraph graph =
      dependency_graph({&lgn.advance, &W.advance_state, &cell.advance, &W.evolve}, "go");

  std::vector<std::string> edges;
  for (const Dependency& e : graph.edges)
    edges.push_back(graph.calls[e.from]->label() + " -> " + e.written->label() + " -> " +
                    graph.calls[e.to]->label());
  EXPECT_THAT(edges, UnorderedElementsAre("lgn.advance -> lgn.out -> W.advance_state",
                                          "W.advance_state -> W.outputs -> cell.advance",
                                          "lgn.advance -> lgn.out -> W.evolve",
                                          "cell.advance -> cell.out -> W.evolve",
                                          "W.evolve -> W.weights -> W.advance_state"));
}

// ---- the order of declaration -------------------------------------------------------------------

struct Part {
  std::string name;
  int kind = 0;  // Relay, Src, Dice, Cable
};
struct Link {
  std::size_t from = 0, to = 0;
  bool delayed = false;
  std::optional<std::size_t> plus = {};  // a second source
  int into = 0;                          // inputs, pre, post
};

/// The circuit of these parts and links, declared in the order of the permutations.
std::map<std::string, Tensor> outcome(const std::vector<Part>& parts,
                                      const std::vector<Link>& links,
                                      const std::vector<std::size_t>& part_order,
                                      const std::vector<std::size_t>& link_order) {
  Context circuit("v", {.seed = 5});
  std::vector<Compartment*> out(parts.size());
  std::vector<std::array<Compartment*, 3>> in(parts.size());
  for (const std::size_t i : part_order) {
    const std::string& name = parts[i].name;
    const Key key{7, static_cast<std::uint32_t>(i)};
    switch (parts[i].kind) {
      case 0: {
        auto& r = circuit.add<Relay>(name, {.n_units = 2}, key);
        in[i][0] = &r.in;
        out[i] = &r.out;
        break;
      }
      case 1: {
        auto& s = circuit.add<Src>(name, {.v = static_cast<float>(i), .n_units = 2}, key);
        out[i] = &s.x;
        break;
      }
      case 2: out[i] = &circuit.add<Dice>(name, {.n_units = 2}, key).x; break;
      default: {
        auto& w = circuit.add<Cable>(name, {.n_pre = 2, .n_post = 2, .weight = 0.5F}, key);
        in[i] = {&w.inputs, &w.pre, &w.post};
        out[i] = &w.outputs;
      }
    }
  }
  for (const std::size_t l : link_order) {
    const Link& link = links[l];
    Compartment* const to = in[link.to][static_cast<std::size_t>(link.into)];
    if (to == nullptr) continue;
    Expression source = *out[link.from];
    if (link.plus) source = source - 0.5F * Expression(*out[*link.plus]);
    circuit.wire(source, *to, {.delayed = link.delayed});
  }
  circuit.command("step", {.methods = {"advance", "learn"}}).scan(5, {.dt = 0.5});
  return circuit.values();
}

TEST_F(Commands, GiveTheSameWhateverTheOrderOfDeclarationIfKeysAreGiven) {
  check_property(2'000, [] {
    const auto n = *rc::gen::inRange<std::size_t>(1, 8);
    std::vector<Part> parts;
    for (std::size_t i = 0; i < n; ++i)
      parts.push_back({"c" + std::to_string(i), *rc::gen::inRange(0, 4)});
    // One link a destination: forwards, or delayed from anywhere. What learns reads what has
    // advanced.
    parts.push_back({"learner", 3});
    std::vector<Link> links;
    for (std::size_t to = 0; to < parts.size(); ++to)
      for (const int into : {0, 1, 2}) {
        const auto any = [&] { return *rc::gen::inRange<std::size_t>(0, parts.size()); };
        Link link{.from = any(), .to = to, .into = into};
        if (*rc::gen::inRange(0, 3) == 0) link.plus = any();
        link.delayed = into == 0 && (link.from >= to || link.plus.value_or(0) >= to);
        links.push_back(link);
      }
    const auto as_is = [](std::size_t count) {
      std::vector<std::size_t> order(count);
      std::iota(order.begin(), order.end(), std::size_t{0});
      return order;
    };
    const auto permutation = [&](std::size_t count) {
      auto p = as_is(count);
      for (std::size_t i = count; i > 1; --i)
        std::swap(p[i - 1], p[*rc::gen::inRange<std::size_t>(0, i)]);
      return p;
    };

    const auto in_order = outcome(parts, links, as_is(parts.size()), as_is(links.size()));
    RC_ASSERT(in_order ==
              outcome(parts, links, permutation(parts.size()), permutation(links.size())));
  });
}

}  // namespace
}  // namespace plexus::test
