#include "plexus/compilers/graph/draw.h"

#include <memory>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "plexus/plexus.h"
#include "tests/core/io/files.h"
#include "tests/support/error_of.h"

namespace plexus {
namespace {

using nlohmann::json;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

/// A rate cell of three units: z follows j.
class Cell : public Component {
 public:
  static constexpr std::string_view type_name = "DrawnCell", family = "neurons/graded",
                                    about = "A cell to be drawn.";
  struct Params {
    int n_units = 3;
    int batch_size = 1;
    void describe(Parameters& d) {
      d("n_units", n_units, "number of units");
      d("batch_size", batch_size, "number of samples");
    }
  };
  Cell(const Setup& setup, const Params& p) : Component(setup), n_(p.n_units) {}

  void step(const Step& /*step*/) {
    const auto from = j.values();
    std::ranges::copy(from, z.own_values().begin());
  }
  const int n_;
  Compartment j{*this, "j", Role::input, {B, n_}, "input"};
  Compartment z{*this, "z", Role::output, {B, n_}, "output"};
  Method advance_state{*this, "advance_state", whole<&Cell::step>(reads(j), writes(z))};
};

/// A cell with a cell inside.
class Nest : public Component {
 public:
  static constexpr std::string_view type_name = "DrawnNest", family = "neurons/spiking",
                                    about = "A cell with a <part>.";
  struct Params {
    void describe(Parameters&) {}
  };
  Nest(const Setup& setup, const Params& /*p*/) : Component(setup) {}
  std::unique_ptr<Cell> inner = make_part<Cell>("inner", {.n_units = 7}, Key{});
};

class DrawTest : public test::InFolder {
 protected:
  static constexpr const char* kArrow = " → ";

  Context circuit_{"v1", {.seed = 1}};
  Cell& a_ = circuit_.add<Cell>("a", {});
  Cell& b_ = circuit_.add<Cell>("b", {});
  BCMSynapse& W_ =
      circuit_.add<BCMSynapse>("W", {.shape = {3, 3}, .tau_w = 40, .tau_theta = 20, .theta0 = 1});

