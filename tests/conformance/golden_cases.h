#pragma once

#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "plexus/core/io/compare.h"

namespace plexus {

/// One line of an INDEX.tsv: a model file, the
/// reference's recording of it, and how closely to agree.
struct GoldenCase {
  std::filesystem::path model, recording;
  Tolerance tolerance;
};
void PrintTo(const GoldenCase& c, std::ostream* out);

/// Every case under tests/golden: a new one is a new pair of files and a line in INDEX.tsv.
std::vector<GoldenCase> golden_cases();
std::string name_of(const testing::TestParamInfo<GoldenCase>& info);

}  // namespace plexus
