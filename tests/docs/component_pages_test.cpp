// docs/components has a page for every type: what `plexus describe` prints. With
// PLEXUS_WRITE_PAGES set, pages that are out of date are written anew.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>

#include "plexus/core/describe.h"
#include "plexus/core/registry.h"
#include "tests/docs/samples.h"
#include "tests/support/specimen.h"

namespace plexus {
namespace {

const std::filesystem::path kPages = std::filesystem::path(PLEXUS_SOURCE_DIR) / "docs/components";

std::string page_of(const ComponentType& type) {
  std::string text = describe(type);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return "# " + std::string(type.name) + "\n\n```\n" + text + "\n```\n";
}

class ComponentPages : public testing::TestWithParam<std::string> {};

TEST_P(ComponentPages, SayWhatTheTypeDeclares) {
  const ComponentType& type = *find_component_type(GetParam());
  const auto file = kPages / (GetParam() + ".md");
  if (std::getenv("PLEXUS_WRITE_PAGES") != nullptr) std::ofstream(file) << page_of(type);

  EXPECT_EQ(docs::read_text(file), page_of(type))
      << "run docs_test with PLEXUS_WRITE_PAGES=1 to write it anew";
}

TEST_P(ComponentPages, AreListed) {
  EXPECT_THAT(docs::read_text(kPages / "README.md"),
              testing::HasSubstr("[" + GetParam() + "](" + GetParam() + ".md)"));
}

INSTANTIATE_TEST_SUITE_P(Registry, ComponentPages, testing::ValuesIn(test::builtin_types()),
                         [](const auto& type) { return type.param; });

}  // namespace
}  // namespace plexus
