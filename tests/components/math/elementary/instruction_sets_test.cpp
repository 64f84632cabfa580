#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "plexus/components/math/activation.h"
#include "plexus/components/math/softmax.h"
#include "plexus/core/error.h"
#include "plexus/core/kernels/widest.h"

namespace plexus::math {
namespace {

/// Values of all sizes and both signs, as many as leave a rest in every vector width.
std::vector<float> samples() {
  std::vector<float> x;
  for (std::uint32_t i = 0; i < 100'003; ++i) x.push_back(std::bit_cast<float>(i * 42'949U));
  for (std::uint32_t i = 0; i < 100'003; ++i) x.push_back(static_cast<float>(i) * 0.0007F - 35.0F);
  return x;
}

/// The bits; one for all NaNs, whose sign and payload the language leaves open.
std::vector<std::uint32_t> bits_of_all(const std::vector<float>& values) {
  std::vector<std::uint32_t> bits;
  for (const float v : values)
    bits.push_back(std::isnan(v) ? 0x7FC00000U : std::bit_cast<std::uint32_t>(v));
  return bits;
}

/// Which instruction set is in use, for as long as this lives.
class Using {
 public:
  explicit Using(InstructionSet set) : before_(instruction_set()) { use_instruction_set(set); }
  ~Using() { use_instruction_set(before_); }
  Using(const Using&) = delete;
  Using& operator=(const Using&) = delete;

 private:
  InstructionSet before_;
};

constexpr InstructionSet kWider[] = {InstructionSet::avx2, InstructionSet::avx512};

/// FNV-1a of the bits.
std::uint64_t hash_of(const std::vector<float>& values) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const std::uint32_t bits : bits_of_all(values)) hash = (hash ^ bits) * 0x100000001B3U;
  return hash;
}

struct Loop {
  const char* name;
  void (*run)(const float* x, float* y, std::size_t n);
  std::uint64_t hash;  // of the results for samples()
};

template <float (*f)(float)>
void loop(const float* x, float* y, std::size_t n) {
  plexus::detail::run_widest([=]() __attribute__((always_inline)) {
    for (std::size_t i = 0; i < n; ++i) y[i] = f(x[i]);
  });
}
[[gnu::always_inline]] inline float root_law(float x) {
  return pow(x, 0.3F);
}
[[gnu::always_inline]] inline float decay(float x) {
  return pow(0.999F, x);
}

class EveryInstructionSet : public testing::TestWithParam<Loop> {};

TEST_P(EveryInstructionSet, GivesTheSameBits) {
  const std::vector<float> x = samples();
  std::vector<float> baseline(x.size()), wide(x.size());
  {
    const Using set(InstructionSet::baseline);
    GetParam().run(x.data(), baseline.data(), x.size());
  }
  const auto expected = bits_of_all(baseline);
  int compared = 0;
  for (const InstructionSet wider : kWider) {
    if (!has(wider)) continue;
    const Using set(wider);
    GetParam().run(x.data(), wide.data(), x.size());
    EXPECT_TRUE(bits_of_all(wide) == expected) << to_string(wider);
    ++compared;
  }
  if (compared == 0) GTEST_SKIP() << "this machine has the baseline only";
}

// clang-format off
INSTANTIATE_TEST_SUITE_P(, EveryInstructionSet, testing::Values(
    Loop{"exp", loop<exp>, 0x8DB7A3ECE49C4143U}, Loop{"log", loop<log>, 0xE201E96950AEAFBFU}, Loop{"log1p", loop<log1p>, 0xAFB1458A50A1E25AU}, Loop{"tanh", loop<tanh>, 0x2125D499C9D52EBCU},
    Loop{"sigmoid", loop<sigmoid>, 0x3139495D8E6A0C37U}, Loop{"sin", loop<sin>, 0xD38741B851DE00D5U}, Loop{"cos", loop<cos>, 0x28A97A398714C37CU}, Loop{"atan", loop<atan>, 0xB87459AA47C6BAF6U},
    Loop{"sqrt", loop<sqrt>, 0x7A43B10364B8E900U}, Loop{"root_law", loop<root_law>, 0x986A0C8A6272EA44U}, Loop{"decay", loop<decay>, 0x795E1059B2005A95U}),
    [](const auto& test) { return std::string{test.param.name}; });
// clang-format on

// g++ and clang++ are compared by way of this number.
TEST_P(EveryInstructionSet, GivesTheBitsOfEveryCompiler) {
  const std::vector<float> x = samples();
  std::vector<float> y(x.size());
  GetParam().run(x.data(), y.data(), x.size());
  EXPECT_EQ(hash_of(y), GetParam().hash);
}

// Vectors, and what is left of a row after them.
TEST_P(EveryInstructionSet, GivesTheSameBitsAtOddLengths) {
  const std::vector<float> x = samples();
  std::vector<float> all(x.size()), some(x.size());
  GetParam().run(x.data(), all.data(), x.size());
  for (std::size_t i = 0; i + 37 <= 3'000; i += 37)
    GetParam().run(x.data() + i, some.data() + i, 37);
  all.resize(2'960);
  some.resize(2'960);
  EXPECT_EQ(bits_of_all(all), bits_of_all(some));
}

TEST(Activations, GiveTheSameBitsOnEveryInstructionSet) {
  const std::vector<float> x = samples();
  const auto n = static_cast<std::int64_t>(x.size());
  for (const Activation& known : activations())
    for (const ArrayKernel kernel : {known.f, known.df}) {
      if (kernel == nullptr) continue;
      std::vector<float> baseline(x.size()), wide(x.size());
      {
        const Using set(InstructionSet::baseline);
        kernel(x.data(), baseline.data(), 2, n / 2);
      }
      for (const InstructionSet wider : kWider) {
        if (!has(wider)) continue;
        const Using set(wider);
        kernel(x.data(), wide.data(), 2, n / 2);
        EXPECT_TRUE(bits_of_all(wide) == bits_of_all(baseline))
            << known.name << " " << to_string(wider);
      }
    }
}

TEST(Softmax, GivesTheSameBitsOnEveryInstructionSetAndInPlace) {
  std::vector<float> x;
  for (int i = 0; i < 7 * 131; ++i) x.push_back(std::sin(static_cast<float>(i)) * 9);
  std::vector<float> baseline(x.size());
  {
    const Using set(InstructionSet::baseline);
    softmax({x.data(), 7, 131}, 0.7F, {baseline.data(), 7, 131});
  }
  for (const InstructionSet wider : kWider) {
    if (!has(wider)) continue;
    const Using set(wider);
    std::vector<float> y = x;
    softmax({y.data(), 7, 131}, 0.7F, {y.data(), 7, 131});
    EXPECT_EQ(y, baseline) << to_string(wider);
  }
}

}  // namespace
}  // namespace plexus::math
