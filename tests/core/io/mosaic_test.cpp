#include "plexus/core/io/mosaic.h"

#include <limits>
#include <numeric>

#include <gmock/gmock.h>
#include <png.h>

#include "tests/core/io/files.h"
#include "tests/support/error_of.h"

namespace plexus {
namespace {

using test::error_of;
using testing::HasSubstr;

struct Picture {
  std::size_t width = 0, height = 0;
  bool grey = false;
  std::vector<std::uint8_t> pixels;

  [[nodiscard]] int at(std::size_t x, std::size_t y) const { return pixels.at(y * width + x); }
};

Picture read_png(const std::filesystem::path& path) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  EXPECT_NE(png_image_begin_read_from_file(&image, path.c_str()), 0) << image.message;
  Picture picture{image.width, image.height, image.format == PNG_FORMAT_GRAY, {}};
  image.format = PNG_FORMAT_GRAY;
  picture.pixels.resize(PNG_IMAGE_SIZE(image));
  EXPECT_NE(png_image_finish_read(&image, nullptr, picture.pixels.data(), 0, nullptr), 0)
      << image.message;
  return picture;
}

class Mosaic : public test::InFolder {};

// Two columns, tiles of 2 x 2: (0, 1, 2, 4) and a constant. 2 tiles across at scale 124 are
// 3 lines of 2 pixels and 4 x 124 = 502 pixels.
const std::vector<float> kTwo{0, 7, 1, 7, 2, 7, 4, 7};

TEST_F(Mosaic, ReadsBackAsTilesBetweenLines) {
  write_mosaic(in("m.png"), kTwo, 4, 2, {2, 2});

  const Picture picture = read_png(in("m.png"));

  EXPECT_TRUE(picture.grey);
  ASSERT_EQ(picture.width, 502U);
  ASSERT_EQ(picture.height, 252U);
  EXPECT_EQ(picture.at(0, 0), 255);      // a line
  EXPECT_EQ(picture.at(2, 2), 0);        // the least value, to the corner of its square
  EXPECT_EQ(picture.at(125, 125), 0);    // of 124 pixels
  EXPECT_EQ(picture.at(126, 2), 64);     // 1 of 0..4
  EXPECT_EQ(picture.at(2, 126), 128);    // 2 of 0..4, in the second row
  EXPECT_EQ(picture.at(249, 249), 255);  // the largest
  EXPECT_EQ(picture.at(250, 100), 255);  // the line between the tiles
  EXPECT_EQ(picture.at(252, 2), 128);    // the constant tile
  EXPECT_EQ(picture.at(499, 249), 128);
}

TEST_F(Mosaic, RowsOfTheTransposedMatrixGiveTheSamePicture) {
  const std::vector<float> transposed{0, 1, 2, 4, 7, 7, 7, 7};
  write_mosaic(in("columns.png"), kTwo, 4, 2, {2, 2}, MosaicAxis::columns);
  write_mosaic(in("rows.png"), transposed, 2, 4, {2, 2}, MosaicAxis::rows);

  EXPECT_EQ(test::bytes_of(in("columns.png")), test::bytes_of(in("rows.png")));
}

TEST_F(Mosaic, LaysTwentyFiveTilesInFiveRows) {
  std::vector<float> W(169 * 25);
  std::iota(W.begin(), W.end(), 0.0F);
  write_mosaic(in("m.png"), W, 169, 25, {13, 13});

  const Picture picture = read_png(in("m.png"));

  // 5 * 13 values at scale 8 and 6 lines: the first whole factor that makes 500 pixels or more.
  EXPECT_EQ(picture.width, 5U * 13 * 8 + 6 * 2);
  EXPECT_EQ(picture.height, picture.width);
}

TEST_F(Mosaic, LeavesUnusedPlacesOfTheGridWhite) {
  write_mosaic(in("m.png"), std::vector<float>{1, 2, 3}, 1, 3, {1, 1});

  const Picture picture = read_png(in("m.png"));

  EXPECT_EQ(picture.at(2, 2), 128);
  EXPECT_EQ(picture.at(picture.width - 3, 2), 128);
  EXPECT_EQ(picture.at(picture.width - 3, picture.height - 3), 255);
}

TEST_F(Mosaic, KeepsTilesThatAreLargeAsTheyAre) {
  write_mosaic(in("m.png"), std::vector<float>(600), 600, 1, {1, 600});
  EXPECT_EQ(read_png(in("m.png")).width, 604U);
}

TEST_F(Mosaic, ScalesToFiniteValuesAndDrawsTheOthers) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  const float largest = std::numeric_limits<float>::max();
  write_mosaic(in("m.png"), std::vector<float>{-largest, largest, kInfinity, -kInfinity, kNaN}, 5,
               1, {1, 5});

  const Picture picture = read_png(in("m.png"));

  const std::size_t scale = (picture.width - 4) / 5;
  const auto shade = [&](std::size_t i) { return picture.at(2 + i * scale, 2); };
  EXPECT_EQ(shade(0), 0);
  EXPECT_EQ(shade(1), 255);
  EXPECT_EQ(shade(2), 255);
  EXPECT_EQ(shade(3), 0);
  EXPECT_EQ(shade(4), 128);
}

TEST_F(Mosaic, EqualMatricesGiveEqualBytes) {
  write_mosaic(in("a.png"), kTwo, 4, 2, {2, 2});
  write_mosaic(in("b.png"), kTwo, 4, 2, {2, 2});
  EXPECT_EQ(test::bytes_of(in("a.png")), test::bytes_of(in("b.png")));
}

TEST_F(Mosaic, ATileThatDoesNotHoldAColumnIsRefusedAndTheOldPictureStays) {
  write("m.png", "old");

  const std::string text = error_of([&] { write_mosaic(in("m.png"), kTwo, 4, 2, {3, 1}); });

  EXPECT_THAT(text, HasSubstr("a tile of 3 x 1 does not hold the 4 values of a column"));
  EXPECT_THAT(text, HasSubstr("height times width is 4"));
  EXPECT_EQ(test::bytes_of(in("m.png")), "old");
}

TEST_F(Mosaic, NonsenseIsRefused) {
  EXPECT_NE(error_of([&] { write_mosaic(in("m.png"), kTwo, 4, 3, {2, 2}); }), "");
  EXPECT_NE(error_of([&] { write_mosaic(in("m.png"), {}, 0, 0, {1, 1}); }), "");
  EXPECT_NE(error_of([&] { write_mosaic(in("m.png"), kTwo, 4, 2, {-2, -2}); }), "");
  EXPECT_NE(error_of([&] { write_mosaic(in("none/m.png"), kTwo, 4, 2, {2, 2}); }), "");
}

}  // namespace
}  // namespace plexus
