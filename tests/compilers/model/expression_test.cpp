#include "plexus/compilers/model/expression.h"

#include <gmock/gmock.h>

#include "tests/compilers/model/parsing.h"

namespace plexus::model {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using Kind = Expression::Kind;

class ExpressionTest : public testing::Test {
 protected:
  std::optional<WireExpression> wire(const std::string& text) {
    node_ = node_of(text);
    return parse_wire(node_, scope_, diagnostics_);
  }

  /// The source of a wire to z.j, written out again.
  std::string again(const std::string& source) {
    const auto parsed = wire(source + " >> z.j");
    EXPECT_EQ(said(), "") << source;
    return parsed ? parsed->source.to_string() : "";
  }

  /// The first line that is said about a wire.
  std::string complaint(const std::string& text) {
    diagnostics_ = {};
    EXPECT_FALSE(wire(text).has_value()) << text;
    return said().substr(0, said().find('\n'));
  }

  Node node_of(const std::string& text) {
    sources_.push_back(std::make_shared<const Source>("m.yaml", text));
    return read_yaml(*sources_.back(), diagnostics_);
  }
  [[nodiscard]] std::string said() const { return diagnostics_.print(); }

  Scope scope_;
  Diagnostics diagnostics_;
  Node node_;
  std::vector<std::shared_ptr<const Source>> sources_;
};

TEST_F(ExpressionTest, TakesACompartmentOfAnyDepth) {
  const auto parsed = wire("layer1.cell.Wl_cell.weights >> b.j");

  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->source.kind, Kind::compartment);
  EXPECT_EQ(parsed->source.path().owner(), "layer1.cell.Wl_cell");
  EXPECT_EQ(parsed->source.path().leaf(), "weights");
  EXPECT_EQ(parsed->destination.text, "b.j");
  EXPECT_EQ(at(parsed->source.place), "1:1+27");
  EXPECT_EQ(at(parsed->destination.place), "1:32+3");
}

TEST_F(ExpressionTest, BindsProductsTighterThanSumsAndTheLeftFirst) {
  EXPECT_EQ(again("a.z + 2 * b.z - c.z"), "a.z + 2 * b.z - c.z");
  EXPECT_EQ(again("(a.z + 2) * (b.z - c.z)"), "(a.z + 2) * (b.z - c.z)");
  EXPECT_EQ(again("a.z - (b.z - c.z)"), "a.z - (b.z - c.z)");
  EXPECT_EQ(again("-a.z * -(b.z + 1)"), "-a.z * -(b.z + 1)");
  EXPECT_EQ(again("30.0*a.s+1.5e-3"), "30 * a.s + 0.0015");
  EXPECT_EQ(wire("a.z - b.z - c.z >> z.j")->source.operands[0].kind, Kind::subtract);
}

TEST_F(ExpressionTest, FoldsTheSignOfANumber) {
  const auto parsed = wire("-2.5 * a.z >> z.j");

  EXPECT_EQ(parsed->source.operands[0].number, -2.5);
  EXPECT_EQ(at(parsed->source.operands[0].place), "1:1+4");
  EXPECT_EQ(at(parsed->source.place), "1:6+1");
}

TEST_F(ExpressionTest, CallsOperatorsWithExpressionsAndNumbers) {
  const auto parsed = wire("Clip(transpose(W.weights) + 1, 0, high=-1e3) >> E.weights");

  ASSERT_TRUE(parsed);
  const Expression& call = parsed->source;
  EXPECT_EQ(call.kind, Kind::call);
  EXPECT_EQ(call.name, "Clip");
  ASSERT_EQ(call.operands.size(), 2U);
  EXPECT_EQ(call.operands[0].operands[0].name, "transpose");
  EXPECT_EQ(call.operands[1].number, 0);
  ASSERT_EQ(call.options.size(), 1U);
  EXPECT_EQ(call.options[0].name, "high");
  EXPECT_EQ(call.options[0].value, -1000);
  EXPECT_EQ(at(call.options[0].place), "1:35+4");
  EXPECT_EQ(call.to_string(), "Clip(transpose(W.weights) + 1, 0, high=-1000)");
}

