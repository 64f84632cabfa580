#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>

#include "plexus/compilers/model/diagnostics.h"
#include "plexus/compilers/model/model.h"
#include "plexus/core/io/compare.h"
#include "plexus/core/io/npz.h"
#include "plexus/plexus.h"

namespace plexus {
namespace {

namespace fs = std::filesystem;

/// One line of an INDEX.tsv: a model file, the reference's recording of it, and how closely to agree.
struct GoldenCase {
  fs::path model, recording;
  Tolerance tolerance;
};

void PrintTo(const GoldenCase& c, std::ostream* out) { *out << c.model.string(); }

/// Every case under tests/golden: a new one is a new pair of files and a line in INDEX.tsv.
std::vector<GoldenCase> golden_cases() {
  std::vector<GoldenCase> cases;
  for (const auto& folder : fs::directory_iterator(fs::path(PLEXUS_SOURCE_DIR) / "tests/golden")) {
    std::ifstream index(folder.path() / "INDEX.tsv");
    for (std::string line; std::getline(index, line);) {
      if (line.starts_with('#')) continue;
      std::istringstream fields(line);
      std::string name;
      int rows = 0;
      GoldenCase c;
      fields >> name >> rows >> c.tolerance.rtol >> c.tolerance.atol_scale;
      c.model = folder.path() / (name + ".yaml");
      c.recording = folder.path() / (name + ".npz");
      cases.push_back(std::move(c));
    }
  }
  std::ranges::sort(cases, {}, &GoldenCase::model);
  return cases;
}

std::string name_of(const testing::TestParamInfo<GoldenCase>& info) {
  const fs::path& model = info.param.model;
  return model.parent_path().filename().string() + "_" + model.stem().string();
}

class GoldenTrajectory : public testing::TestWithParam<GoldenCase> {};

TEST_P(GoldenTrajectory, AgreesWithTheReference) {
  set_log_level(LogLevel::error);
  model::Diagnostics diagnostics;
  const auto loaded = model::load_model(GetParam().model, {}, diagnostics);
  ASSERT_NE(loaded, nullptr) << diagnostics.print();

  loaded->run({});

  NamedArrays ours;
  for (const auto& series : loaded->recording().all()) ours.emplace_back(series->name, series->tensor());
  const Comparison comparison = compare(ours, read_npz(GetParam().recording, Integers::keep), GetParam().tolerance);
  EXPECT_TRUE(comparison.agrees()) << to_table(comparison);
}

INSTANTIATE_TEST_SUITE_P(Reference, GoldenTrajectory, testing::ValuesIn(golden_cases()), name_of);

}  // namespace
}  // namespace plexus
