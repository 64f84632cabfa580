// Every model that the documentation shows is loaded and run, and says no more than its page says.
#include <fstream>
#include <ostream>

#include <gmock/gmock.h>

#include "plexus/compilers/model/diagnostics.h"
#include "plexus/compilers/model/model.h"
#include "plexus/plexus.h"
#include "tests/docs/samples.h"

namespace plexus {
namespace docs {

void PrintTo(const Sample& s, std::ostream* out) {
  *out << s.page.filename().string() << ":" << s.line;
}

}  // namespace docs
namespace {

namespace fs = std::filesystem;
using docs::Sample;
using testing::HasSubstr;

/// Blocks that begin with the format's version are whole models.
std::vector<Sample> models() {
  std::vector<Sample> all;
  for (const fs::path& page : docs::pages())
    for (Sample& sample : docs::samples_of(page))
      if (sample.language == "yaml" && sample.text.starts_with("plexus: 1"))
        all.push_back(std::move(sample));
  return all;
}

std::string name_of(const testing::TestParamInfo<Sample>& info) {
  std::string name = info.param.page.stem().string() + "_line_" + std::to_string(info.param.line);
  for (char& c : name)
    if (c == '-') c = '_';
  return name;
}

/// A folder like the repository's root, with the models that the page gives a file name to.
class DocumentedModel : public testing::TestWithParam<Sample> {
 protected:
  void SetUp() override {
    set_log_level(LogLevel::error);
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    std::string name = test->name();
    for (char& c : name)
      if (c == '/') c = '_';
    folder_ = fs::path(testing::TempDir()) / name;
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    fs::create_directory_symlink(fs::path(PLEXUS_SOURCE_DIR) / "examples", folder_ / "examples");
    for (const Sample& sample : docs::samples_of(GetParam().page))
      if (sample.mark == "file") write(sample.argument, sample.text);
    write("model.yaml", GetParam().text);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  fs::path folder_;
};

TEST_P(DocumentedModel, DoesWhatItsPageSays) {
  const Sample& sample = GetParam();
  model::Diagnostics diagnostics;

  const auto model = model::load_model(folder_ / "model.yaml", {}, diagnostics);

  if (sample.mark == "must fail") {
    EXPECT_EQ(model, nullptr);
    EXPECT_THAT(diagnostics.print(), HasSubstr(sample.argument));
    return;
  }
  ASSERT_NE(model, nullptr) << diagnostics.print();
  if (sample.mark == "warns")
    EXPECT_THAT(diagnostics.print(), HasSubstr(sample.argument));
  else
    EXPECT_TRUE(diagnostics.empty()) << diagnostics.print();
  if (!model->has_protocol()) return;
  model->run({});
  EXPECT_FALSE(model->recording().empty());
  model->write_mosaics(folder_);
}

INSTANTIATE_TEST_SUITE_P(Pages, DocumentedModel, testing::ValuesIn(models()), name_of);

TEST(DocumentedModels, AreFoundInReadmeAndPages) {
  EXPECT_GE(models().size(), 12U);
}

}  // namespace
}  // namespace plexus
