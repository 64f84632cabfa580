#include "tests/conformance/golden_cases.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace plexus {

namespace fs = std::filesystem;

void PrintTo(const GoldenCase& c, std::ostream* out) {
  *out << c.model.string();
}

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

}  // namespace plexus
