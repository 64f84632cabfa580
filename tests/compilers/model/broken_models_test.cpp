#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "plexus/compilers/model/diagnostics.h"
#include "plexus/compilers/model/model.h"
#include "plexus/components/builtin.h"
#include "plexus/core/error.h"

/// Every file of broken/ says in its own comments what is found in it, and that is all that is
/// found:
///
///     # expect: 14:5 error: has no parameter 'tau_tetha'          line, column, and a part of the
///     text # remedy: did you mean 'tau_theta'                          a part of the remedy of the
///     one above # expect: parts/layer.yaml:3:7 error: …                     in a nested file
namespace plexus::model {
namespace {

namespace fs = std::filesystem;

struct Finding {
  std::string place, severity, message;
  std::vector<std::string> remedies;
};

const fs::path kFolder = PLEXUS_SOURCE_DIR "/tests/compilers/model/broken";

std::vector<std::string> broken_models() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kFolder))
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  std::ranges::sort(names);
  return names;
}

std::vector<Finding> expected(const std::string& name) {
  static const std::regex expect{R"(^# expect: (.*:)?(\d+:\d+) (error|warning): (.*)$)"};
  static const std::regex remedy{R"(^# remedy: (.*)$)"};
  std::vector<Finding> findings;
  std::ifstream in(kFolder / (name + ".yaml"));
  std::smatch match;
  for (std::string line; std::getline(in, line);) {
    if (std::regex_match(line, match, expect)) {
      const std::string file = match[1].matched ? match[1].str() : name + ".yaml:";
      findings.push_back({file + match[2].str(), match[3], match[4], {}});
    } else if (std::regex_match(line, match, remedy)) {
      findings.back().remedies.push_back(match[1]);
    }
  }
  return findings;
}

std::vector<Finding> found(const Diagnostics& diagnostics) {
  std::vector<Finding> findings;
  for (const auto& one : nlohmann::json::parse(diagnostics.json()))
    findings.push_back({fmt::format("{}:{}:{}", one["file"].get<std::string>(),
                                    one["line"].get<int>(), one["column"].get<int>()),
                        one["severity"],
                        one["message"],
                        {one["remedy"].get<std::string>()}});
  return findings;
}

bool meets(const Finding& found, const Finding& expected) {
  return found.place == expected.place && found.severity == expected.severity &&
         found.message.find(expected.message) != std::string::npos &&
         std::ranges::all_of(expected.remedies, [&](const std::string& remedy) {
           return found.remedies[0].find(remedy) != std::string::npos;
         });
}

class BrokenModel : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    register_builtin_components();
    fs::current_path(kFolder);
  }
  void TearDown() override { fs::current_path(before_); }

 private:
  fs::path before_ = fs::current_path();
};

TEST_P(BrokenModel, IsRefusedWithAllItsProblemsInTheirPlaces) {
  Diagnostics diagnostics;
  const auto model = load_model(GetParam() + ".yaml", {.memory_limit = 1'000'000'000}, diagnostics);
  SCOPED_TRACE(diagnostics.print());

  EXPECT_EQ(model, nullptr) << "it is not refused before its first step";
  std::vector<Finding> rest = found(diagnostics);
  for (const Finding& wanted : expected(GetParam())) {
    const auto hit = std::ranges::find_if(rest, [&](const Finding& f) { return meets(f, wanted); });
    if (hit == rest.end())
      ADD_FAILURE() << "not found: " << wanted.place << ' ' << wanted.severity << ": "
                    << wanted.message;
    else
      rest.erase(hit);
  }
  for (const Finding& f : rest)
    ADD_FAILURE() << "not expected: " << f.place << ' ' << f.severity << ": " << f.message;
}

INSTANTIATE_TEST_SUITE_P(Corpus, BrokenModel, testing::ValuesIn(broken_models()),
                         [](const auto& model) { return model.param; });

}  // namespace
}  // namespace plexus::model
