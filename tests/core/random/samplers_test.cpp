#include "plexus/core/random/samplers.h"

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <ostream>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include <gmock/gmock.h>

#include "plexus/core/random/draws.h"
#include "plexus/core/random/widest.h"
#include "tests/core/random/keys.h"

namespace plexus {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::FloatNear;
using testing::Gt;
using testing::Lt;
using testing::Pointwise;

using test::kZero;

/// `n` values, written by fill(out).
template <class T = float, class Fill>
std::vector<T> filled(std::size_t n, const Fill& fill) {
  std::vector<T> out(n);
  fill(std::span<T>(out));
  return out;
}

std::vector<float> uniforms(Key key, std::size_t n, float low = 0, float high = 1) {
  return filled(n, [&](auto out) { fill_uniform(key, 0, out, low, high); });
}

std::vector<float> normals(Key key, std::size_t n) {
  return filled(n, [&](auto out) { fill_normal(key, 0, out); });
}

std::vector<float> bernoullis(Key key, std::size_t n, float p) {
  return filled(n, [&](auto out) { fill_bernoulli(key, 0, out, p); });
}

std::vector<std::int32_t> integers(Key key, std::size_t n, std::int32_t low, std::int64_t high) {
  return filled<std::int32_t>(n, [&](auto out) { fill_randint(key, 0, out, low, high); });
}

/// Relative 1e-6, absolute 1e-7: as near as normals of different libraries come.
MATCHER(NearlyEqual, "") {
  const float expected = std::get<1>(arg);
  return std::abs(std::get<0>(arg) - expected) <= 1e-6F * std::abs(expected) + 1e-7F;
}

// The values that JAX gives.

TEST(FillBits, HashesEachIndex) {
  EXPECT_THAT(filled<std::uint32_t>(8, [](auto out) { fill_bits(kZero, 0, out); }),
              ElementsAre(4070199207U, 4202968722U, 1427181096U, 2012915765U, 2447653815U,
                          710830403U, 1332275837U, 2961296638U));
}

TEST(FillUniform, GivesJaxsValues) {
  EXPECT_THAT(filled(4, [](auto out) { fill_uniform(kZero, 0, out); }),
              ElementsAre(0.947667003F, 0.978579879F, 0.332291484F, 0.468668461F));
  EXPECT_THAT(uniforms(split(kZero).second, 16),
              Pointwise(FloatNear(6e-8F),
                        {0.00729382F, 0.02089119F, 0.5814265F, 0.36183798F, 0.22303772F,
                         0.11928833F, 0.12543893F, 0.61683F, 0.0950073F, 0.9834225F, 0.4248221F,
                         0.8324801F, 0.0966121F, 0.22702086F, 0.3545748F, 0.67104137F}));
}

TEST(FillUniform, FusesScalingAndShift) {
  EXPECT_THAT(uniforms(kZero, 6, -0.3F, 0.3F),
              ElementsAre(0.268600225F, 0.287147939F, -0.100625113F, -0.018798925F, 0.0419332273F,
                          -0.200698197F));
  EXPECT_THAT(uniforms(kZero, 6, 0.025F, 0.8F),
              ElementsAre(0.759441972F, 0.783399463F, 0.282525927F, 0.388218075F, 0.466663778F,
                          0.15326485F));
}

TEST(FillUniform, GivesTheLowerBoundOfAnEmptyRange) {
  EXPECT_THAT(uniforms(kZero, 50, 2, 2), Each(2.0F));
  EXPECT_THAT(uniforms(kZero, 50, 2, 1), Each(2.0F));
}

TEST(FillNormal, GivesJaxsValues) {
  EXPECT_THAT(normals(Key::from_seed(42), 3),
              Pointwise(NearlyEqual(), {-0.02830462F, 0.46713185F, 0.29570296F}));
  EXPECT_THAT(normals(kZero, 16),
              Pointwise(NearlyEqual(), {1.6226422F, 2.0252647F, -0.43359444F, -0.07861735F,
                                        0.1760909F, -0.97208923F, -0.49529874F, 0.4943786F,
                                        0.6643493F, -0.9501635F, 2.1795304F, -1.9551506F,
                                        0.35857072F, 0.15779513F, 1.2770847F, 1.5104648F}));
  std::vector<float> of_children;
  for (const Key key : split(Key::from_seed(42), 3)) of_children.push_back(normal_at(key, 0));
  EXPECT_THAT(of_children, Pointwise(NearlyEqual(), {0.07592554F, 0.60576403F, 0.4323065F}));
}

TEST(FillNormal, GivesTheFullDigitsOfAPublishedLoop) {
  Key key = Key::from_seed(42);
  for (const float expected : {0.6057640314102173F, -0.21089035272598267F, -0.3948981463909149F}) {
    const auto [next, drawn] = split(key);
    EXPECT_EQ(normal_at(drawn, 0), expected);
    key = next;
  }
}

TEST(FillNormal, FusesThePolynomial) {
  EXPECT_EQ(normal_at(Key::from_seed(1), 4), 1.26666737F);  // 1.26666725 without
}

TEST(FillNormal, ReachesAsFarAs23BitsGo) {
  EXPECT_FLOAT_EQ(detail::normal_of(0), -5.41998291F);
  EXPECT_FLOAT_EQ(detail::normal_of(0xffffffffU), 5.2201128F);
}

TEST(FillBernoulli, ComparesStrictly) {
  EXPECT_THAT(bernoullis(kZero, 8, 0.5F), ElementsAre(0, 0, 1, 1, 0, 1, 1, 0));
  EXPECT_THAT(bernoullis(kZero, 1000, 1), Each(1.0F));
  EXPECT_THAT(bernoullis(kZero, 1000, 0), Each(0.0F));
}

TEST(FillBernoulli, TakesAProbabilityForEachElement) {
  const std::vector<float> p{0, 1, 0.4F, 0.4F, 1, 0, 0.4F, 0.4F};
  const auto draws = filled(8, [&](auto out) { fill_bernoulli(kZero, 0, out, p); });
  EXPECT_THAT(draws, ElementsAre(0, 1, 1, 0, 1, 0, 1, 0));
}

TEST(FillRandint, GivesJaxsValues) {
  EXPECT_THAT(integers(Key::from_seed(1), 5, 0, 10), ElementsAre(6, 7, 0, 3, 8));
  EXPECT_THAT(integers(kZero, 8, 0, 20), ElementsAre(9, 0, 12, 13, 11, 7, 12, 3));
}

TEST(FillRandint, GivesTheLowerBoundOfAnEmptyRange) {
  EXPECT_THAT(integers(kZero, 50, 3, 3), Each(3));
  EXPECT_THAT(integers(kZero, 50, 3, -7), Each(3));
}

TEST(FillRandint, CoversTheWholeRangeOfInt32) {
  constexpr auto kLeast = std::numeric_limits<std::int32_t>::min();
  const auto draws = integers(kZero, 4, kLeast, std::int64_t{1} << 31);
  const Key low_words = split_at(kZero, 1);
  for (std::size_t i = 0; i < draws.size(); ++i) {
    EXPECT_EQ(static_cast<std::uint32_t>(draws[i]), bits_at(low_words, i) + 0x80000000U);
  }
}

TEST(FillExponential, GivesTheKnownValues) {
  EXPECT_THAT(filled(5, [](auto out) { fill_exponential(kZero, 0, out); }),
              Pointwise(NearlyEqual(),
                        {2.95012808F, 3.84342456F, 0.403903544F, 0.632369101F, 0.843711257F}));
}

TEST(FillGumbel, GivesTheKnownValues) {
  EXPECT_THAT(filled(5, [](auto out) { fill_gumbel(kZero, 0, out); }),
              Pointwise(NearlyEqual(),
                        {2.92337251F, 3.83261776F, -0.0968932435F, 0.277257085F, 0.575694561F}));
}

TEST(FillLognormal, GivesTheKnownValues) {
  EXPECT_THAT(filled(4, [](auto out) { fill_lognormal(kZero, 0, out, 1); }),
              Pointwise(NearlyEqual(), {5.06645918F, 7.57811689F, 0.648175061F, 0.924393594F}));
}

TEST(FillTruncatedNormal, StaysBetweenItsBounds) {
  EXPECT_THAT(filled(5000, [](auto out) { fill_truncated_normal(kZero, 0, out, 0.5F, 0.75F); }),
              Each(AllOf(Gt(0.5F), Lt(0.75F))));
}

TEST(FillTruncatedNormal, AllowsInfiniteBounds) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  EXPECT_THAT(filled(5000, [](auto out) { fill_truncated_normal(kZero, 0, out, -kInfinity, 0); }),
              Each(AllOf(Gt(-6.0F), Lt(0.0F))));
}

