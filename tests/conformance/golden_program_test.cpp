// The same cases as a user runs them: plexus run, then plexus diff.
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/conformance/golden_cases.h"

namespace plexus {
namespace {

namespace fs = std::filesystem;

class GoldenProgram : public testing::TestWithParam<GoldenCase> {
 protected:
  void TearDown() override { fs::remove(recording_); }
  static int run(const std::string& arguments) {
    return std::system(
        fmt::format("\"{}\" {} > /dev/null 2>&1", PLEXUS_PROGRAM, arguments).c_str());
  }
  fs::path recording_ =
      fs::path(testing::TempDir()) / fmt::format("golden_{}.npz", name_of({GetParam(), 0}));
};

TEST_P(GoldenProgram, RunsAndAgreesByItsOwnDiff) {
  const GoldenCase& c = GetParam();

  ASSERT_EQ(run(fmt::format("run \"{}\" --out \"{}\" --dir \"{}\"", c.model.string(),
                            recording_.string(), testing::TempDir())),
            0);

  EXPECT_EQ(run(fmt::format("diff \"{}\" \"{}\" --rtol {} --atol-scale {}", recording_.string(),
                            c.recording.string(), c.tolerance.rtol, c.tolerance.atol_scale)),
            0);
}

INSTANTIATE_TEST_SUITE_P(Reference, GoldenProgram, testing::ValuesIn(golden_cases()), name_of);

}  // namespace
}  // namespace plexus
