#include "plexus/core/random/initialiser.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "plexus/core/random/numpy_form.h"
#include "plexus/core/random/samplers.h"
#include "tests/core/random/keys.h"

namespace plexus {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pointwise;
using testing::ThrowsMessage;

using test::kZero;

std::vector<float> drawn(const Initialiser& initialiser, const Shape& shape, Key key = kZero) {
  const Tensor tensor = initialiser.draw(shape, key);
  EXPECT_EQ(tensor.shape, shape);
  return {tensor.floats().begin(), tensor.floats().end()};
}

MATCHER(Near, "") {
  const float expected = std::get<1>(arg);
  return std::abs(std::get<0>(arg) - expected) <= 1e-6F * std::abs(expected);
}

// What is drawn.

TEST(Initialiser, DrawsTheReferencesValues) {
  EXPECT_THAT(drawn(init::uniform(-0.3, 0.3), {2, 3}),
              ElementsAre(0.20538849F, -0.19057281F, -0.16369314F, -0.22756463F, -0.18491192F,
                          0.13320902F));
  EXPECT_THAT(
      drawn(init::uniform(0.025, 0.8), {2, 3}),
      ElementsAre(0.6777935F, 0.16634347F, 0.20106304F, 0.11856237F, 0.17365545F, 0.58456165F));
  EXPECT_THAT(drawn(init::gaussian(0.5, 0.1), {2, 3}),
              Pointwise(Near(), {0.6004014F, 0.40936628F, 0.42518276F, 0.3828633F, 0.41287673F,
                                 0.5588838F}));
  EXPECT_THAT(drawn(init::fan_in_uniform(), {2, 3}),
              Pointwise(Near(), {0.3952703F, -0.36675754F, -0.3150276F, -0.43794832F, -0.35586315F,
                                 0.25636086F}));
  EXPECT_THAT(drawn(init::fan_in_gaussian(), {2, 3}),
              Pointwise(Near(), {0.70994526F, -0.6408772F, -0.52903765F, -0.82828146F, -0.6160546F,
                                 0.4163714F}));
}

TEST(Initialiser, FillsConstantsAndDiagonals) {
  EXPECT_THAT(drawn(init::constant(0.5F), {3}), Each(0.5F));
  EXPECT_THAT(drawn(init::diag_offdiag(1, -0.1), {2, 3}),
              ElementsAre(1, -0.1F, -0.1F, -0.1F, 1, -0.1F));
}

TEST(Initialiser, DrawsLogGaussiansWithTheFirstChildOfTheKey) {
  std::vector<float> expected(6);
  fill_lognormal(split_at(kZero, 0), 0, expected, 0.25F);
  EXPECT_EQ(drawn(init::log_gaussian(0.25), {2, 3}), expected);
}

TEST(Initialiser, FillsASpan) {
  std::vector<float> out(6);
  init::uniform().draw({2, 3}, kZero, out);
  EXPECT_EQ(out, drawn(init::uniform(), {2, 3}));
}

TEST(Initialiser, DrawsAnEmptyArray) {
  EXPECT_TRUE(drawn(init::gaussian(), {0, 4}).empty());
}

// Literals.

TEST(Literal, GivesItsArray) {
  const Tensor values{{2, 2}, std::vector<float>{1, 2, 3, 4}};
  EXPECT_EQ(init::literal(values).draw({2, 2}, kZero), values);
}

TEST(Literal, OfOneNumberFillsAnyShape) {
  EXPECT_THAT(drawn(init::literal({{}, std::vector<float>{3}}), {2, 3}), Each(3.0F));
  EXPECT_THAT(drawn(init::literal({{1, 1}, std::vector<std::int32_t>{-3}}), {2}), Each(-3.0F));
}

TEST(Literal, OfAnotherShapeIsAnError) {
  const auto literal = init::literal({{2, 3}, std::vector<float>(6)});
  EXPECT_THAT(
      [&] {
        (void)literal.draw({3, 2}, kZero);
      },
      ThrowsMessage<Error>(HasSubstr(
          "got an array of shape (2, 3), expected (3, 2)\n  the array looks transposed")));
  EXPECT_THROW((void)literal.draw({6}, kZero), Error);
}

TEST(Literal, TakesOptions) {
  const auto literal = init::literal({{2, 2}, std::vector<float>{1, 2, 3, 4}});
  EXPECT_THAT(drawn(literal.hollow().amax(2.5), {2, 2}), ElementsAre(0, 2, 2.5F, 0));
}

TEST(NoInitialiser, IsFalseAndDrawsNothing) {
  EXPECT_FALSE(Initialiser());
  EXPECT_TRUE(init::constant(0));
  EXPECT_TRUE(init::literal({{}, std::vector<float>{0}}));
  EXPECT_THROW((void)Initialiser().draw({2}, kZero), Error);
}

// Options.

TEST(Options, ClipBetweenBounds) {
  EXPECT_THAT(drawn(init::gaussian().clip(-0.5, 0.5), {2, 3}),
              ElementsAre(0.5F, -0.5F, -0.5F, -0.5F, -0.5F, 0.5F));
}

TEST(Options, KeepATriangleWithItsDiagonal) {
  const auto ones = init::constant(1);
  EXPECT_THAT(drawn(ones.lower_triangle(), {2, 3}), ElementsAre(1, 0, 0, 1, 1, 0));
  EXPECT_THAT(drawn(ones.upper_triangle(), {2, 3}), ElementsAre(1, 1, 1, 0, 1, 1));
  EXPECT_THAT(drawn(ones.upper_triangle(), {2, 2, 2}), ElementsAre(1, 1, 0, 1, 1, 1, 0, 1));
}

TEST(Options, ZeroTheDiagonalOrAllElse) {
  EXPECT_THAT(drawn(init::constant(2).hollow(), {2, 3}), ElementsAre(0, 2, 2, 2, 0, 2));
  EXPECT_THAT(drawn(init::constant(2).eye(), {2, 3}), ElementsAre(2, 0, 0, 0, 2, 0));
}

TEST(Options, ApplyBoundsBeforeZeros) {
  EXPECT_THAT(drawn(init::constant(0.1).amin(0.3).hollow(), {2, 2}), ElementsAre(0, 0.3F, 0.3F, 0));
}

TEST(ColMask, KeepsSoManyColumnsAtRandom) {
  EXPECT_THAT(drawn(init::constant(1).col_mask(2), {2, 5}),
              ElementsAre(1, 0, 0, 1, 0, 1, 0, 0, 1, 0));
  EXPECT_THAT(drawn(init::uniform().col_mask(2), {2, 5}),
              ElementsAre(0, 0.18237865F, 0.2271781F, 0, 0, 0, 0.7654456F, 0.15254045F, 0, 0));
}

TEST(ColMask, KeepsListedColumns) {
  EXPECT_THAT(drawn(init::constant(1).col_mask({0, 2}), {2, 4}),
              ElementsAre(1, 0, 1, 0, 1, 0, 1, 0));
  EXPECT_THAT(drawn(init::constant(1).col_mask({2}), {1, 4}), ElementsAre(0, 0, 1, 0));
}

TEST(RowMask, MasksRows) {
  EXPECT_THAT(drawn(init::constant(1).row_mask({1}), {3, 2}), ElementsAre(0, 0, 1, 1, 0, 0));

  const auto random = drawn(init::constant(1).row_mask(2), {4, 3});
  int kept = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::set<float> row(&random[3 * i], &random[3 * i] + 3);
    EXPECT_EQ(row.size(), 1U) << "row " << i;
    kept += *row.begin() == 1;
  }
  EXPECT_EQ(kept, 2);
}

