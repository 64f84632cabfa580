// The C++ of the README, as it stands there: tests/CMakeLists.txt takes it out when it configures.
#include <filesystem>

#include <gmock/gmock.h>

#include "plexus/core/io/npz.h"
#include "plexus/plexus.h"

namespace plexus {
namespace {

TEST(Readme, HasAProgramThatRuns) {
  set_log_level(LogLevel::error);
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "readme";
  std::filesystem::create_directories(folder);
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder);
  const Array image = Array::Constant(1, 169, 0.5F);

  {
#include "readme_sample.inc"
  }

  std::filesystem::current_path(before);
  const auto file = folder / "run.npz";
  EXPECT_EQ(read_array(file, "cell.z").shape, (Shape{200, 1, 25}));
  EXPECT_EQ(read_array(file, "W.theta").shape, (Shape{200, 1, 25}));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace plexus
