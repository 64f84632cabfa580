#include <cstddef>
#include <span>
#include <vector>

#include <gmock/gmock.h>

#include "plexus/compilers/model/diagnostics.h"
#include "plexus/compilers/model/model.h"
#include "plexus/core/io/npz.h"
#include "plexus/core/kernels/target.h"
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

/// The recording's bytes, made with some instruction set, with or without shortcuts.
std::vector<std::vector<std::byte>> bytes_of(const std::filesystem::path& file, InstructionSet set,
                                             bool optimises) {
  const InstructionSet before = instruction_set();
  use_instruction_set(set);
  model::Diagnostics diagnostics;
  const auto loaded = model::load_model(file, {}, diagnostics);
  loaded->context().optimise(optimises);
  loaded->run({});
  use_instruction_set(before);

  std::vector<std::vector<std::byte>> bytes;
  for (const auto& series : loaded->recording().all()) {
    const auto words = std::as_bytes(std::span(series->words));
    bytes.emplace_back(words.begin(), words.end());
  }
  return bytes;
}

TEST_P(GoldenTrajectory, HasTheSameBytesOnEveryInstructionSetAndWithoutShortcuts) {
  set_log_level(LogLevel::error);
  const auto expected = bytes_of(GetParam().model, instruction_set(), true);
  EXPECT_TRUE(bytes_of(GetParam().model, instruction_set(), false) == expected) << "no shortcuts";
  for (const auto set : {InstructionSet::baseline, InstructionSet::avx2, InstructionSet::avx512})
    if (has(set)) {
      EXPECT_TRUE(bytes_of(GetParam().model, set, true) == expected) << to_string(set);
    }
}

INSTANTIATE_TEST_SUITE_P(Reference, GoldenTrajectory, testing::ValuesIn(golden_cases()), name_of);

}  // namespace
}  // namespace plexus