  [[nodiscard]] json as_json() { return json::parse(to_json(circuit_)); }
};

TEST_F(DrawTest, ShowsEachComponentWithItsTypeAndExtents) {
  const std::string dot = to_dot(circuit_);

  EXPECT_THAT(dot, HasSubstr("<b>W</b>"));
  EXPECT_THAT(dot, HasSubstr("BCMSynapse"));
  EXPECT_THAT(dot, HasSubstr("3 → 3"));
  EXPECT_THAT(dot, HasSubstr("DrawnCell"));
}

TEST_F(DrawTest, LabelsAWireWithItsTwoCompartments) {
  a_.z >> W_.inputs;

  EXPECT_THAT(to_dot(circuit_), HasSubstr(R"("v1:a" -> "v1:W" [label=<z → inputs>])"));
}

TEST_F(DrawTest, DrawsWiresBetweenTheSameTwoAsOneEdgeWithALineEach) {
  a_.z >> W_.inputs;
  a_.z >> W_.pre;

  EXPECT_THAT(to_dot(circuit_), HasSubstr(R"("v1:a" -> "v1:W" [label=<z → inputs<br/>z → pre>])"));
}

TEST_F(DrawTest, DashesADelayedWireAndKeepsItApart) {
  a_.z >> W_.inputs;
  delayed(a_.z) >> W_.pre;

  const std::string dot = to_dot(circuit_);
  EXPECT_THAT(dot, HasSubstr(R"([label=<z → inputs>])"));
  EXPECT_THAT(dot, HasSubstr(R"([label=<z → pre>, style=dashed)"));
}

TEST_F(DrawTest, PutsAnOperatorBetweenItsOperandsAndTheDestination) {
  (W_.outputs - 2.F * a_.z) >> b_.j;

  const std::string dot = to_dot(circuit_);
  EXPECT_THAT(dot, HasSubstr(R"(label="× 2")"));
  EXPECT_THAT(dot, HasSubstr(R"(label="a − b")"));
  EXPECT_THAT(dot, HasSubstr("[label=<a: outputs>]"));
  EXPECT_THAT(dot, HasSubstr(R"(-> "v1:b" [label=<j>])"));
}

TEST_F(DrawTest, DrawsANestedContextAsABoxAroundItsComponents) {
  auto& deep = circuit_.context("layer").context("deep").add<Cell>("c", {});
  a_.z >> circuit_.context("layer").add<Cell>("d", {}).j;
  deep.z >> W_.inputs;
  circuit_.add<Cell>("many", {.n_units = 3, .batch_size = 8});

  const std::string dot = to_dot(circuit_);
  EXPECT_THAT(dot, HasSubstr(R"(subgraph "cluster_v1:layer" {)"));
  EXPECT_THAT(dot, HasSubstr(R"(subgraph "cluster_v1:layer:deep" {)"));
  EXPECT_THAT(dot, HasSubstr("3  (batch 8)"));
  EXPECT_THAT(dot, HasSubstr(R"("v1:layer:deep:c" -> "v1:W")"));
}

TEST_F(DrawTest, ShowsPartsInsideTheirOwnerAndLeadsTheirWiresThere) {
  auto& nest = circuit_.add<Nest>("nest", {});
  a_.z >> b_.j;
  circuit_.add<Cell>("seven", {.n_units = 7}).z >> nest.inner->j;

  const std::string dot = to_dot(circuit_);
  EXPECT_THAT(dot, HasSubstr("inner: DrawnCell 7"));
  EXPECT_THAT(dot, HasSubstr(R"("v1:seven" -> "v1:nest" [label=<z → inner.j>])"));
  EXPECT_THAT(dot, HasSubstr(R"(tooltip="A cell with a <part>.")"));
}

TEST_F(DrawTest, NumbersTheCallsOfAProcess) {
  a_.z >> b_.j;
  circuit_.process("step") >> b_.advance_state >> a_.advance_state;

  const std::string dot = to_dot(circuit_, {.process = "step"});
  EXPECT_LT(dot.find("2  advance_state"), dot.find("1  advance_state"));  // a is declared before b
  EXPECT_THAT(to_dot(circuit_), Not(HasSubstr("advance_state")));
  EXPECT_THAT(test::error_of([&] { (void)to_dot(circuit_, {.process = "stpe"}); }),
              HasSubstr("did you mean 'step'?"));
}

TEST_F(DrawTest, TellsInJsonWhatIsWiredToWhat) {
  (W_.outputs + a_.z) >> b_.j;

  const json wire = as_json()["wires"][0];
  EXPECT_EQ(wire["from"], json({"W.outputs", "a.z"}));
  EXPECT_EQ(wire["to"], "b.j");
  EXPECT_EQ(wire["operators"], json({"Summation"}));
  EXPECT_EQ(wire["delayed"], false);
}

TEST_F(DrawTest, TellsInJsonWhatEachMethodTouches) {
  const json methods = as_json()["components"][0]["methods"];

  EXPECT_EQ(methods[0]["name"], "advance_state");
  EXPECT_EQ(methods[0]["reads"], json({"a.j"}));
  EXPECT_EQ(methods[0]["writes"], json({"a.z"}));
}

TEST_F(DrawTest, TellsInJsonWhichCallFeedsWhich) {
  a_.z >> W_.inputs;
  a_.z >> W_.pre;
  W_.outputs >> b_.j;
  b_.z >> W_.post;
  circuit_.process("learn") >> a_.advance_state >> W_.advance_state >> b_.advance_state >>
      W_.evolve;

  const json process = as_json()["processes"][0];
  EXPECT_EQ(process["calls"],
            json({"a.advance_state", "W.advance_state", "b.advance_state", "W.evolve"}));
  const auto edge = [](const char* from, const char* to, const char* written, const char* read) {
    return json{{"from", from}, {"to", to}, {"written", written}, {"read", read}};
  };
  EXPECT_THAT(
      process["dependencies"],
      testing::UnorderedElementsAre(edge("a.advance_state", "W.advance_state", "a.z", "W.inputs"),
                                    edge("a.advance_state", "W.evolve", "a.z", "W.pre"),
                                    edge("W.advance_state", "b.advance_state", "W.outputs", "b.j"),
                                    edge("b.advance_state", "W.evolve", "b.z", "W.post"),
                                    edge("W.evolve", "W.advance_state", "W.weights", "W.weights")));
}

TEST_F(DrawTest, KeepsTheJsonOfTheOthersWhenAProcessCannotBeCompiled) {
  circuit_.command("fly");
  circuit_.process("step") >> a_.advance_state;

  const json processes = as_json()["processes"];
  EXPECT_THAT(processes[0]["error"].get<std::string>(), HasSubstr("fly"));
  EXPECT_EQ(processes[1]["calls"], json({"a.advance_state"}));
}

TEST_F(DrawTest, WritesTheFormThatTheFilesNameAsksFor) {
  a_.z >> b_.j;

  draw(circuit_, in("c.dot"));
  draw(circuit_, in("c.json"));
  draw(circuit_, in("c.svg"));
  draw(circuit_, in("c.png"));

  EXPECT_EQ(test::bytes_of(in("c.dot")), to_dot(circuit_));
  EXPECT_EQ(test::bytes_of(in("c.json")), to_json(circuit_));
  EXPECT_THAT(test::bytes_of(in("c.svg")), HasSubstr("<svg"));
  EXPECT_THAT(test::bytes_of(in("c.png")), testing::StartsWith("\x89PNG"));
  EXPECT_EQ(files(), 4U);
  EXPECT_THAT(test::error_of([&] { draw(circuit_, in("c.jpeg")); }),
              HasSubstr("name it .svg, .png, .dot or .json"));
}

TEST_F(DrawTest, SaysWhatIsMissingWithoutGraphviz) {
  const std::string path = std::getenv("PATH");
  setenv("PATH", "/nowhere", 1);
  const std::string text = test::error_of([&] { draw(circuit_, in("c.svg")); });
  setenv("PATH", path.c_str(), 1);

  EXPECT_THAT(text, HasSubstr("no program 'dot'"));
  EXPECT_THAT(text, HasSubstr("graphviz"));
  EXPECT_EQ(files(), 0U);
}

}  // namespace
}  // namespace plexus
