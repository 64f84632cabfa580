#include "plexus/components/math/surrogate.h"

#include <array>
#include <set>

#include <gmock/gmock.h>

#include "plexus/core/error.h"
#include "tests/components/math/tables.h"
#include "tests/support/infinity.h"

namespace plexus::math {
namespace {

using testing::Eq;
using testing::ThrowsMessage;

using test::kInfinity;
constexpr std::array<float, 5> kVoltages{-53, -52, -51, -47, -46.9F};
constexpr float kThr = -52;

TEST(SurrogateName, IsAcceptedWithAndWithoutTheBuildersSuffix) {
  EXPECT_EQ(surrogate("arctan"), Surrogate::arctan);
  EXPECT_EQ(surrogate("arctan_estimator"), Surrogate::arctan);
  EXPECT_EQ(to_string(Surrogate::secant_lif), "secant_lif");
}

TEST(SurrogateName, IsRefusedIfUnknown) {
  EXPECT_THAT([] { surrogate("triangluar"); },
              ThrowsMessage<Error>(
                  Eq("unknown surrogate function 'triangluar'\n  did you mean 'triangular'?")));
}

std::vector<float> at_voltages(const auto& f) {
  std::vector<float> values;
  for (const float v : kVoltages) values.push_back(f(v));
  return values;
}

constexpr Tolerance kOracle{2e-6, 0, 1e-8};

TEST(Spike, IsStrict) {
  EXPECT_TRUE(agrees(at_voltages([](float v) { return spike(v, kThr); }),
                     std::vector<float>{0, 0, 1, 1, 1}, {}));
}

TEST(StraightThrough, IsOneEvenAtInfinity) {
  EXPECT_EQ(d_straight_through(kInfinity), 1);
  EXPECT_EQ(d_straight_through(-3.0F), 1);
}

TEST(Triangular, IsOneAtTheThresholdAndZeroAtHalfAMillivolt) {
  EXPECT_TRUE(agrees(at_voltages([](float v) { return d_triangular(v, kThr); }),
                     std::vector<float>{0, 1, 0, 0, 0}, {}));
  EXPECT_EQ(d_triangular(-51.75F, kThr), 0.5F);
  EXPECT_EQ(d_triangular(-51.5F, kThr), 0);
}

TEST(ExplicitTriangular, FallsOverItsWindow) {
  EXPECT_TRUE(agrees(at_voltages([](float v) { return d_explicit_triangular(v, kThr); }),
                     std::vector<float>{0.8F, 1, 0.8F, 0, 0}, kOracle));
}

TEST(Arctan, AgreesWithTheReference) {
  EXPECT_TRUE(agrees(at_voltages([](float v) { return d_arctan(v, kThr); }),
                     std::vector<float>{0.0292844009F, 0.318309873F, 0.0292844009F, 0.00128485402F,
                                        0.00123515597F},
                     kOracle));
  EXPECT_TRUE(agrees(
      at_voltages([](float v) { return d_arctan(v, kThr, 0.2F); }),
      std::vector<float>{0.289716065F, 0.318309873F, 0.289716065F, 0.0918006971F, 0.0892353579F},
      kOracle));
  EXPECT_TRUE(agrees(at_voltages([](float v) { return arctan_surrogate(v - kThr); }),
                     std::vector<float>{-0.401906729F, 0, 0.401906729F, 0.479763061F, 0.480158836F},
                     kOracle));
}

TEST(Boxcar, IncludesTheEdgeOfItsWindow) {
  EXPECT_TRUE(agrees(at_voltages([](float v) { return d_boxcar(v, kThr); }),
                     std::vector<float>{1, 1, 1, 1, 0}, {}));
}

TEST(SecantLif, AgreesWithTheReference) {
  std::vector<float> unscaled, scaled, surrogate;
  for (const float j : {-1.0F, 0.0F, 1.0F, 10.0F, 50.0F}) {
    unscaled.push_back(d_secant_lif(j));
    scaled.push_back(d_secant_lif<false>(j));
    surrogate.push_back(secant_lif_surrogate(j));
  }
  EXPECT_TRUE(agrees(unscaled, std::vector<float>{0, 0, 0.996808469F, 0.747699976F, 0.0366189964F},
                     kOracle));
  EXPECT_TRUE(agrees(scaled, std::vector<float>{0, 0, 0.065390639F, 0.0490491204F, 0.00240220618F},
                     kOracle));
  EXPECT_TRUE(agrees(surrogate, std::vector<float>{0, 0, 0.0654604062F, 0.544510126F, 0.819450021F},
                     kOracle));
}

TEST(SecantLif, IsZeroWhereItsExponentialOverflows) {
  EXPECT_EQ(d_secant_lif(2000.0F), 0);
  EXPECT_EQ(d_secant_lif(-2000.0F), 0);
}

TEST(SurrogateChoice, RunsTheEstimatorItNames) {
  EXPECT_EQ(d_spike<Surrogate::straight_through>(-50.0F, kThr), 1);
  EXPECT_EQ(d_spike<Surrogate::triangular>(-51.75F, kThr), 0.5F);
  EXPECT_EQ(d_spike<Surrogate::explicit_triangular>(-51.0F, kThr),
            d_explicit_triangular(-51.0F, kThr));
  EXPECT_EQ(d_spike<Surrogate::arctan>(-51.0F, kThr), d_arctan(-51.0F, kThr));
  EXPECT_EQ(d_spike<Surrogate::boxcar>(-47.0F, kThr), 1);
  EXPECT_EQ(d_spike<Surrogate::secant_lif>(10.0F, kThr), d_secant_lif(10.0F));
}

class SurrogateTables : public testing::Test {
 protected:
  const std::map<std::string, Tensor> tables_ = golden_tables("surrogates");
  std::set<std::string> seen_;