TEST(FillCategorical, GivesTheKnownValues) {
  const std::vector<float> logits{std::log(0.2F), std::log(0.3F), std::log(0.5F)};
  EXPECT_THAT(filled<std::int32_t>(6, [&](auto out) { fill_categorical(kZero, 0, out, logits); }),
              ElementsAre(1, 1, 2, 1, 2, 0));
}

TEST(FillCategorical, NeverDrawsWhatHasNoProbability) {
  constexpr float kNever = -std::numeric_limits<float>::infinity();
  const std::vector<float> logits{kNever, 0, kNever};
  EXPECT_THAT(filled<std::int32_t>(500, [&](auto out) { fill_categorical(kZero, 0, out, logits); }),
              Each(1));
}

// Whatever the stretch and the width of vectors: the same bits.

/// A sampler over floats or integers, its values as bits.
struct Sampler {
  std::string name;
  std::function<std::vector<std::uint32_t>(std::uint64_t first, std::size_t n)> draw;

  friend std::ostream& operator<<(std::ostream& out, const Sampler& s) { return out << s.name; }
};

template <class T, class... Args>
Sampler sampler(std::string name, void (*fill)(Key, std::uint64_t, std::span<T>, Args...),
                Args... args) {
  return {std::move(name), [=](std::uint64_t first, std::size_t n) {
            std::vector<T> values(n);
            fill(Key{7, 8}, first, values, args...);
            std::vector<std::uint32_t> bits;
            for (const T value : values) bits.push_back(std::bit_cast<std::uint32_t>(value));
            return bits;
          }};
}

