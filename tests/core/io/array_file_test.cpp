#include "plexus/core/io/array_file.h"

#include <gmock/gmock.h>

#include "plexus/core/io/idx.h"
#include "plexus/core/io/npz.h"
#include "tests/core/io/files.h"
#include "tests/support/error_of.h"

namespace plexus {
namespace {

using test::error_of;
using testing::ElementsAre;
using testing::HasSubstr;

/// IDX: 2 images of 2 x 3 bytes.
const std::string kImages =
    std::string("\0\0\x08\x03\0\0\0\x02\0\0\0\x02\0\0\0\x03", 16) + "abcdefghijkl";

class ArrayFile : public test::InFolder {};

TEST_F(ArrayFile, IdxImagesAreFlattened) {
  const Tensor images = read_array(write("images", kImages));

  EXPECT_EQ(images.shape, (Shape{2, 6}));
  EXPECT_EQ(images.floats()[0], 'a');
  EXPECT_EQ(images.floats()[11], 'l');
}

TEST_F(ArrayFile, IdxNumbersAreBigEndian) {
  const std::string bytes =
      std::string("\0\0\x0B\x01\0\0\0\x02", 8) + std::string("\x01\x02\xFF\xFE", 4);
  EXPECT_THAT(read_array(write("a.idx", bytes)).floats(), ElementsAre(258, -2));
  EXPECT_EQ(inspect_array(in("a.idx"), {}, Integers::keep).dtype, DType::int32);
}

TEST_F(ArrayFile, GzippedIdxIsKnownByItsContent) {
  const auto path = write("images.dat", test::gzip(in("scratch"), kImages));

  EXPECT_EQ(read_array(path), read_idx(write("plain", kImages)));
  EXPECT_EQ(inspect_array(path).shape, (Shape{2, 6}));
  EXPECT_EQ(inspect_array(path).stored, "uint8");
}

TEST_F(ArrayFile, IdxThatPromisesMoreThanThereIsIsRefused) {
  const auto path = write("a", kImages.substr(0, 20));
  EXPECT_THAT(error_of([&] { read_array(path); }),
              HasSubstr("12 bytes expected after byte 16, 4 there"));
  EXPECT_NE(error_of([&] { inspect_array(path); }), "");

  const std::string huge = std::string("\0\0\x0E\x04", 4) + std::string(16, '\xFF');
  EXPECT_NE(error_of([&] { read_array(write("b", huge)); }), "");
}

TEST_F(ArrayFile, ATruncatedGzipFileIsRefused) {
  const std::string packed = test::gzip(in("scratch"), kImages);
  const auto path = write("a.gz", packed.substr(0, packed.size() - 12));
  EXPECT_THAT(error_of([&] { read_array(path); }), HasSubstr("a.gz"));
}

TEST_F(ArrayFile, TheNameDoesNotDecide) {
  const std::string npy = test::npy_of("<f4", "(1,)", test::raw(3.5F));

  EXPECT_THAT(read_array(write("a.csv", npy)).floats(), ElementsAre(3.5F));
  EXPECT_THAT(read_array(write("a.npy", "1 2\n")).floats(), ElementsAre(1, 2));
  EXPECT_THAT(read_array(write("b.npy", test::gzip(in("scratch"), npy))).floats(),
              ElementsAre(3.5F));
  EXPECT_THAT(read_array(write("b.csv", test::gzip(in("scratch"), "1;2\n"))).floats(),
              ElementsAre(1, 2));
}

TEST_F(ArrayFile, AnArchiveGivesItsFirstArrayOrTheOneNamed) {
  const NamedArrays arrays{{"train_x", {Shape{2}, std::vector<float>{1, 2}}},
                           {"train_labels", {Shape{1}, std::vector<std::int32_t>{9}}}};
  write_npz(in("a.dat"), arrays);

  EXPECT_THAT(read_array(in("a.dat")).floats(), ElementsAre(1, 2));
  EXPECT_THAT(read_array(in("a.dat"), "train_labels").floats(), ElementsAre(9));
  EXPECT_EQ(inspect_array(in("a.dat"), "train_labels").shape, (Shape{1}));
  EXPECT_THAT(error_of([&] { read_array(in("a.dat"), "train_lables"); }),
              HasSubstr("did you mean 'train_labels'?"));
  EXPECT_THAT(error_of([&] { inspect_array(in("a.dat"), "train_lables"); }),
              HasSubstr("did you mean 'train_labels'?"));
}

TEST_F(ArrayFile, AnArchiveWithoutArraysIsRefused) {
  const std::vector<std::pair<std::string, std::string>> texts{{"readme", "hello"}};
  write_npz(in("a.npz"), {}, texts);
  EXPECT_THAT(error_of([&] { read_array(in("a.npz")); }), HasSubstr("holds no arrays"));
}

TEST_F(ArrayFile, ANameForAFileOfOneArrayIsRefused) {
  const auto path = write("a.csv", "1 2\n");
  EXPECT_THAT(error_of([&] { read_array(path, "x"); }), HasSubstr("the file is no .npz"));
  EXPECT_THAT(error_of([&] { inspect_array(path, "x"); }), HasSubstr("the file is no .npz"));
}

TEST_F(ArrayFile, OtherFilesAreRefused) {
  EXPECT_THAT(error_of([&] { read_array(write("a.npy", "")); }), HasSubstr("is empty"));
  EXPECT_THAT(error_of([&] { read_array(write("a.mat", std::string("MATLAB 5.0\0\1IM", 14))); }),
              HasSubstr("is not an array file"));
  EXPECT_THAT(error_of([&] { read_array(in("none")); }), HasSubstr("No such file"));
}

}  // namespace
}  // namespace plexus
