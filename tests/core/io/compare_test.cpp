#include "plexus/core/io/compare.h"

#include <limits>

#include <gmock/gmock.h>

#include "plexus/core/io/npz.h"
#include "tests/core/io/files.h"
#include "tests/support/error_of.h"

namespace plexus {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Verdict = ArrayComparison::Verdict;

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr Tolerance kExact{.rtol = 0, .atol = 0, .atol_scale = 0};

NamedArrays floats(std::vector<float> values) {
  const Shape shape{static_cast<std::int64_t>(values.size())};
  return {{"x", {shape, std::move(values)}}};
}

bool agree(std::vector<float> a, std::vector<float> b, const Tolerance& tolerance) {
  return compare(floats(std::move(a)), floats(std::move(b)), tolerance).agrees();
}

TEST(Compare, TheRelativeToleranceScalesWithTheReference) {
  const Tolerance tolerance{.rtol = 0.25, .atol = 0, .atol_scale = 0};
  EXPECT_TRUE(agree({5, 125}, {4, 100}, tolerance));  // the limit itself agrees
  EXPECT_FALSE(agree({5.01F, 100}, {4, 100}, tolerance));
  EXPECT_FALSE(agree({3}, {2.39F}, tolerance));  // of b, not of a
}

TEST(Compare, TheAbsoluteToleranceIsAdded) {
  const Tolerance tolerance{.rtol = 0.25, .atol = 0.5, .atol_scale = 0};
  EXPECT_TRUE(agree({5.5F}, {4}, tolerance));
  EXPECT_FALSE(agree({5.51F}, {4}, tolerance));
}

TEST(Compare, TheScaledToleranceFollowsTheLargestFiniteReference) {
  const Tolerance tolerance{.rtol = 0, .atol = 0, .atol_scale = 0.25};
  EXPECT_TRUE(agree({2, -8}, {0, -8}, tolerance));
  EXPECT_FALSE(agree({2.01F, -8}, {0, -8}, tolerance));
  EXPECT_FALSE(agree({2.01F, kInfinity, kNaN}, {0, kInfinity, kNaN}, tolerance));
  EXPECT_FALSE(agree({2, 100}, {0, 4}, tolerance));  // of B, not of A
}

TEST(Compare, TheDefaultsAreThoseOfThePlan) {
  EXPECT_TRUE(agree({1.000009F}, {1}, {}));
  EXPECT_FALSE(agree({1.000012F}, {1}, {}));
  EXPECT_TRUE(agree({0.9e-6F, 1}, {0, 1}, {}));
  EXPECT_FALSE(agree({1.1e-6F, 1}, {0, 1}, {}));
}

TEST(Compare, NaNAgreesWithNaNOnly) {
  EXPECT_TRUE(agree({kNaN, 1}, {kNaN, 1}, kExact));
  EXPECT_FALSE(agree({kNaN}, {1}, {.rtol = 1e9}));
  EXPECT_FALSE(agree({1}, {kNaN}, {.rtol = 1e9}));
}

TEST(Compare, AnInfinityAgreesWithTheSameOneOnly) {
  EXPECT_TRUE(agree({kInfinity, -kInfinity}, {kInfinity, -kInfinity}, kExact));
  EXPECT_FALSE(agree({-kInfinity}, {kInfinity}, {}));
  EXPECT_FALSE(agree({1}, {kInfinity}, {}));
  EXPECT_FALSE(agree({kInfinity}, {1}, {.rtol = 1e9}));
  EXPECT_FALSE(agree({kNaN}, {kInfinity}, {}));
}

TEST(Compare, IntegersMustBeEqualWhateverTheTolerance) {
  const NamedArrays keys{{"key", {Shape{2}, std::vector<std::uint32_t>{4294967294U, 1}}}};
  const NamedArrays others{{"key", {Shape{2}, std::vector<std::uint32_t>{4294967295U, 1}}}};
  EXPECT_TRUE(compare(keys, keys).agrees());
  EXPECT_FALSE(compare(others, keys, {.rtol = 1, .atol = 10}).agrees());
}

TEST(Compare, FloatsMustEqualAReferenceOfIntegers) {
  const NamedArrays counts{{"x", {Shape{2}, std::vector<std::int32_t>{1, 2}}}};
  EXPECT_TRUE(compare(floats({1, 2}), counts).agrees());
  EXPECT_FALSE(compare(floats({1, 2.000001F}), counts, {.rtol = 1}).agrees());
}

TEST(Compare, LargestDeviationsAreFoundWithTheirPlaces) {
  const NamedArrays a{{"W", {Shape{2, 3}, std::vector<float>{1, 2, 0.5F, 4, 5, 106}}}};
  const NamedArrays b{{"W", {Shape{2, 3}, std::vector<float>{1, 2, 0.25F, 4, 5, 100}}}};

  const ArrayComparison array = compare(a, b).arrays.at(0);

  EXPECT_EQ(array.verdict, Verdict::differs);
  EXPECT_EQ(array.absolute.size, 6);
  EXPECT_THAT(array.absolute.place, ElementsAre(1, 2));
  EXPECT_EQ(array.absolute.a, 106);
  EXPECT_EQ(array.absolute.b, 100);
  EXPECT_EQ(array.relative.size, 1);
  EXPECT_THAT(array.relative.place, ElementsAre(0, 2));
  EXPECT_EQ(array.outside, 2U);
  EXPECT_THAT(array.first_outside.place, ElementsAre(0, 2));
}

TEST(Compare, RelativeDeviationsLeaveOutReferencesOfZero) {
  const ArrayComparison array = compare(floats({1, 2.5F}), floats({0, 2})).arrays.at(0);
  EXPECT_EQ(array.relative.size, 0.25);
  EXPECT_THAT(array.relative.place, ElementsAre(1));
}

TEST(Compare, AMissingArrayFails) {
  const Comparison result = compare({}, floats({1}));
  EXPECT_FALSE(result.agrees());
  EXPECT_EQ(result.arrays.at(0).verdict, Verdict::missing);
}

TEST(Compare, AnotherShapeFailsEvenWithTheSameValues) {
  const NamedArrays row{{"x", {Shape{1, 2}, std::vector<float>{1, 2}}}};
  const Comparison result = compare(row, floats({1, 2}));
  EXPECT_FALSE(result.agrees());
  EXPECT_EQ(result.arrays.at(0).verdict, Verdict::other_shape);
}

TEST(Compare, ArraysThatOnlyAHasAreListedAndIgnored) {
  NamedArrays a = floats({1});
  a.emplace_back("extra", Tensor{Shape{1}, std::vector<float>{5}});

  const Comparison result = compare(a, floats({1}));

  EXPECT_TRUE(result.agrees());
  EXPECT_THAT(result.ignored, ElementsAre("extra"));
}

TEST(Compare, EmptyArraysAgree) {
  EXPECT_TRUE(agree({}, {}, kExact));
}

TEST(Compare, ANegativeToleranceIsRefused) {
  EXPECT_THAT(test::error_of([] { compare({}, {}, {.rtol = -1}); }), HasSubstr("rtol is -1"));
  EXPECT_THAT(
      test::error_of([] { compare({}, {}, {.atol = std::numeric_limits<double>::quiet_NaN()}); }),
      HasSubstr("atol is nan"));
}

TEST(Compare, TheTableNamesWhatDiffersAndWhere) {
  NamedArrays b = floats({1, 2, 3});
  b.emplace_back("same", Tensor{Shape{1, 1}, std::vector<float>{1}});
  b.emplace_back("gone", Tensor{Shape{2}, std::vector<float>{1, 2}});
  NamedArrays a = floats({1, 2.5F, 3});
  a.push_back(b[1]);
  a.emplace_back("more", Tensor{Shape{}, std::vector<float>{1}});

  EXPECT_EQ(to_table(compare(a, b)),
            "array  shape   verdict  max |a-b|  at    max |a-b|/|b|  at\n"
            "x      (3,)    differs        0.5  (1,)           0.25  (1,)\n"
            "same   (1, 1)  agrees           0                    0\n"
            "gone   (2,)    missing          -                    -\n"
            "\n"
            "x: 1 of 3 values outside the tolerance, first at (1,): 2.5 instead of 2\n"
            "gone: missing\n"
            "\n"
            "only in A, ignored: more\n"
            "\n"
            "differs: 2 of 3 array(s): x, gone\n");
}

class CompareFiles : public test::InFolder {};

TEST_F(CompareFiles, MembersThatAreNoArraysAreSkipped) {
  const std::vector<std::pair<std::string, std::string>> ours{{"provenance.json", "{}"}},
      theirs{{"notes", "x"}};
  write_npz(in("a.npz"), floats({1, 2}), ours);
  write_npz(in("b.npz"), floats({1, 2}), theirs);

  const Comparison result = compare_npz(in("a.npz"), in("b.npz"));

  EXPECT_TRUE(result.agrees());
  EXPECT_TRUE(result.ignored.empty());
  EXPECT_THAT(to_table(result), HasSubstr("agrees: 1 array(s)"));
}

TEST_F(CompareFiles, GiveTheVerdictsOfTheirArrays) {
  NamedArrays a = floats({1, 2});
  a.emplace_back("key", Tensor{Shape{1}, std::vector<std::uint32_t>{4294967294U}});
  NamedArrays b = floats({1, 2});
  b.emplace_back("key", Tensor{Shape{1}, std::vector<std::uint32_t>{4294967295U}});
  b.emplace_back("gone", Tensor{Shape{1}, std::vector<float>{0}});
  write_npz(in("a.npz"), a);
  write_npz(in("b.npz"), b);

  const Comparison result = compare_npz(in("a.npz"), in("b.npz"));

  ASSERT_EQ(result.arrays.size(), 3U);
  EXPECT_EQ(result.arrays[0].verdict, Verdict::agrees);
  EXPECT_EQ(result.arrays[1].verdict, Verdict::differs);
  EXPECT_EQ(result.arrays[2].verdict, Verdict::missing);
  EXPECT_THAT(to_table(result), Not(HasSubstr("ignored")));
}

}  // namespace
}  // namespace plexus
