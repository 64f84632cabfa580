#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "plexus/core/io/npz.h"
#include "plexus/core/random/key.h"
#include "plexus/core/random/permutation.h"
#include "plexus/core/random/poisson.h"
#include "plexus/core/random/samplers.h"
#include "tests/core/random/golden_call.h"

namespace plexus {
namespace {

using Floats = std::vector<float>;
using Integers32 = std::vector<std::int32_t>;
using Words = std::vector<std::uint32_t>;

constexpr double kRelative = 1e-6;

/// `n` values, written by fill(key, 0, out, arguments...).
template <class T, class... Arguments>
std::vector<T> filled(void (*fill)(Key, std::uint64_t, std::span<T>, Arguments...), Key key,
                      std::size_t n, Arguments... arguments) {
  std::vector<T> out(n);
  fill(key, 0, out, arguments...);
  return out;
}

Words words_of(std::span<const Key> keys) {
  Words words;
  for (const Key key : keys) words.insert(words.end(), {key.k0, key.k1});
  return words;
}

/// The rows of the matrix 0, 1, 2, ... in a random order.
Integers32 permuted_rows(Key key, std::int32_t n_rows, std::int32_t n_cols) {
  Integers32 values;
  for (const auto row : permutation(key, static_cast<std::size_t>(n_rows))) {
    for (std::int32_t j = 0; j < n_cols; ++j) values.push_back(row * n_cols + j);
  }
  return values;
}

/// What JAX's functions returned for many calls, each array named by its call.
class GoldenRandom : public testing::Test {
 protected:
  void check(golden::Call call, const Tensor& expected);

  [[nodiscard]] const Tensor& array(const std::string& name) const { return arrays_.at(name); }

  NamedArrays tables_ =
      read_npz(PLEXUS_SOURCE_DIR "/tests/golden/random/tables.npz", Integers::keep);
  std::map<std::string, Tensor> arrays_{tables_.begin(), tables_.end()};
};

/// Draws what `call` says and compares.
void GoldenRandom::check(golden::Call call, const Tensor& expected) {
  const auto equals = [&]<class T>(const std::vector<T>& ours) {
    EXPECT_EQ(ours, std::get<std::vector<T>>(expected.values));
  };
  const auto is_near = [&](const Floats& ours, double relative, double absolute = 0) {
    golden::expect_near(ours, std::get<Floats>(expected.values), relative, absolute);
  };
  const std::string function = call.function();
  const std::size_t n = expected.size();

  if (function == "logits" || function == "rates") {  // an argument of other calls
    call.take("name");
    EXPECT_TRUE(call.rest().empty());
    return;
  }
  const Key key = Key::from_seed(call.take<std::int64_t>("seed"));
  if (function == "split") {
    const auto count = call.has("shape") ? call.take_shape().size() : call.take<std::size_t>("n");
    equals(words_of(split(key, count)));
    EXPECT_TRUE(call.rest().empty());
    return;
  }
  if (function != "categorical" && call.has("shape")) {
    EXPECT_EQ(call.take_shape(), expected.shape);
  }

  if (function == "key") {
    equals(Words{key.k0, key.k1});
  } else if (function == "fold_in") {
    const Key child = fold_in(key, call.take<std::uint32_t>("data"));
    equals(Words{child.k0, child.k1});
  } else if (function == "bits") {
    equals(filled(fill_bits, key, n));
  } else if (function == "uniform") {
    const auto low = call.take<float>("low");
    const auto high = call.take<float>("high");
    equals(filled<float, float, float>(fill_uniform, key, n, low, high));
    if (low == 0 && high == 1) equals(filled<float>(fill_uniform, key, n));
  } else if (function == "normal") {
    is_near(filled(fill_normal, key, n), kRelative);
  } else if (function == "gumbel") {
    is_near(filled(fill_gumbel, key, n), kRelative, 1e-6);
  } else if (function == "exponential") {
    is_near(filled(fill_exponential, key, n), kRelative);
  } else if (function == "lognormal") {
    is_near(filled(fill_lognormal, key, n, call.take<float>("sigma")), kRelative);
  } else if (function == "truncated_normal") {
    const auto low = call.take<float>("low");
    const auto high = call.take<float>("high");
    is_near(filled(fill_truncated_normal, key, n, low, high), 5e-6);
  } else if (function == "bernoulli") {
    const auto ours = filled<float, float>(fill_bernoulli, key, n, call.take<float>("p"));
    equals(Integers32(ours.begin(), ours.end()));
  } else if (function == "randint") {
    const auto low = call.take<std::int32_t>("low");
    const auto high = call.take<std::int64_t>("high");
    equals(filled(fill_randint, key, n, low, high));
  } else if (function == "poisson" && call.has("lam")) {
    Integers32 ours(n);
    fill_poisson(key, ours, call.take<float>("lam"));
    equals(ours);
  } else if (function == "poisson") {
    Integers32 ours(n);
    fill_poisson(key, ours, array("rates;name=" + call.take("rates")).floats());
    equals(ours);
  } else if (function == "permutation" && call.has("rows")) {
    const auto n_rows = call.take<std::int32_t>("rows");
    equals(permuted_rows(key, n_rows, call.take<std::int32_t>("columns")));
  } else if (function == "permutation") {
    equals(permutation(key, call.take<std::size_t>("n")));
  } else if (function == "choice") {
    const auto of = call.take<std::size_t>("n");
    equals(choice(key, of, n, call.take<int>("replace") == 1));
  } else if (function == "categorical") {
    EXPECT_EQ(call.take<std::size_t>("n"), n);
    const auto logits = array("logits;name=" + call.take("logits")).floats();
    equals(filled<std::int32_t, std::span<const float>>(fill_categorical, key, n, logits));
  } else {
    ADD_FAILURE() << "no such function here";
  }
  EXPECT_TRUE(call.rest().empty()) << "ignored: " << call.rest().begin()->first;
}

TEST_F(GoldenRandom, AgreesWithEveryRecordedCall) {
  EXPECT_EQ(tables_.size(), 396U);
  for (const auto& [name, expected] : tables_) {
    SCOPED_TRACE(name);
    ASSERT_NO_THROW(check(golden::Call(name), expected));
  }
}

}  // namespace
}  // namespace plexus
