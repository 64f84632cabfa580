#include "plexus/compilers/model/interpolation.h"

#include <gmock/gmock.h>

#include "tests/compilers/model/parsing.h"

namespace plexus::model {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Scalar whole(std::int64_t value) {
  return value;
}

class InterpolationTest : public testing::Test {
 protected:
  InterpolationTest() {
    scope_.parameters = {{"n", whole(7)},
                         {"x", 0.5},
                         {"big", whole(INT64_MAX)},
                         {"act", std::string{"tanh"}},
                         {"flag", true}};
  }

  /// The value of `$(formula)`.
  Scalar value(const std::string& formula, std::int64_t turn = 0) {
    const Node node = node_of("$(" + formula + ")");
    EXPECT_EQ(said(), "") << formula;
    const Node at_turn = node.at(turn);
    return at_turn.is_scalar() ? at_turn.scalar() : Scalar{};
  }

  /// What is said about `$(formula)`, in the first line, less the file's name.
  std::string complaint(const std::string& formula) {
    diagnostics_ = {};
    EXPECT_TRUE(node_of("$(" + formula + ")").is(Node::Kind::invalid)) << formula;
    return said().substr(0, said().find('\n'));
  }

  Node node_of(const std::string& text) {
    sources_.push_back(std::make_shared<const Source>("m.yaml", text));
    return interpolate(read_yaml(*sources_.back(), diagnostics_), scope_, diagnostics_);
  }

  [[nodiscard]] std::string said() const { return diagnostics_.print(); }

