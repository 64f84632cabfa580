// docs/deviations.md names the test that shows each deviation; here it is held to it.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "tests/docs/samples.h"

namespace plexus {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = PLEXUS_SOURCE_DIR;

/// What stands between `from` and `to` for the first time from `at` on; moves `at` behind it, or to
/// npos.
std::string next_between(const std::string& text, const std::string& from, const std::string& to,
                         std::size_t& at) {
  const std::size_t begin = text.find(from, at);
  const std::size_t end = begin == std::string::npos ? begin : text.find(to, begin + from.size());
  at = end == std::string::npos ? end : end + to.size();
  if (at == std::string::npos) return {};
  return text.substr(begin + from.size(), end - begin - from.size());
}

/// "Suite.Test" of every test in the tree.
std::set<std::string> tests() {
  std::set<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "tests")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = docs::read_text(entry.path());
    for (const char* macro : {"\nTEST(", "\nTEST_F(", "\nTEST_P("})
      for (std::size_t at = 0; at != std::string::npos;) {
        std::string name = next_between(text, macro, ")", at);
        std::erase_if(name, [](unsigned char c) { return std::isspace(c) != 0; });
        std::ranges::replace(name, ',', '.');
        names.insert(name);
      }
  }
  return names;
}

/// What stands in backticks in the last column of the page's tables.
std::vector<std::string> named() {
  std::vector<std::string> names;
  std::istringstream in(docs::read_text(kRoot / "docs/deviations.md"));
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("| ") || !line.ends_with(" |")) continue;
    const std::string last = line.substr(line.rfind(" | ", line.size() - 3) + 3);
    for (std::size_t at = 0; at != std::string::npos;)
      if (std::string name = next_between(last, "`", "`", at); !name.empty())
        names.push_back(std::move(name));
  }
  return names;
}

TEST(Deviations, AreShownByTestsThatExist) {
  const std::set<std::string> all = tests();
  const std::vector<std::string> names = named();
  EXPECT_GT(names.size(), 60U);
  for (const std::string& name : names) EXPECT_TRUE(all.contains(name)) << name;
}

}  // namespace
}  // namespace plexus
