#include "plexus/components/math/block_masks.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "plexus/core/error.h"
#include "plexus/core/random/samplers.h"

namespace plexus::math {
namespace {

using Patches = std::vector<std::int64_t>;

void require_range(const BlockMasks::Range& r, const char* name, float most) {
  if (r.first > 0 && r.first <= r.second && r.second <= most) return;
  throw Error(Error::Kind::config, {},
              fmt::format("{} runs from {} to {}; expected a range above 0, and at most {}", name,
                          r.first, r.second, most));
}

/// A corner from 0 to `last`.
std::int64_t corner(Key key, std::int64_t last) {
  std::int32_t at = 0;
  fill_randint(key, 0, {&at, 1}, 0, last + 1);
  return at;
}

void truncate(std::vector<Patches>& lists, std::size_t most) {
  for (const Patches& list : lists) most = std::min(most, list.size());
  for (Patches& list : lists) list.resize(most);
}

}  // namespace

BlockMasks::Split BlockMasks::draw(Key key, std::int64_t batch_size) const {
  const std::int64_t height = crop_size.height / patch_size.height;
  const std::int64_t width = crop_size.width / patch_size.width;
  if (height < 2 || width < 2)
    throw Error(
        Error::Kind::config, {},
        fmt::format("a crop of {} x {} pixels holds {} x {} patches; expected 2 x 2 or more",
                    crop_size.height, crop_size.width, height, width),
        "choose smaller patches");
  if (num_blocks < 1 || batch_size < 1)
    throw Error(Error::Kind::config, {},
                fmt::format("{} blocks in each of {} samples", num_blocks, batch_size),
                "choose 1 or more of each");
  require_range(spatial_scale, "spatial_scale", 1);
  require_range(aspect_ratio, "aspect_ratio", 1e6F);

  std::array<float, 1> u{}, a{};
  fill_uniform(split_at(key, 0), 0, u, spatial_scale.first, spatial_scale.second);
  fill_uniform(split_at(key, 1), 0, a, aspect_ratio.first, aspect_ratio.second);
  const float area = u[0] * static_cast<float>(height * width);
  // Smaller than the grid by one either way: then a sample of one block has context left.
  const Extent block{std::clamp<std::int64_t>(std::lround(std::sqrt(area * a[0])), 1, height - 1),
                     std::clamp<std::int64_t>(std::lround(std::sqrt(area / a[0])), 1, width - 1)};

  Split drawn;
  Key next = split_at(key, 2);
  while (static_cast<std::int64_t>(drawn.context.size()) < batch_size) {
    std::vector<bool> covered(static_cast<std::size_t>(height * width));
    for (std::int64_t n = 0; n < num_blocks; ++n) {
      const auto keys = split(next, 3);
      next = keys[0];
      const std::int64_t top = corner(keys[1], height - block.height);
      const std::int64_t left = corner(keys[2], width - block.width);
      for (std::int64_t i = 0; i < block.height; ++i)
        for (std::int64_t j = 0; j < block.width; ++j)
          covered[static_cast<std::size_t>((top + i) * width + left + j)] = true;
    }
    Patches context, predicted;
    for (std::int64_t p = 0; p < height * width; ++p)
      (covered[static_cast<std::size_t>(p)] ? predicted : context).push_back(p);
    if (context.empty()) continue;  // the blocks cover all: drawn again
    drawn.context.push_back(std::move(context));
    drawn.predicted.push_back(std::move(predicted));
  }
  const auto all = static_cast<std::size_t>(height * width);
  truncate(drawn.context, max_keep > 0 ? static_cast<std::size_t>(max_keep) : all);
  truncate(drawn.predicted, all);
  return drawn;
}

}  // namespace plexus::math