std::vector<Sampler> samplers() {
  static const std::vector<float> logits{0.5F, 0, -1, 2};
  return {
      sampler<std::uint32_t>("bits", fill_bits),
      sampler<float>("uniform", fill_uniform),
      sampler<float, float, float>("uniform_between", fill_uniform, -0.3F, 0.7F),
      sampler<float>("normal", fill_normal),
      sampler<float, float>("bernoulli", fill_bernoulli, 0.3F),
      sampler<std::int32_t, std::int32_t, std::int64_t>("randint", fill_randint, -5, 1000),
      sampler<float>("gumbel", fill_gumbel),
      sampler<float>("exponential", fill_exponential),
      sampler<float, float>("lognormal", fill_lognormal, 0.7F),
      sampler<float, float, float>("truncated_normal", fill_truncated_normal, -1.0F, 2.0F),
      sampler<std::int32_t, std::span<const float>>("categorical", fill_categorical, logits),
  };
}

class AnySampler : public testing::TestWithParam<Sampler> {};

TEST_P(AnySampler, GivesEachIndexTheSameValueInAnyStretch) {
  const auto whole = GetParam().draw(0, 203);
  for (const std::size_t first : {0U, 1U, 7U, 64U, 131U, 202U}) {
    for (const std::size_t n : {0U, 1U, 2U, 15U, 16U, 33U, 72U}) {
      if (first + n > whole.size()) continue;
      const auto from = whole.begin() + static_cast<std::ptrdiff_t>(first);
      EXPECT_EQ(GetParam().draw(first, n), std::vector(from, from + static_cast<std::ptrdiff_t>(n)))
          << first << " + " << n;
    }
  }
}

TEST_P(AnySampler, CountsBeyond32Bits) {
  const std::uint64_t edge = std::uint64_t{1} << 32;
  const auto across = GetParam().draw(edge - 40, 80);
  EXPECT_EQ(GetParam().draw(edge, 40), std::vector(across.begin() + 40, across.end()));
  EXPECT_EQ(GetParam().draw(edge - 40, 40), std::vector(across.begin(), across.begin() + 40));
  EXPECT_NE(GetParam().draw(edge, 80), GetParam().draw(0, 80));
}

INSTANTIATE_TEST_SUITE_P(All, AnySampler, testing::ValuesIn(samplers()),
                         [](const auto& instance) { return instance.param.name; });

TEST(Draws, EqualTheElementsOfAFill) {
  const Key key{1, 2};
  const auto bits = filled<std::uint32_t>(100, [&](auto out) { fill_bits(key, 0, out); });
  const auto between = uniforms(key, 100, -0.3F, 0.7F);
  const auto chances = bernoullis(key, 100, 0.3F);
  const auto normal = normals(key, 100);
  for (std::size_t i = 0; i < 100; ++i) {
    EXPECT_EQ(bits_at(key, i), bits[i]);
    EXPECT_EQ(uniform_at(key, i, -0.3F, 0.7F), between[i]);
    EXPECT_EQ(uniform_at(key, i), detail::uniform_of(bits[i]));
    EXPECT_EQ(bernoulli_at(key, i, 0.3F), chances[i] == 1);
    EXPECT_EQ(normal_at(key, i), normal[i]);
  }
}