TEST(RowMask, DrawsOnAfterAColMask) {
  const auto both = drawn(init::constant(1).col_mask(3).row_mask(3), {4, 4});
  const auto cols = drawn(init::constant(1).col_mask(3), {4, 4});
  // The columns are drawn with child 1 of the key, the rows with child 1 of its child 0.
  const auto rows = drawn(init::constant(1).row_mask(3), {4, 4}, split_at(kZero, 0));
  for (std::size_t i = 0; i < 16; ++i) EXPECT_EQ(both[i], cols[i] * rows[i]) << i;
}

TEST(Options, RejectShapesThatDoNotSuit) {
  const auto ones = init::constant(1);
  EXPECT_THAT([&] { (void)ones.hollow().draw({3}, kZero); },
              ThrowsMessage<Error>(HasSubstr("option hollow needs a matrix; the shape is (3,)")));
  EXPECT_THROW((void)ones.eye().draw({2, 2, 2}, kZero), Error);
  EXPECT_THROW((void)ones.lower_triangle().draw({2}, kZero), Error);
  EXPECT_THAT(
      [&] {
        (void)ones.col_mask(4).draw({2, 3}, kZero);
      },
      ThrowsMessage<Error>(HasSubstr("col_mask asks for 4, of 3")));
  EXPECT_THROW((void)ones.row_mask({2}).draw({2, 3}, kZero), Error);
  EXPECT_THROW((void)ones.row_mask({-1}).draw({2, 3}, kZero), Error);
  EXPECT_THROW((void)ones.row_mask(-1).draw({2, 3}, kZero), Error);
}