  Scope scope_;
  Diagnostics diagnostics_;
  std::vector<std::shared_ptr<const Source>> sources_;
};

TEST_F(InterpolationTest, HasPythonsPrecedence) {
  EXPECT_EQ(value("2 + 3 * 4"), whole(14));
  EXPECT_EQ(value("(2 + 3) * 4"), whole(20));
  EXPECT_EQ(value("10 - 3 - 2"), whole(5));
  EXPECT_EQ(value("-2 ** 2"), whole(-4));
  EXPECT_EQ(value("2 ** 3 ** 2"), whole(512));
  EXPECT_EQ(value("2 ** -1"), Scalar{0.5});
  EXPECT_EQ(value("2 * -3 % 4"), whole(2));
  EXPECT_EQ(value("--3"), whole(3));
  EXPECT_EQ(value("+n"), whole(7));
  EXPECT_EQ(value("20 // 3 * 2"), whole(12));
}

TEST_F(InterpolationTest, DividesAsPythonDoes) {
  EXPECT_EQ(value("7 / 2"), Scalar{3.5});
  EXPECT_EQ(value("64 / 2"), Scalar{32.0});
  EXPECT_EQ(value("-7 // 2"), whole(-4));
  EXPECT_EQ(value("-7 % 3"), whole(2));
  EXPECT_EQ(value("7 % -3"), whole(-2));
  EXPECT_EQ(value("7.5 // 2"), Scalar{3.0});
  EXPECT_EQ(value("-7.5 // 2"), Scalar{-4.0});
  EXPECT_EQ(value("-7.5 % 2"), Scalar{0.5});
  EXPECT_EQ(value("7.5 % -2"), Scalar{-0.5});
  EXPECT_EQ(value("1 // 0.1"), Scalar{9.0});
}

TEST_F(InterpolationTest, KeepsTheKindOfNumber) {
  EXPECT_EQ(value("n * 2"), whole(14));
  EXPECT_EQ(value("n * 2.0"), Scalar{14.0});
  EXPECT_EQ(value("(2 / 8) ** 0.5"), Scalar{0.5});
  EXPECT_EQ(value("1e2"), Scalar{100.0});
  EXPECT_EQ(value("0x10 + 0o10"), whole(24));
  EXPECT_EQ(value("1e-2 * 1E+2"), Scalar{1.0});
}

TEST_F(InterpolationTest, GivesAParameterThatIsNoNumberAsAWhole) {
  EXPECT_EQ(value("act"), Scalar{std::string{"tanh"}});
  EXPECT_EQ(value("flag"), Scalar{true});
  EXPECT_THAT(complaint("act + 1"),
              HasSubstr("1:3: error: arithmetic needs numbers, but this parameter is 'tanh'"));
}

TEST_F(InterpolationTest, FormatsNumbersInsideATextButKeepsTheKindOfAWholeOne) {
  EXPECT_EQ(node_of("layer$(n // 2)_$(x).npy").text(), "layer3_0.5.npy");
  EXPECT_EQ(node_of("n$(64 / 2)").text(), "n32");
  EXPECT_EQ(node_of("'$(n)'").integer(), 7);
  EXPECT_EQ(node_of("-$(n)").text(), "-7");
  EXPECT_EQ(said(), "");
}

TEST_F(InterpolationTest, ReachesListsAndMappings) {
  const Node node = node_of("{shape: [$(n), 3], init: {uniform: {low: $(-x)}}}");

  EXPECT_EQ(node.find("shape")->items()[0].integer(), 7);
  EXPECT_EQ(node.find("init")->find("uniform")->find("low")->real(), -0.5);
  EXPECT_EQ(at(node.find("shape")->items()[0].place()), "1:10+4");
}

TEST_F(InterpolationTest, ReportsProblemsAtTheirPlace) {
  EXPECT_THAT(complaint("nn + 1"), StartsWith("m.yaml:1:3: error: there is no parameter 'nn'"));
  EXPECT_THAT(complaint("n + "), StartsWith("m.yaml:1:6: error: the arithmetic ends where"));
  EXPECT_THAT(complaint(""), StartsWith("m.yaml:1:3: error: there is nothing in $( )"));
  EXPECT_THAT(complaint("n ^ 2"), StartsWith("m.yaml:1:5: error: '^' is not expected here"));
  EXPECT_THAT(complaint("2n"), StartsWith("m.yaml:1:3: error: '2n' is no number"));
  EXPECT_THAT(complaint("sqrt(n)"),
              StartsWith("m.yaml:1:3: error: $(…) has no functions, so no 'sqrt'"));
  EXPECT_THAT(complaint("i + 1"),
              StartsWith("m.yaml:1:3: error: 'i' is the turn of a loop, and there is no loop"));
  EXPECT_THAT(complaint("n // 0"), StartsWith("m.yaml:1:5: error: division by zero"));
  EXPECT_THAT(complaint("n % 0.0"), StartsWith("m.yaml:1:5: error: division by zero"));
  EXPECT_THAT(complaint("0 ** -1"), StartsWith("m.yaml:1:5: error: division by zero"));
  EXPECT_THAT(complaint("(-8) ** x"),
              StartsWith("m.yaml:1:8: error: a broken power of a negative number"));
}

TEST_F(InterpolationTest, RefusesIntegersBeyond64BitsAndRealsThatAreNotFinite) {
  for (const char* formula :
       {"big + 1", "-big - 2", "big * 2", "10 ** 19", "-(-big - 1)", "(-big - 1) // -1"})
    EXPECT_THAT(complaint(formula), HasSubstr("the integer does not fit 64 bits")) << formula;
  for (const char* formula : {"1e308 * 10", "10.0 ** 400", "1e308 / 1e-10"})
    EXPECT_THAT(complaint(formula), HasSubstr("the result is not finite")) << formula;
}

TEST_F(InterpolationTest, ComputesUpToTheEdgeOf64Bits) {
  EXPECT_EQ(value("-big - 1"), whole(INT64_MIN));
  EXPECT_EQ(value("(-big - 1) % -1"), whole(0));
  EXPECT_EQ(value("(-1) ** 1000000"), whole(1));
  EXPECT_EQ(value("3037000499 ** 2"), whole(9223372030926249001));
}

TEST_F(InterpolationTest, NamesTheNearestParameter) {
  node_of("$(flg)");

  EXPECT_THAT(said(), HasSubstr("did you mean 'flag'?"));
}

TEST_F(InterpolationTest, PointsIntoFoldedTexts) {
  node_of(">\n  some text\n  $(n +\n  m)\n");

  EXPECT_THAT(said(), StartsWith("m.yaml:4:3: error: there is no parameter 'm'"));
}

TEST_F(InterpolationTest, RefusesAnOpenBracketAndBraces) {
  node_of("a $(n");
  EXPECT_THAT(said(), StartsWith("m.yaml:1:3: error: this $( is not closed"));

  diagnostics_ = {};
  node_of("a ${n}");
  EXPECT_THAT(said(), StartsWith("m.yaml:1:3: error: ${ does not interpolate"));
}

TEST_F(InterpolationTest, LeavesTheTurnOpenInALoop) {
  scope_.in_loop = true;

  EXPECT_EQ(value("n * i + 1", 3), whole(22));
  EXPECT_EQ(value("x ** i", 2), Scalar{0.25});
  const Node text = node_of("turn $(i) of $(n)");
  EXPECT_TRUE(text.is(Node::Kind::deferred));
  EXPECT_EQ(text.at(4).text(), "turn 4 of 7");
  const Node list = node_of("[$(i), $(n)]");
  EXPECT_TRUE(list.has_deferred());
  EXPECT_EQ(list.at(5).items()[0].integer(), 5);
}

TEST_F(InterpolationTest, ThrowsWithItsPlaceWhereATurnGivesNoValue) {
  scope_.in_loop = true;
  const Node node = node_of("$(n // i)");

  EXPECT_EQ(node.at(2).integer(), 3);
  EXPECT_THAT([&] { (void)node.at(0); }, testing::ThrowsMessage<Error>(StartsWith(
                                             "m.yaml:1:5: error: division by zero in turn i = 0")));
}

TEST_F(InterpolationTest, FindsConstantMistakesBesideTheTurnAtOnce) {
  scope_.in_loop = true;

  EXPECT_THAT(complaint("i + n / 0"), HasSubstr("division by zero"));
  EXPECT_THAT(complaint("i + act"), HasSubstr("arithmetic needs numbers"));
}

TEST_F(InterpolationTest, LimitsDepthAndLength) {
  EXPECT_THAT(complaint(std::string(5000, '(') + "n" + std::string(5000, ')')),
              HasSubstr("nested too deeply"));
  EXPECT_THAT(complaint(std::string(5000, '-') + "1"), HasSubstr("nested too deeply"));
  scope_.in_loop = true;
  std::string sum = "i";
  for (int k = 0; k < 5000; ++k) sum += " + i";
  EXPECT_THAT(complaint(sum), HasSubstr("too long"));
}

}  // namespace
}  // namespace plexus::model