TEST(FillWidest, GivesTheBitsOfTheBaseline) {
  const auto value = [](std::uint32_t i) {
    return detail::normal_of(i * 2654435761U) + detail::uniform_of(i, -0.3F, 0.7F);
  };
  std::vector<float> wide(100'003);
  std::vector<float> baseline(wide.size());
  detail::fill_widest(wide.data(), static_cast<std::uint32_t>(wide.size()), value);
  detail::fill_baseline(baseline.data(), static_cast<std::uint32_t>(wide.size()), value);
  EXPECT_EQ(wide, baseline);
}

// The logarithms underneath.

TEST(Logarithm, IsThatOfTheLibraryInDoubleForAllUniforms) {
  std::size_t differing = 0;
  for (std::uint32_t i = 1; i < 1U << 23; ++i) {
    const float u = detail::uniform_of(i << 9);
    const double exact = static_cast<double>(u);
    differing += detail::log(u) != static_cast<float>(std::log(exact));
    differing += detail::log1p(-u) != static_cast<float>(std::log1p(-exact));
  }
  EXPECT_LT(differing, 30U);  // of 2^24; by one unit in the last place
}

TEST(Logarithm, HandlesItsEnds) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  EXPECT_EQ(detail::log(0), -kInfinity);
  EXPECT_EQ(detail::log(1), 0);
  EXPECT_EQ(detail::log1p(-1), -kInfinity);
  EXPECT_EQ(detail::log1p(0), 0);
  EXPECT_EQ(detail::log1p(-1e-20F), -1e-20F);
  EXPECT_FLOAT_EQ(detail::log(0x1p-126F), -87.3365447F);
  EXPECT_FLOAT_EQ(detail::log(1e30F), 69.0775528F);
}

// The scheme of JAX before 0.5: another layout of counters, the same samplers. Its published values
// check the way from bits to numbers.

/// Counters 0 to n - 1 in two lanes, the second the later half.
std::vector<std::uint32_t> original_bits(Key key, std::uint32_t n) {
  const std::uint32_t half = (n + 1) / 2;
  std::vector<std::uint32_t> bits(2 * std::size_t{half});
  for (std::uint32_t i = 0; i < half; ++i) {
    const std::uint32_t later = half + i < n ? half + i : 0;  // an odd n is padded with 0
    const Key words = threefry2x32(key, i, later);
    bits[i] = words.k0;
    bits[half + i] = words.k1;
  }
  bits.resize(n);
  return bits;
}

std::vector<Key> original_split(Key key, std::uint32_t n) {
  const auto words = original_bits(key, 2 * n);
  std::vector<Key> children;
  for (std::uint32_t i = 0; i < n; ++i) children.push_back({words[2 * i], words[2 * i + 1]});
  return children;
}

/// Five values of a sampler, from JAX's own value tests.
template <class Sample>
std::vector<float> original_values(std::int64_t seed, const Sample& sample) {
  std::vector<float> values;
  for (const auto bits : original_bits(Key::from_seed(seed), 5)) values.push_back(sample(bits));
  return values;
}

TEST(OriginalScheme, GivesThePublishedBits) {
  EXPECT_THAT(original_bits(Key::from_seed(1701), 3),
              ElementsAre(56197195U, 4200222568U, 961309823U));
  EXPECT_THAT(original_split(kZero, 4),
              ElementsAre(Key{2285895361U, 1501764800U}, Key{1518642379U, 4090693311U},
                          Key{433833334U, 4221794875U}, Key{839183663U, 3740430601U}));
}

TEST(OriginalScheme, GivesThePublishedValues) {
  const auto near = FloatNear(1e-6F);
  EXPECT_THAT(original_values(1942292768, [](auto bits) { return detail::exponential_of(bits); }),
              Pointwise(near, {0.526067F, 0.043046F, 0.039932F, 0.46427F, 0.123886F}));
  EXPECT_THAT(original_values(1179715317, [](auto bits) { return detail::gumbel_of(bits); }),
              Pointwise(FloatNear(5e-6F), {2.06701F, 0.911726F, 0.145736F, 0.185427F, -0.00711F}));
  EXPECT_THAT(original_values(1193674498, [](auto bits) { return detail::normal_of(bits); }),
              Pointwise(near, {-1.173234F, -1.511662F, 0.070593F, -0.099764F, 1.052845F}));
  EXPECT_THAT(original_values(1338574713, [](auto bits) { return detail::uniform_of(bits); }),
              Pointwise(near, {0.298671F, 0.073213F, 0.873356F, 0.260549F, 0.412797F}));
  EXPECT_THAT(
      original_values(1612777541,
                      [](auto bits) { return detail::uniform_of(bits) < 0.5F ? 1.0F : 0.0F; }),
      ElementsAre(0, 1, 1, 1, 0));
}

}  // namespace
}  // namespace plexus
