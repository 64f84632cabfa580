#include "plexus/components/math/patches.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include <fmt/format.h>

#include "plexus/core/error.h"
#include "plexus/core/random/samplers.h"

namespace plexus::math {
namespace {

void require_fit(Extent image, Extent patch) {
  if (patch.height >= 1 && patch.width >= 1 && patch.height <= image.height &&
      patch.width <= image.width)
    return;
  throw Error(Error::Kind::config, {},
              fmt::format("a patch of {} x {} pixels does not fit into an image of {} x {}",
                          patch.height, patch.width, image.height, image.width),
              "choose smaller patches, of 1 pixel or more");
}

Tensor room_for(std::int64_t count, Extent patch) {
  const Shape shape{count, patch.height * patch.width};
  return {shape, std::vector<float>(shape.size())};
}

/// The patch at (row, col) of an image `width` pixels wide.
void cut(const float* image, std::int64_t width, Extent patch, std::int64_t row, std::int64_t col,
         float* to) {
  for (std::int64_t i = 0; i < patch.height; ++i)
    to = std::copy_n(image + (row + i) * width + col, patch.width, to);
}

}  // namespace

Tensor grid_patches(ConstMatrixView image, Extent patch, Extent step) {
  require_fit({image.rows, image.cols}, patch);
  if (step.height < 1 || step.width < 1)
    throw Error(Error::Kind::config, {},
                fmt::format("patches lie {} x {} pixels apart", step.height, step.width),
                "choose steps of 1 pixel or more");
  const std::int64_t down = (image.rows - patch.height) / step.height + 1;
  const std::int64_t across = (image.cols - patch.width) / step.width + 1;
  Tensor patches = room_for(down * across, patch);
  const MatrixView to = patches;
  for (std::int64_t i = 0; i < down; ++i)
    for (std::int64_t j = 0; j < across; ++j)
      cut(image.values, image.cols, patch, i * step.height, j * step.width,
          to.row(i * across + j).data());
  return patches;
}

Tensor framed_patches(ConstMatrixView image, Extent patch, Extent overlap) {
  require_fit({image.rows, image.cols}, patch);
  const Extent step{patch.height - overlap.height, patch.width - overlap.width};
  if (overlap.height < 0 || overlap.width < 0 || step.height < 1 || step.width < 1)
    throw Error(Error::Kind::config, {},
                fmt::format("patches of {} x {} pixels overlap by {} x {}", patch.height,
                            patch.width, overlap.height, overlap.width),
                "choose an overlap of 0 or more, smaller than the patch");
  const Shape shape{image.rows + 2 * step.height, image.cols + 2 * step.width};
  Tensor framed{shape, std::vector<float>(shape.size())};
  const MatrixView to = framed;
  for (std::int64_t i = 0; i < image.rows; ++i)
    std::ranges::copy(image.row(i), to.row(i + step.height).begin() + step.width);
  return grid_patches(framed, patch, step);
}

Tensor random_patches(Key key, ConstMatrixView images, Extent image, Extent patch,
                      std::int64_t count) {
  require_fit(image, patch);
  if (images.cols != image.height * image.width)
    throw Error(Error::Kind::shape, {},
                fmt::format("images have {} pixels; expected {} x {}", images.cols, image.height,
                            image.width));
  const auto draws = static_cast<std::size_t>(images.rows * count);
  std::vector<std::int32_t> rows(draws), cols(draws);
  fill_randint(split_at(key, 0), 0, rows, 0, image.height - patch.height + 1);
  fill_randint(split_at(key, 1), 0, cols, 0, image.width - patch.width + 1);
  Tensor patches = room_for(images.rows * count, patch);
  const MatrixView to = patches;
  for (std::size_t n = 0; n < draws; ++n) {
    const auto row = static_cast<std::int64_t>(n);
    cut(images.row(row / count).data(), image.width, patch, rows[n], cols[n], to.row(row).data());
  }
  return patches;
}

void centre_patches(MatrixView patches) {
  for (std::int64_t i = 0; i < patches.rows; ++i) {
    const auto pixels = patches.row(i);
    const double sum = std::accumulate(pixels.begin(), pixels.end(), 0.0);
    const auto mean = static_cast<float>(sum / static_cast<double>(pixels.size()));
    for (float& pixel : pixels) pixel -= mean;
  }
}

}  // namespace plexus::math
