// examples/extension as a user has it: a plugin with a cell and a rule of one's own.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>

#include "plexus/compilers/model/diagnostics.h"
#include "plexus/compilers/model/model.h"
#include "plexus/core/plugin.h"
#include "plexus/plexus.h"

namespace plexus {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const fs::path kSource = fs::path(PLEXUS_SOURCE_DIR) / "examples";
const fs::path kPlugin = fs::path(PLEXUS_BINARY_DIR) / "examples/extension/libmycells.so";

std::string read_text(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class ExtensionExample : public testing::Test {
 protected:
  void SetUp() override {
    set_log_level(LogLevel::error);
    folder_ = fs::path(testing::TempDir()) /
              testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const fs::path& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }
  /// oja.yaml, with the plugin where this build has it, and the data where the tree has them.
  [[nodiscard]] fs::path model(std::string change_from = {},
                               const std::string& change_to = {}) const {
    std::string text = read_text(kSource / "extension/oja.yaml");
    const auto replace = [&](const std::string& from, const std::string& to) {
      const auto at = text.find(from);
      ASSERT_NE(at, std::string::npos) << from;
      text.replace(at, from.size(), to);
    };
    replace("../../build/release/examples/extension/libmycells.so", kPlugin.string());
    replace("../data", (kSource / "data").string());
    if (!change_from.empty()) replace(change_from, change_to);
    write("oja.yaml", text);
    return folder_ / "oja.yaml";
  }
  std::unique_ptr<model::Model> load(const fs::path& file) {
    return model::load_model(file, {}, diagnostics_);
  }

  fs::path folder_;
  model::Diagnostics diagnostics_;
};

TEST_F(ExtensionExample, FindsTheFirstPrincipalComponentOfTheDigits) {
  const auto model = load(this->model());
  ASSERT_NE(model, nullptr) << diagnostics_.print();

  model->run({});

  const Tensor recorded = model->recording()["W.weights"];
  const auto W = recorded.row(1);
  // The oracle: power iteration on the same images, in double precision.
  const Tensor digits = read_array(kSource / "data/digits/train_x.npy");
  std::vector<double> v(64, 1);
  for (int turn = 0; turn < 200; ++turn) {
    std::vector<double> next(64, 0);
    for (std::int64_t s = 0; s < digits.shape[0]; ++s) {
      const auto x = digits.row(s);
      double projection = 0;
      for (std::size_t i = 0; i < 64; ++i) projection += v[i] * static_cast<double>(x[i]);
      for (std::size_t i = 0; i < 64; ++i) next[i] += projection * static_cast<double>(x[i]);
    }
    double length = 0;
    for (const double n : next) length += n * n;
    for (std::size_t i = 0; i < 64; ++i) v[i] = next[i] / std::sqrt(length);
  }
  double dot = 0, length = 0;
  for (std::size_t i = 0; i < 64; ++i) {
    dot += v[i] * static_cast<double>(W[i]);
    length += static_cast<double>(W[i]) * static_cast<double>(W[i]);
  }
  EXPECT_NEAR(std::sqrt(length), 1, 0.02);
  EXPECT_GT(std::abs(dot), 0.99);
}

TEST_F(ExtensionExample, IsDescribedLikeABuiltInType) {
  load_plugin(kPlugin);
  const ComponentType* type = find_component_type("OjaSynapse");
  ASSERT_NE(type, nullptr);
  EXPECT_THAT(describe(*type), testing::AllOf(HasSubstr("Oja's rule"), HasSubstr("tau_w"),
                                              HasSubstr("[ms]"), HasSubstr("evolve(dt)")));
}

TEST_F(ExtensionExample, IsCheckedLikeABuiltInType) {
  EXPECT_EQ(load(model("tau: 1.0", "tua: 1.0")), nullptr);
  EXPECT_THAT(diagnostics_.print(),
              testing::AllOf(HasSubstr("LeakyCell 'image' has no parameter 'tua'"),
                             HasSubstr("did you mean 'tau'?")));
}

TEST_F(ExtensionExample, AgreesWithItsDeclarations) {
  const auto model = load(this->model("epochs: 3", "limit: 3"));
  ASSERT_NE(model, nullptr) << diagnostics_.print();
  model->context().verify_accesses(true);
  EXPECT_NO_THROW(model->run({}));
}

TEST_F(ExtensionExample, OfAnotherVersionIsRefused) {
  std::string bytes = read_text(kPlugin);
  const std::string mark = "[plexus plugin for " + version();
  const auto at = bytes.find(mark);
  ASSERT_NE(at, std::string::npos);
  bytes[at + mark.size() - 1] = '9';
  write("other.so", bytes);
  EXPECT_THAT([&] { load_plugin(folder_ / "other.so"); },
              testing::ThrowsMessage<Error>(testing::AllOf(HasSubstr("was built for Plexus"),
                                                           HasSubstr("and this is " + version()),
                                                           HasSubstr("build it again"))));
}

/// A class may be laid out otherwise in two builds of one version.
TEST_F(ExtensionExample, OfOtherHeadersIsRefused) {
  std::string bytes = read_text(kPlugin);
  const std::string mark = "[plexus plugin for " + version() + ", headers ";
  const auto at = bytes.find(mark);
  ASSERT_NE(at, std::string::npos);
  bytes.replace(at + mark.size(), 8, "0badf00d");
  write("stale.so", bytes);
  EXPECT_THAT([&] { load_plugin(folder_ / "stale.so"); },
              testing::ThrowsMessage<Error>(testing::AllOf(
                  HasSubstr("was built for Plexus " + version() + ", headers 0badf00d"),
                  HasSubstr("build it again"))));
}

TEST_F(ExtensionExample, ThatIsBrokenIsRefused) {
  const std::string bytes = read_text(kPlugin);
  const auto at = bytes.find("[plexus plugin for ");
  const std::string mark = bytes.substr(at, bytes.find(']', at) + 1 - at);
  write("short.so", bytes.substr(0, 200) + mark);
  EXPECT_THAT([&] { load_plugin(folder_ / "short.so"); },
              testing::ThrowsMessage<Error>(HasSubstr("cannot be loaded")));
}

TEST_F(ExtensionExample, ThatIsNoLibraryIsRefused) {
  write("text.so", "hello");
  EXPECT_THAT([&] { load_plugin(folder_ / "text.so"); },
              testing::ThrowsMessage<Error>(HasSubstr("it is no shared library")));
  EXPECT_THAT([&] { load_plugin(folder_ / "missing.so"); },
              testing::ThrowsMessage<Error>(HasSubstr("there is no such file")));
}

TEST_F(ExtensionExample, ThatIsMissingIsReportedAtItsPlace) {
  EXPECT_EQ(load(model(kPlugin.string(), "build/nothing.so")), nullptr);
  EXPECT_THAT(diagnostics_.print(), HasSubstr("oja.yaml:6:11: error: plugin"));
}

}  // namespace
}  // namespace plexus
