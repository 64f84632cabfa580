#include "plexus/components/math/activation.h"

#include <array>
#include <cmath>
#include <limits>

#include <gmock/gmock.h>

#include "plexus/core/error.h"
#include "tests/support/infinity.h"

namespace plexus::math {
namespace {

using testing::ElementsAre;
using testing::Eq;
using testing::HasSubstr;
using testing::ThrowsMessage;

using test::kInfinity;
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

TEST(Activation, IsFoundByItsExactName) {
  EXPECT_EQ(activation("relu").name, "relu");
  EXPECT_EQ(&activation("relu"), &activation("relu"));
  EXPECT_THROW(activation("ReLU"), Error);
  EXPECT_THROW(activation(""), Error);
}

TEST(Activation, NamesTheNearestOneInItsRefusal) {
  EXPECT_THAT(
      [] { activation("sigmiod"); },
      ThrowsMessage<Error>(Eq("unknown activation function 'sigmiod'\n  did you mean 'sigmoid'?")));
  EXPECT_THAT([] { activation("wobble"); }, ThrowsMessage<Error>(HasSubstr("known are: tanh, ")));
}

TEST(Activation, TakesAnyNameThatContainsHeaviside) {
  EXPECT_EQ(activation("my_heaviside_fx").name, "heaviside");
}

TEST(Activation, SaysWhichTakeARowAsAWhole) {
  EXPECT_TRUE(activation("tanh").elementwise);
  EXPECT_FALSE(activation("softmax").elementwise);
  EXPECT_EQ(activation("softmax").df, nullptr);
  EXPECT_EQ(activation("bkwta").min_cols, 5);
}

TEST(Activation, WorksInPlace) {
  std::array<float, 6> x{-1, 2, -3, 4, 0, 6};
  activation("relu").f(x.data(), x.data(), 2, 3);
  EXPECT_THAT(x, ElementsAre(0, 2, 0, 4, 0, 6));
}

/// f and df at -3, -1, -0.5, 0, 0.25, 1, 2, 6, 7, as the reference has them.
struct ReferencePoints {
  const char* name;
  std::array<float, 9> f, df;
};

class ActivationAt : public testing::TestWithParam<ReferencePoints> {};

TEST_P(ActivationAt, AgreesWithTheReference) {
  constexpr std::array<float, 9> kX{-3, -1, -0.5F, 0, 0.25F, 1, 2, 6, 7};
  const auto& fx = activation(GetParam().name);
  std::array<float, 9> y{}, dy{};

  fx.f(kX.data(), y.data(), 1, 9);
  fx.df(kX.data(), dy.data(), 3, 3);

  for (std::size_t i = 0; i < kX.size(); ++i) {
    EXPECT_NEAR(y[i], GetParam().f[i], 1e-6F * (1 + std::fabs(GetParam().f[i]))) << kX[i];
    EXPECT_NEAR(dy[i], GetParam().df[i], 1e-6F) << kX[i];
  }
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(Reference, ActivationAt, testing::Values(
    ReferencePoints{"silu",
        {-.14227763F, -.2689414F, -.18877034F, 0, .14054413F, .7310586F, 1.761594F, 5.9851646F, 6.993623F},
        {-.08810411F, .07232948F, .26003882F, .5F, .62371004F, .92767054F, 1.0907843F, 1.0123262F, 1.0054601F}},
    ReferencePoints{"gelu",
        {-.01807131F, -.15420423F, -.14961156F, 0, .15119965F, .8457958F, 1.9356586F, 5.9997797F, 6.9999533F},
        {-.024548326F, -.067779616F, .120778084F, .5F, .7065005F, 1.0677795F, 1.0738155F, 1.0003382F, 1.0000728F}},
    ReferencePoints{"telu",
        {-.14923792F, -.35213548F, -.27084017F, 0, .21438845F, .99132895F, 1.9999985F, 6, 7},
        {-.09924559F, .029872894F, .32739836F, .7615942F, .94249254F, 1.0382653F, 1.0000222F, 1, 1}},
    ReferencePoints{"softplus",
        {.048587352F, .3132617F, .474077F, .6931472F, .8259394F, 1.3132617F, 2.126928F, 6.0024757F, 7.000911F},
        {.047425874F, .2689414F, .37754068F, .5F, .5621765F, .7310586F, .880797F, .9975274F, .999089F}},
    ReferencePoints{"elu",
        {-.95021296F, -.6321206F, -.39346933F, 0, .25F, 1, 2, 6, 7},
        {.049787067F, .36787945F, .60653067F, 1, 1, 1, 1, 1, 1}}),
    [](const auto& test) { return std::string{test.param.name}; });
// clang-format on

TEST(Activation, TakesTheDerivativeFromTheRightAtAKink) {
  EXPECT_EQ(d_relu(0.0F), 1);
  EXPECT_EQ(d_relu(-0.0F), 1);
  EXPECT_EQ(d_lrelu(0.0F), 1);
  EXPECT_EQ(d_elu(0.0F), 1);
  EXPECT_EQ(d_relu6(0.0F), 1);
  EXPECT_EQ(d_relu6(6.0F), 1);
}

class EveryActivation : public testing::TestWithParam<std::string_view> {
 protected:
  float f(float x) const { return at(activation(GetParam()).f, x); }
  float df(float x) const { return at(activation(GetParam()).df, x); }

 private:
  static float at(ArrayKernel kernel, float x) {
    float y = 0;
    kernel(&x, &y, 1, 1);
    return y;
  }
};

TEST_P(EveryActivation, IsNotNaNForLargeOrInfiniteArguments) {
  if (GetParam() == "sine") return;  // has no limit
  for (const float x :
       {-kInfinity, -3e38F, -1e20F, -100.0F, 88.5F, 89.0F, 1000.0F, 1e20F, 3e38F, kInfinity}) {
    EXPECT_FALSE(std::isnan(f(x))) << x;
    EXPECT_FALSE(std::isnan(df(x))) << x;
  }
}

TEST_P(EveryActivation, HandsNaNOnUnlessItIsATruthValue) {
  const bool truth_value = GetParam() == "heaviside" || GetParam() == "unit_threshold";
  EXPECT_EQ(std::isnan(f(kNaN)), !truth_value);
}

TEST_P(EveryActivation, HasItsSlopeForADerivative) {
  if (GetParam() == "heaviside" || GetParam() == "unit_threshold") return;  // straight-through
  constexpr float kStep = 1e-2F;
  for (const float x : {-2.3F, -0.9F, -0.4F, 0.3F, 0.7F, 1.9F}) {
    const float step = GetParam() == "sine" ? kStep / 30 : kStep;
    const float slope = (f(x + step) - f(x - step)) / (2 * step);
    EXPECT_NEAR(df(x), slope, 2e-3F * (1 + std::fabs(slope))) << x;
  }
}

std::vector<std::string_view> elementwise_names() {
  std::vector<std::string_view> names;
  for (const auto& known : activations())
    if (known.elementwise) names.push_back(known.name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(All, EveryActivation, testing::ValuesIn(elementwise_names()),
                         [](const auto& test) { return std::string{test.param}; });

TEST(InverseTanh, IsTwiceTheInverseAsInTheReference) {
  EXPECT_NEAR(inverse_tanh(std::tanh(0.7F)), 1.4F, 1e-6F);
}

TEST(InverseLogistic, UndoesTheSigmoidWithinItsBounds) {
  EXPECT_NEAR(inverse_logistic(sigmoid(1.5F)), 1.5F, 1e-5F);
  EXPECT_EQ(inverse_logistic(0.0F), inverse_logistic(0.03F));
  EXPECT_EQ(inverse_logistic(0.0F, 0.0F), -kInfinity);
}

TEST(Max, HandsNaNOnFromEitherSide) {
  EXPECT_TRUE(std::isnan(max(kNaN, 0.0F)));
  EXPECT_TRUE(std::isnan(max(0.0F, kNaN)));
  EXPECT_TRUE(std::isnan(min(kNaN, 0.0F)));
  EXPECT_TRUE(std::isnan(min(0.0F, kNaN)));
  EXPECT_TRUE(std::isnan(clip(kNaN, 0.0F, 1.0F)));
  EXPECT_TRUE(std::isnan(sign(kNaN)));
}

TEST(Sign, OfZeroIsZero) {
  EXPECT_EQ(sign(0.0F), 0);
  EXPECT_EQ(sign(-2.0F), -1);
  EXPECT_EQ(sign(0.5F), 1);
}

// The enumerators stand for places in the table.
TEST(Activation, KnowsTheFunctionsOfOneValueByTheirPlace) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    const float x = 0.3F;
    const auto same = [&](std::size_t place, float f, float df) {
      const Activation& known = activations()[place];
      float y = 0, dy = 0;
      known.f(&x, &y, 1, 1);
      known.df(&x, &dy, 1, 1);
      EXPECT_EQ(static_cast<std::size_t>(elementwise(known)), place);
      EXPECT_FLOAT_EQ(y, f) << known.name;
      EXPECT_FLOAT_EQ(dy, df) << known.name;
    };
    (same(I, activate<static_cast<Elementwise>(I)>(x), d_activate<static_cast<Elementwise>(I)>(x)),
     ...);
  }
  (std::make_index_sequence<static_cast<std::size_t>(kElementwise)>{});
}

}  // namespace
}  // namespace plexus::math
