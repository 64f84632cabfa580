#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "plexus/core/io/npz.h"
#include "plexus/core/random/initialiser.h"
#include "plexus/core/random/numpy_form.h"
#include "tests/core/random/golden_call.h"

namespace plexus {
namespace {

/// "0.5" as a number, "0,2" as a list.
InitialiserArgument argument_of(const std::string& name, const std::string& text) {
  if (text.find(',') == std::string::npos) return {name, golden::number_of<double>(text), {}};
  std::vector<double> list;
  for (const auto& part : golden::parts_of(text, ',')) {
    list.push_back(golden::number_of<double>(part));
  }
  return {name, list, {}};
}

/// Draws what `call` says. Every part of it is used: make_initialiser refuses unknown names.
Tensor drawn(golden::Call call) {
  const auto seed = call.take<std::int64_t>("seed");
  const Shape shape = call.take_shape();
  const bool use_numpy = call.has("use_numpy") && call.take<int>("use_numpy") == 1;
  std::vector<InitialiserArgument> arguments;
  for (const auto& [name, text] : call.rest()) arguments.push_back(argument_of(name, text));
  const auto initialiser = make_initialiser(call.function(), arguments);
  return use_numpy ? draw_as_numpy(initialiser, shape, static_cast<std::uint64_t>(seed))
                   : initialiser.draw(shape, Key::from_seed(seed));
}

TEST(GoldenInitialisers, AgreeWithEveryRecordedCall) {
  const auto tables = read_npz(PLEXUS_SOURCE_DIR "/tests/golden/initialisers/tables.npz");
  EXPECT_EQ(tables.size(), 257U);
  for (const auto& [name, expected] : tables) {
    SCOPED_TRACE(name);
    Tensor ours;
    ASSERT_NO_THROW(ours = drawn(golden::Call(name)));
    EXPECT_EQ(ours.shape, expected.shape);
    golden::expect_near(std::get<std::vector<float>>(ours.values),
                        std::get<std::vector<float>>(expected.values), 1e-6);
  }
}

}  // namespace
}  // namespace plexus