TEST(Options, RejectBothTriangles) {
  EXPECT_THROW((void)init::constant(1).lower_triangle().upper_triangle(), Error);
}

TEST(Generators, RejectShapesThatDoNotSuit) {
  EXPECT_THAT([] { (void)init::fan_in_uniform().draw({5}, kZero); },
              ThrowsMessage<Error>(HasSubstr("fan_in_uniform needs two axes")));
  EXPECT_THROW((void)init::fan_in_gaussian().draw({5}, kZero), Error);
  EXPECT_THROW((void)init::diag_offdiag(1, 0).draw({2, 2, 2}, kZero), Error);
}

TEST(Generators, RejectArgumentsThatMakeNoSense) {
  EXPECT_THROW((void)init::uniform(1, 0), Error);
  EXPECT_THROW((void)init::constant(std::numeric_limits<double>::quiet_NaN()), Error);
  EXPECT_THROW((void)init::gaussian(0, std::numeric_limits<double>::infinity()), Error);
  EXPECT_THAT([] { (void)init::gaussian(1e39); },
              ThrowsMessage<Error>(HasSubstr("gaussian: mean is 1e+39")));
  EXPECT_THROW((void)init::uniform().amin(std::numeric_limits<double>::quiet_NaN()), Error);
}

// From and to text.

TEST(MakeInitialiser, TakesArgumentsAndOptionsByName) {
  const std::vector<InitialiserArgument> arguments{{"high", 0.5, {}},
                                                   {"low", -0.5, {}},
                                                   {"hollow", true, {}},
                                                   {"col_mask", 2.0, {}},
                                                   {"row_mask", std::vector{0.0, 2.0}, {}},
                                                   {"eye", 0.0, {}}};
  EXPECT_EQ(make_initialiser("uniform", arguments),
            init::uniform(-0.5, 0.5).hollow().col_mask(2).row_mask({0, 2}));
}

TEST(MakeInitialiser, FillsInDefaults) {
  EXPECT_EQ(make_initialiser("gaussian", {}), init::gaussian(0, 1));
  const std::vector<InitialiserArgument> std_only{{"std", 0.1, {}}};
  EXPECT_EQ(make_initialiser("gaussian", std_only), init::gaussian(0, 0.1));
}

/// The text of the error that these arguments give.
std::string complaint(const std::string& generator, std::vector<InitialiserArgument> arguments) {
  try {
    make_initialiser(generator, arguments, {"m.yaml", 3, 5, {}});
  } catch (const Error& error) {
    return error.what();
  }
  return "none";
}

TEST(MakeInitialiser, NamesTheNearestKnownName) {
  EXPECT_EQ(complaint("unifrom", {}),
            "m.yaml:3:5: error: no initialiser is named 'unifrom'\n  did you mean 'uniform'?");
  EXPECT_EQ(complaint("uniform", {{"hihg", 1.0, {"m.yaml", 4, 7, {}}}}),
            "m.yaml:4:7: error: uniform has no argument or option 'hihg'\n  did you mean 'high'?");
  EXPECT_THAT(complaint("uniform", {{"hollo", true, {}}}), HasSubstr("did you mean 'hollow'?"));
}