  std::span<const float> table(const std::string& name) {
    seen_.insert(name);
    return tables_.at(name).floats();
  }
  void check(const std::string& name, std::span<const float> actual) {
    const bool exact = name.ends_with(".spike") || name.starts_with("boxcar.d");
    EXPECT_TRUE(agrees(actual, table(name), exact ? Tolerance{} : Tolerance{1e-6, 1e-6})) << name;
  }

  /// f(v, thr) over all thresholds and their voltages.
  std::vector<float> over_voltages(const auto& f) {
    const auto thr = table("thr"), v = table("v");
    const std::size_t n = v.size() / thr.size();
    std::vector<float> values;
    for (std::size_t i = 0; i < v.size(); ++i) values.push_back(f(v[i], thr[i / n]));
    return values;
  }
  /// f(v, thr, parameter): for each threshold and each parameter, over the voltages.
  std::vector<float> over_parameters(const std::string& parameter, const auto& f) {
    const auto thr = table("thr"), v = table("v");
    const std::size_t n = v.size() / thr.size();
    std::vector<float> values;
    for (std::size_t i = 0; i < thr.size(); ++i)
      for (const float p : table(parameter))
        for (const float voltage : v.subspan(i * n, n)) values.push_back(f(voltage, thr[i], p));
    return values;
  }
  std::vector<float> over_currents(const auto& f) {
    std::vector<float> values;
    for (const float j : table("j")) values.push_back(f(j));
    return values;
  }
};

// clang-format off
TEST_F(SurrogateTables, AreWhatOurFunctionsReturn) {
  for (const char* estimator : {"straight_through", "triangular", "explicit_triangular", "arctan", "boxcar", "secant_lif"})
    check(estimator + std::string{".spike"}, over_voltages([](float v, float thr) { return spike(v, thr); }));

  check("straight_through.d.default", over_voltages([](float v, float thr) { return d_straight_through(v, thr); }));
  check("triangular.d.default", over_voltages([](float v, float thr) { return d_triangular(v, thr); }));
  check("explicit_triangular.d.default", over_voltages([](float v, float thr) { return d_explicit_triangular(v, thr); }));
  check("arctan.d.default", over_voltages([](float v, float thr) { return d_arctan(v, thr); }));
  check("boxcar.d.default", over_voltages([](float v, float thr) { return d_boxcar(v, thr); }));
  check("arctan.surrogate.default", over_voltages([](float v, float thr) { return arctan_surrogate(v - thr); }));

  check("triangular.d", over_parameters("alpha", [](float v, float thr, float alpha) { return d_triangular(v, thr, alpha); }));
  check("arctan.d", over_parameters("alpha", [](float v, float thr, float alpha) { return d_arctan(v, thr, alpha); }));
  check("arctan.surrogate", over_parameters("alpha", [](float v, float thr, float alpha) { return arctan_surrogate(v - thr, alpha); }));
  check("explicit_triangular.d", over_parameters("window", [](float v, float thr, float window) { return d_explicit_triangular(v, thr, window); }));
  check("boxcar.d", over_parameters("window", [](float v, float thr, float window) { return d_boxcar(v, thr, window); }));

  check("secant_lif.surrogate.default", over_currents([](float j) { return secant_lif_surrogate(j); }));
  check("secant_lif.d.default", over_currents([](float j) { return d_secant_lif(j); }));
  std::vector<float> surrogates, derivatives;
  const auto add = [](std::vector<float>& all, const std::vector<float>& more) { all.insert(all.end(), more.begin(), more.end()); };
  for (const float c1 : table("c1"))
    for (const float c2 : table("c2")) {
      add(surrogates, over_currents([=](float j) { return secant_lif_surrogate(j, c1, c2); }));
      add(derivatives, over_currents([=](float j) { return d_secant_lif<true>(j, c1, c2); }));
      add(derivatives, over_currents([=](float j) { return d_secant_lif<false>(j, c1, c2); }));
    }
  check("secant_lif.surrogate", surrogates);
  check("secant_lif.d", derivatives);

  for (const auto& [name, _] : tables_) EXPECT_TRUE(seen_.contains(name)) << name;
}
// clang-format on

}  // namespace
}  // namespace plexus::math
