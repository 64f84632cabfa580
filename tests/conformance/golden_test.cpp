#include <gmock/gmock.h>

#include "plexus/compilers/model/diagnostics.h"
#include "plexus/compilers/model/model.h"
#include "plexus/core/io/npz.h"
#include "plexus/plexus.h"
#include "tests/conformance/golden_cases.h"

namespace plexus {
namespace {

class GoldenTrajectory : public testing::TestWithParam<GoldenCase> {};

TEST_P(GoldenTrajectory, AgreesWithTheReference) {
  set_log_level(LogLevel::error);
  model::Diagnostics diagnostics;
  const auto loaded = model::load_model(GetParam().model, {}, diagnostics);
  ASSERT_NE(loaded, nullptr) << diagnostics.print();

  loaded->run({});

  NamedArrays ours;
  for (const auto& series : loaded->recording().all())
    ours.emplace_back(series->name, series->tensor());
  const Comparison comparison =
      compare(ours, read_npz(GetParam().recording, Integers::keep), GetParam().tolerance);
  EXPECT_TRUE(comparison.agrees()) << to_table(comparison);
}

INSTANTIATE_TEST_SUITE_P(Reference, GoldenTrajectory, testing::ValuesIn(golden_cases()), name_of);

}  // namespace
}  // namespace plexus
