// docs/deviations.md names the test that shows each deviation; here it is held to it.
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include <gmock/gmock.h>

#include "tests/docs/samples.h"

namespace plexus {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = PLEXUS_SOURCE_DIR;

/// "Suite.Test" of every test in the tree.
std::set<std::string> tests() {
  const std::regex test(R"(TEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\s*\))");
  std::set<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "tests")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = docs::read_text(entry.path());
    for (auto it = std::sregex_iterator(text.begin(), text.end(), test);
         it != std::sregex_iterator(); ++it)
      names.insert((*it)[1].str() + "." + (*it)[2].str());
  }
  return names;
}

/// What stands in backticks in the last column of the page's tables.
std::vector<std::string> named() {
  const std::regex code("`([^`]+)`");
  std::vector<std::string> names;
  std::istringstream in(docs::read_text(kRoot / "docs/deviations.md"));
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("| ") || !line.ends_with(" |")) continue;
    const std::string last = line.substr(line.rfind(" | ") + 3);
    for (auto it = std::sregex_iterator(last.begin(), last.end(), code);
         it != std::sregex_iterator(); ++it)
      names.push_back((*it)[1].str());
  }
  return names;
}

TEST(Deviations, AreShownByTestsThatExist) {
  const std::set<std::string> all = tests();
  const std::vector<std::string> names = named();
  EXPECT_GT(names.size(), 40U);
  for (const std::string& name : names) EXPECT_TRUE(all.contains(name)) << name;
}

}  // namespace
}  // namespace plexus