TEST_F(ExpressionTest, ReportsTheFirstProblemOfAWireAtItsPlace) {
  EXPECT_THAT(complaint("a.z + >> b.j"), StartsWith("m.yaml:1:7: error: '>' is not expected here"));
  EXPECT_THAT(complaint("a.z"), StartsWith("m.yaml:1:3: error: this wire has no destination"));
  EXPECT_THAT(complaint("a.z >>"), StartsWith("m.yaml:1:6: error: this wire has no destination"));
  EXPECT_THAT(complaint("a.z >> b"), StartsWith("m.yaml:1:8: error: 'b' names no compartment"));
  EXPECT_THAT(complaint("a.z >> b.j >> c.j"),
              StartsWith("m.yaml:1:12: error: a wire has one destination"));
  EXPECT_THAT(complaint("a.z << b.j"), StartsWith("m.yaml:1:5: error: '<<' is no wire"));
  EXPECT_THAT(complaint("a.z -> b.j"), StartsWith("m.yaml:1:5: error: '->' is no wire"));
  EXPECT_THAT(complaint("a.z / 2 >> b.j"),
              StartsWith("m.yaml:1:5: error: '/' is not expected here"));
  EXPECT_THAT(complaint("a.z >> b.j + c.j"),
              StartsWith("m.yaml:1:12: error: '+' is not expected here"));
  EXPECT_THAT(complaint("(a.z >> b.j"), StartsWith("m.yaml:1:1: error: this ( is not closed"));
  EXPECT_THAT(complaint("Sum(a.z, b.z >> b.j"),
              StartsWith("m.yaml:1:4: error: this ( is not closed"));
  EXPECT_THAT(complaint("F(x=1, a.z) >> b.j"),
              StartsWith("m.yaml:1:8: error: an unnamed argument behind a named one"));
  EXPECT_THAT(complaint("F(a.z, x=b.z) >> b.j"),
              StartsWith("m.yaml:1:10: error: the option 'x' needs a fixed number"));
  EXPECT_THAT(complaint("F(x=1, x=2) >> b.j"),
              StartsWith("m.yaml:1:8: error: the option 'x' comes twice"));
  EXPECT_THAT(complaint("2x * a.z >> b.j"),
              StartsWith("m.yaml:1:1: error: '2x' is neither a number nor a path"));
  EXPECT_THAT(complaint("a..z >> b.j"), StartsWith("m.yaml:1:1: error: 'a..z' is no path"));
  EXPECT_THAT(complaint("m:a:z >> b.j"), StartsWith("m.yaml:1:2: error: ':' is not expected here"));
  EXPECT_THAT(complaint("a.é >> b.j"), StartsWith("m.yaml:1:1: error: 'a.' is no path"));
}

TEST_F(ExpressionTest, PointsIntoFoldedTexts) {
  EXPECT_THAT(complaint(">\n  a.z +\n  b.z $ c.z\n  >> d.j\n"),
              StartsWith("m.yaml:3:7: error: '$' is not expected here"));
}

TEST_F(ExpressionTest, PointsBehindWhatWasInterpolated) {
  scope_.parameters = {{"scale", Scalar{std::int64_t{1000}}}};
  const Node node = interpolate_expression(node_of("$(scale) * a.z >> b"), scope_, diagnostics_);

  EXPECT_FALSE(parse_wire(node, scope_, diagnostics_));

  EXPECT_THAT(said(), StartsWith("m.yaml:1:19: error: 'b' names no compartment"));
}

TEST_F(ExpressionTest, KeepsAFormulaOverTheTurn) {
  scope_.in_loop = true;
  scope_.parameters = {{"eta", Scalar{0.5}}};
  const Node node =
      interpolate_expression(node_of("$(eta) * $(eta ** i) * W.weights"), scope_, diagnostics_);

  const auto parsed = parse_expression(node, scope_, diagnostics_);

  ASSERT_TRUE(parsed) << said();
  const Expression& product = parsed->operands[0];
  EXPECT_EQ(product.operands[0].number, 0.5);
  EXPECT_EQ(product.operands[1].number_at(3), 0.125);
}

TEST_F(ExpressionTest, LimitsDepthAndLength) {
  EXPECT_THAT(complaint(std::string(5000, '(') + "a.z >> b.z"), HasSubstr("nested too deeply"));
  EXPECT_THAT(complaint(std::string(5000, '-') + "a.z >> b.z"), HasSubstr("nested too deeply"));
  std::string sum = "a.z";
  for (int k = 0; k < 5000; ++k) sum += " + a.z";
  EXPECT_THAT(complaint(sum + " >> b.z"), HasSubstr("too long"));
}

TEST_F(ExpressionTest, ReadsAChainOfMethods) {
  const auto chain = parse_chain(node_of("a.advance_state >> layer1.W.evolve"), diagnostics_);

  ASSERT_TRUE(chain);
  EXPECT_EQ((*chain)[1].owner(), "layer1.W");
  EXPECT_EQ((*chain)[1].leaf(), "evolve");
  EXPECT_EQ(at((*chain)[1].place), "1:20+15");
}

TEST_F(ExpressionTest, RefusesWhatIsNoChain) {
  const auto complaint_of = [&](const std::string& text) {
    diagnostics_ = {};
    EXPECT_FALSE(parse_chain(node_of(text), diagnostics_));
    return said().substr(0, said().find('\n'));
  };
  EXPECT_THAT(complaint_of("advance >> W.evolve"),
              HasSubstr("1:1: error: 'advance' names no method"));
  EXPECT_THAT(complaint_of("a.b >>"), HasSubstr("1:6: error: a method is missing behind '>>'"));
  EXPECT_THAT(complaint_of("a.b, c.d"), HasSubstr("1:4: error: ',' is not expected here"));
}

}  // namespace
}  // namespace plexus::model
