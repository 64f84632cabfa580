// The arrays that come with the repository, all written by NumPy.
#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>

#include "plexus/core/io/npy.h"
#include "plexus/core/io/npz.h"

namespace plexus {
namespace {

namespace fs = std::filesystem;

const fs::path kTests = fs::path{PLEXUS_SOURCE_DIR} / "tests";

TEST(RealFiles, DigitsAreBytesThatBecomeFloats) {
  const Tensor images = read_npy(kTests / "data/digits/test_images.npy");
  const Tensor scaled = read_npy(kTests / "data/digits/test_x.npy");

  ASSERT_EQ(images.dtype(), DType::float32);
  ASSERT_EQ(images.shape[0], 297);
  EXPECT_EQ(*std::ranges::max_element(images.floats()), 16.0F);
  EXPECT_EQ(inspect_npy(kTests / "data/digits/test_images.npy").stored, "uint8");
  for (std::size_t i = 0; i < scaled.size(); ++i)
    ASSERT_EQ(scaled.floats()[i], images.floats()[i] / 16.0F) << i;
}

TEST(RealFiles, NaturalPatchesOfHalfPrecisionAreRead) {
  const fs::path path = kTests / "data/natural/patches_13x13.npy";
  const ArrayHeader header = inspect_npy(path);
  EXPECT_EQ(header.stored, "float16");

  const Tensor patches = read_npy(path);

  EXPECT_EQ(patches.shape, header.shape);
  double sum = 0;
  for (const float x : patches.floats()) sum += static_cast<double>(x) * static_cast<double>(x);
  EXPECT_GT(sum / static_cast<double>(patches.size()), 0.0);
}

TEST(RealFiles, MnistExcerptHoldsSixArraysInItsOrder) {
  const NamedArrays arrays = read_npz(kTests / "data/mnist_excerpt/mnist_excerpt.npz");

  std::vector<std::string> names;
  for (const auto& [name, array] : arrays) names.push_back(name);
  EXPECT_THAT(names, testing::ElementsAre("train_x", "train_labels", "train_onehot", "test_x",
                                          "test_labels", "test_onehot"));
  EXPECT_EQ(arrays[0].second.shape, (Shape{2000, 784}));
}

TEST(RealFiles, EveryGoldenArchiveIsReadAndItsHeadersAgree) {
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(kTests / "golden")) {
    if (entry.path().extension() != ".npz") continue;
    SCOPED_TRACE(entry.path());
    ++files;
    const NpzReader reader{entry.path()};
    ASSERT_FALSE(reader.names().empty());
    for (const auto& [name, array] : read_npz(entry.path(), Integers::keep)) {
      const ArrayHeader header = reader.header(name, Integers::keep);
      EXPECT_EQ(header.shape, array.shape) << name;
      EXPECT_EQ(header.dtype, array.dtype()) << name;
      EXPECT_EQ(reader.read(name, Integers::keep).size(), array.size()) << name;
    }
  }
  EXPECT_GT(files, 100);
}

}  // namespace
}  // namespace plexus
