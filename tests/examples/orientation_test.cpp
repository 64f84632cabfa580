// examples/orientation: the same circuit as a model file and as a C++ program.
#include <cstdlib>
#include <filesystem>

#include <gmock/gmock.h>

#include "plexus/compilers/model/diagnostics.h"
#include "plexus/compilers/model/model.h"
#include "plexus/core/io/npz.h"
#include "plexus/plexus.h"

namespace plexus {
namespace {

namespace fs = std::filesystem;

const fs::path kTree = PLEXUS_SOURCE_DIR;

TEST(OrientationProgram, LearnsWhatTheReferenceLearnsFromTheFirst150Patches) {
  const fs::path output = fs::path(testing::TempDir()) / "orientation_program";
  const std::string command =
      fmt::format("\"{}/examples/orientation\" \"{}\" 150 \"{}\" > /dev/null", PLEXUS_BINARY_DIR,
                  (kTree / "examples/data").string(), output.string());

  ASSERT_EQ(std::system(command.c_str()), 0) << command;

  const Tensor ours = NpzReader(output / "recording.npz").read("W.weights");
  const Tensor golden =
      NpzReader(kTree / "tests/golden/circuits/bcm_orientation_short.npz").read("W.weights");
  ASSERT_EQ(ours.shape, (Shape{2, 169, 25}));
  const auto before = ours.row(0), after = ours.row(1);
  const auto golden_before = golden.row(0), golden_after = golden.row(golden.shape[0] - 1);
  for (std::size_t i = 0; i < after.size(); ++i) {
    EXPECT_EQ(before[i], golden_before[i]) << i;
    EXPECT_NEAR(after[i], golden_after[i], 1e-6F) << i;
  }
  EXPECT_TRUE(fs::exists(output / "fields.png"));
  fs::remove_all(output);
}

TEST(OrientationModel, BecomesSelectiveInAShortRunToo) {
  set_log_level(LogLevel::error);
  model::Diagnostics diagnostics;
  const auto model = model::load_model(kTree / "examples/orientation/orientation.yaml",
                                       {.settings = {"epochs=1", "seen=4000"}}, diagnostics);
  ASSERT_NE(model, nullptr) << diagnostics.print();

  model->run({});

  // Responses to 24 orientations x 5 frequencies x 8 phases; modulation of each cell's best-driving
  // grating over orientations grows with learning.
  const Tensor probes = model->recording()["W.outputs"];
  const auto modulation = [&](std::int64_t first) {
    double sum = 0;
    for (std::int64_t cell = 0; cell < 25; ++cell) {
      double least = 1e9, most = 0;
      for (std::int64_t orientation = 0; orientation < 24; ++orientation) {
        double best = 0;
        for (std::int64_t k = 0; k < 40; ++k)
          best = std::max(best, static_cast<double>(probes.row(first + orientation * 40 +
                                                               k)[static_cast<std::size_t>(cell)]));
        least = std::min(least, best);
        most = std::max(most, best);
      }
      sum += (most - least) / (most + least);
    }
    return sum / 25;
  };
  EXPECT_GT(modulation(960), modulation(0) + 0.2);
}

TEST(DigitsModel, LoadsAndLearnsFromItsFirstDigits) {
  set_log_level(LogLevel::error);
  model::Diagnostics diagnostics;
  const auto model =
      model::load_model(kTree / "examples/digits/diehl_cook.yaml",
                        {.settings = {"train=20", "labelled=5", "T=50"}}, diagnostics);
  ASSERT_NE(model, nullptr) << diagnostics.print();

  model->run({});

  EXPECT_EQ(model->recording()["spikes.trace"].shape, (Shape{20 + 5 + 297, 1, 100}));
}

}  // namespace
}  // namespace plexus
