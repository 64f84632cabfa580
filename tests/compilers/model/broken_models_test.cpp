#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "plexus/compilers/model/diagnostics.h"
#include "plexus/compilers/model/model.h"
#include "plexus/components/builtin.h"
#include "plexus/core/error.h"

// clang-format off
/// Every file of broken/ and warned/ says in its own comments what is found in it, and that is all:
///
///     # expect: 14:5 error: has no parameter 'tau_tetha'     line, column, a part of the text
///     # remedy: did you mean 'tau_theta'                     a part of the remedy of the one above
///     # expect: parts/layer.yaml:3:7 error: …                in a nested file
// clang-format on
namespace plexus::model {
namespace {

namespace fs = std::filesystem;

struct Finding {
  std::string place, severity, message;
  std::vector<std::string> remedies;
};

const fs::path kModels = PLEXUS_SOURCE_DIR "/tests/compilers/model";

std::vector<std::string> models_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kModels / folder))
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  std::ranges::sort(names);
  return names;
}

/// What stands behind `mark` at the beginning of a line.
std::optional<std::string> behind(const std::string& line, const std::string& mark) {
  return line.starts_with(mark) ? std::optional(line.substr(mark.size())) : std::nullopt;
}

std::vector<Finding> expected(const std::string& name) {
  std::vector<Finding> findings;
  std::ifstream in(name + ".yaml");
  for (std::string line; std::getline(in, line);) {
    if (const auto finding = behind(line, "# expect: ")) {
      const std::size_t space = finding->find(' '), colon = finding->find(": ", space);
      const std::string place = finding->substr(0, space);
      const bool elsewhere = std::ranges::count(place, ':') > 1;
      findings.push_back({elsewhere ? place : name + ".yaml:" + place,
                          finding->substr(space + 1, colon - space - 1),
                          finding->substr(colon + 2),
                          {}});
    } else if (const auto remedy = behind(line, "# remedy: ")) {
      findings.back().remedies.push_back(*remedy);
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

/// Loads models of one folder, which paths are relative to.
class ModelWithFindings : public testing::TestWithParam<std::string> {
 protected:
  explicit ModelWithFindings(const std::string& folder) {
    register_builtin_components();
    fs::current_path(kModels / folder);
  }
  ~ModelWithFindings() override { fs::current_path(before_); }

  /// Loads the model, and compares what is found with what it says of itself. True if it was taken.
  static bool load() {
    Diagnostics diagnostics;
    const auto model =
        load_model(GetParam() + ".yaml", {.memory_limit = 1'000'000'000}, diagnostics);
    SCOPED_TRACE(diagnostics.print());
    std::vector<Finding> rest = found(diagnostics);
    for (const Finding& wanted : expected(GetParam())) {
      const auto hit =
          std::ranges::find_if(rest, [&](const Finding& f) { return meets(f, wanted); });
      if (hit == rest.end())
        ADD_FAILURE() << "not found: " << wanted.place << ' ' << wanted.severity << ": "
                      << wanted.message;
      else
        rest.erase(hit);
    }
    for (const Finding& f : rest)
      ADD_FAILURE() << "not expected: " << f.place << ' ' << f.severity << ": " << f.message;
    return model != nullptr;
  }

 private:
  fs::path before_ = fs::current_path();
};

class BrokenModel : public ModelWithFindings {
 protected:
  BrokenModel() : ModelWithFindings("broken") {}
};

TEST_P(BrokenModel, IsRefusedWithAllItsProblemsInTheirPlaces) {
  EXPECT_FALSE(load()) << "it is not refused before its first step";
}

/// What is likely a mistake is said, and the model is taken nevertheless.
class WarnedModel : public ModelWithFindings {
 protected:
  WarnedModel() : ModelWithFindings("warned") {}
};

TEST_P(WarnedModel, IsTakenWithAllItsWarningsInTheirPlaces) {
  EXPECT_TRUE(load());
}

constexpr auto kName = [](const testing::TestParamInfo<std::string>& model) { return model.param; };
INSTANTIATE_TEST_SUITE_P(Corpus, BrokenModel, testing::ValuesIn(models_in("broken")), kName);
INSTANTIATE_TEST_SUITE_P(Corpus, WarnedModel, testing::ValuesIn(models_in("warned")), kName);

}  // namespace
}  // namespace plexus::model