TEST(MakeInitialiser, SaysWhatIsWrongWithAValue) {
  EXPECT_THAT(complaint("constant", {}), HasSubstr("constant lacks the argument 'value'"));
  EXPECT_THAT(complaint("constant", {{"value", true, {}}}), HasSubstr("value is no number"));
  EXPECT_THAT(complaint("constant", {{"value", 1.0, {}}, {"value", 2.0, {}}}),
              HasSubstr("constant has 'value' twice"));
  EXPECT_THAT(complaint("uniform", {{"low", 2.0, {}}}), HasSubstr("low is 2, high is 1"));
  EXPECT_THAT(complaint("uniform", {{"hollow", 2.0, {}}}),
              HasSubstr("hollow is neither true nor false"));
  EXPECT_THAT(complaint("uniform", {{"col_mask", 1.5, {}}}), HasSubstr("col_mask holds 1.5"));
  EXPECT_THAT(complaint("uniform", {{"col_mask", std::vector{0.0, -1.0}, {}}}),
              HasSubstr("col_mask holds -1"));
  EXPECT_THAT(complaint("uniform", {{"col_mask", true, {}}}),
              HasSubstr("col_mask is neither a count nor a list"));
  EXPECT_THAT(complaint("uniform", {{"lower_triangle", true, {}}, {"upper_triangle", true, {}}}),
              HasSubstr("lower_triangle and upper_triangle both"));
  EXPECT_THAT(complaint("uniform", {{"amin", std::numeric_limits<double>::infinity(), {}}}),
              HasSubstr("amin is inf"));
}

TEST(ToString, WritesWhatModelFilesRead) {
  EXPECT_EQ(to_string(init::uniform()), "{uniform: {low: 0, high: 1}}");
  EXPECT_EQ(to_string(init::fan_in_gaussian()), "{fan_in_gaussian: {}}");
  EXPECT_EQ(to_string(init::gaussian(0, 0.1).clip(-1, 1e-7).eye().col_mask(3).row_mask({0, 2})),
            "{gaussian: {mean: 0, std: 0.1, amin: -1, amax: 1e-07, eye: true, col_mask: 3, "
            "row_mask: [0, 2]}}");
  EXPECT_EQ(to_string(init::literal({{2, 2}, std::vector<float>{1, 0.1F, -3, 4e20F}})),
            "[[1, 0.1], [-3, 4e+20]]");
  EXPECT_EQ(to_string(init::literal({{}, std::vector<float>{2.5F}})), "2.5");
  EXPECT_EQ(to_string(Initialiser()), "null");
}

TEST(Table, DescribesEveryNameOnce) {
  std::set<std::string_view> generator_names;
  for (const auto& generator : generators()) {
    EXPECT_TRUE(generator_names.insert(generator.name).second) << generator.name;
    EXPECT_FALSE(generator.doc.empty()) << generator.name;
    EXPECT_EQ(find_generator(generator.name), &generator);

    std::set<std::string_view> names;  // arguments and options stand side by side
    for (const auto& argument : generator.arguments) {
      EXPECT_TRUE(names.insert(argument.name).second) << argument.name;
      EXPECT_FALSE(argument.doc.empty()) << argument.name;
    }
    for (const auto& option : initialiser_options()) {
      EXPECT_TRUE(names.insert(option.name).second) << option.name;
      EXPECT_FALSE(option.doc.empty()) << option.name;
    }
  }
  EXPECT_EQ(find_generator("uni"), nullptr);
}

TEST(Equality, ComparesArgumentsOptionsAndLiterals) {
  EXPECT_EQ(init::uniform(0, 2), init::uniform(0, 2));
  EXPECT_NE(init::uniform(0, 2), init::uniform(0, 3));
  EXPECT_NE(init::uniform(0, 2), init::uniform(0, 2).hollow());
  EXPECT_NE(init::fan_in_uniform(), init::fan_in_gaussian());
  EXPECT_EQ(init::literal({{1}, std::vector<float>{2}}),
            init::literal({{1}, std::vector<float>{2}}));
  EXPECT_NE(init::literal({{1}, std::vector<float>{2}}),
            init::literal({{1}, std::vector<float>{3}}));
  EXPECT_NE(Initialiser(), init::constant(0));
}

TEST(DrawAsNumpy, RejectsWhatItDoesNotReproduce) {
  EXPECT_THROW(draw_as_numpy(init::gaussian(), {2, 3}, 0), Error);
  EXPECT_THROW(draw_as_numpy(init::uniform().col_mask(2), {2, 3}, 0), Error);
}

TEST(DrawAsNumpy, DrawsInDouble) {
  const auto values = draw_as_numpy(init::uniform(), {1, 2}, 0);
  EXPECT_THAT(values.floats(), ElementsAre(0.6369616873214543F, 0.2697867137638703F));
}

}  // namespace
}  // namespace plexus
