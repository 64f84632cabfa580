#include "plexus/core/io/mosaic.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>
#include <png.h>

#include "plexus/core/error.h"
#include "plexus/core/io/atomic_file.h"
#include "plexus/core/io/io_error.h"

namespace plexus {
namespace {

constexpr std::size_t kLine = 2;          // pixels between tiles and around them
constexpr std::size_t kLeastWidth = 500;  // pixels
constexpr std::uint8_t kWhite = 255, kMidGrey = 128;

/// The vectors of a matrix along one axis.
struct Vectors {
  std::span<const float> matrix;
  std::size_t count, length;            // how many, and of how many values
  std::size_t next_vector, next_value;  // steps within the matrix

  [[nodiscard]] float at(std::size_t vector, std::size_t value) const {
    return matrix[vector * next_vector + value * next_value];
  }
};

/// From a value to a grey: linear, the range of one tile to 0..255.
class Grey {
 public:
  Grey(const Vectors& vectors, std::size_t vector) {
    bool any = false;
    for (std::size_t i = 0; i < vectors.length; ++i) {
      const double value = static_cast<double>(vectors.at(vector, i));
      if (!std::isfinite(value)) continue;
      least_ = any ? std::min(least_, value) : value;
      largest_ = any ? std::max(largest_, value) : value;
      any = true;
    }
  }

  [[nodiscard]] std::uint8_t of(float value) const noexcept {
    if (std::isnan(value) || largest_ <= least_) return kMidGrey;
    const double share = (static_cast<double>(value) - least_) / (largest_ - least_);
    return static_cast<std::uint8_t>(std::lround(255 * std::clamp(share, 0.0, 1.0)));
  }

 private:
  double least_ = 0, largest_ = 0;
};

struct Picture {
  std::size_t width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
};

/// Where the tiles go.
struct Grid {
  std::size_t across, down, scale;
  std::size_t cell_width, cell_height;  // pixels of a tile and one line
};

Grid grid_of(std::size_t tiles, std::size_t tile_height, std::size_t tile_width) {
  auto across = static_cast<std::size_t>(std::sqrt(static_cast<double>(tiles)));
  while (across * across < tiles) ++across;
  const std::size_t down = (tiles + across - 1) / across;
  const std::size_t lines = (across + 1) * kLine, values = across * tile_width;
  const std::size_t scale = lines >= kLeastWidth ? 1 : (kLeastWidth - lines + values - 1) / values;
  return {across, down, scale, tile_width * scale + kLine, tile_height * scale + kLine};
}

Picture draw(const Vectors& vectors, const Grid& grid, std::size_t tile_width) {
  Picture picture{grid.across * grid.cell_width + kLine, grid.down * grid.cell_height + kLine, {}};
  picture.pixels.assign(picture.width * picture.height, kWhite);
  for (std::size_t tile = 0; tile < vectors.count; ++tile) {
    const Grey grey{vectors, tile};
    const std::size_t left = tile % grid.across * grid.cell_width + kLine;
    const std::size_t top = tile / grid.across * grid.cell_height + kLine;
    for (std::size_t i = 0; i < vectors.length; ++i) {
      const std::size_t x = left + i % tile_width * grid.scale,
                        y = top + i / tile_width * grid.scale;
      const std::uint8_t shade = grey.of(vectors.at(tile, i));
      for (std::size_t line = y; line < y + grid.scale; ++line)
        std::fill_n(picture.pixels.begin() + static_cast<std::ptrdiff_t>(line * picture.width + x),
                    grid.scale, shade);
    }
  }
  return picture;
}

std::vector<std::byte> png_bytes(const Picture& picture, const std::string& file) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = PNG_FORMAT_GRAY;
  png_alloc_size_t length = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::vector<std::byte> bytes(length);
  if (png_image_write_to_memory(&image, bytes.data(), &length, 0, picture.pixels.data(), 0,
                                nullptr) == 0)
    throw detail::io_error(file, fmt::format("the picture cannot be made: {}", image.message),
                           "show fewer or smaller tiles");
  bytes.resize(length);
  return bytes;
}

Error does_not_fit(const std::filesystem::path& path, std::string problem,
                   std::string_view remedy) {
  return Error{
      Error::Kind::shape, {}, fmt::format("mosaic {}: {}", path.string(), problem), remedy};
}

}  // namespace

void write_mosaic(const std::filesystem::path& path, std::span<const float> matrix,
                  std::int64_t rows, std::int64_t columns, TileSize tile, MosaicAxis axis) {
  const bool by_column = axis == MosaicAxis::columns;
  const std::int64_t count = by_column ? columns : rows, length = by_column ? rows : columns;
  if (rows < 1 || columns < 1 ||
      matrix.size() / static_cast<std::size_t>(columns) != static_cast<std::size_t>(rows) ||
      matrix.size() % static_cast<std::size_t>(columns) != 0)
    throw does_not_fit(
        path, fmt::format("{} values are no matrix of {} x {}", matrix.size(), rows, columns),
        "name a matrix that is not empty");
  if (tile.height < 1 || tile.width < 1 || length % tile.height != 0 ||
      length / tile.height != tile.width)
    throw does_not_fit(
        path,
        fmt::format("a tile of {} x {} does not hold the {} values of a {}", tile.height,
                    tile.width, length, by_column ? "column" : "row"),
        fmt::format("choose a tile whose height times width is {}, or the other axis ({} values)",
                    length, count));

  const auto width = static_cast<std::size_t>(tile.width),
             stride = static_cast<std::size_t>(columns);
  const Vectors vectors{matrix, static_cast<std::size_t>(count), static_cast<std::size_t>(length),
                        by_column ? 1 : stride, by_column ? stride : 1};
  const Grid grid = grid_of(vectors.count, static_cast<std::size_t>(tile.height), width);
  constexpr std::size_t kMostPixels = std::size_t{1} << 30;
  if ((grid.across * grid.cell_width + kLine) >
      kMostPixels / (grid.down * grid.cell_height + kLine))
    throw does_not_fit(path, fmt::format("a picture of {} tiles is too large", count),
                       "show fewer tiles");
  replace_file(path, png_bytes(draw(vectors, grid, width), path.string()));
}

}  // namespace plexus
