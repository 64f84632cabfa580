#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "plexus/components/math/patches.h"
#include "plexus/core/random/key.h"

namespace plexus::math {

/// Blocks of an image's patches that a self-supervised model predicts from the others (Assran et
/// al. 2023, I-JEPA): as many blocks as `num_blocks`, of one size in a batch.
struct BlockMasks {
  using Range = std::pair<float, float>;

  Extent crop_size{224, 224}, patch_size{16, 16};  // pixels
  Range spatial_scale{0.15F, 0.2F};                // share of the patches that a block covers
  Range aspect_ratio{0.75F, 1.5F};                 // height over width of a block
  std::int64_t num_blocks = 4;
  std::int64_t max_keep = 0;  // patches of context at most; 0: all

  /// Numbers of patches, counted row by row, ascending; all samples have as many.
  struct Split {
    std::vector<std::vector<std::int64_t>> context, predicted;
  };

  /// The area u and the aspect a are drawn for the batch; a block has round(√(u a n)) x
  /// round(√(u n / a)) of the n patches, at most all but one row and column of the grid, and each
  /// sample places its blocks anew. Samples with more patches than another lose their last.
  /// Throws Error: config, if the crop holds fewer than 2 x 2 patches, or a range is not one.
  [[nodiscard]] Split draw(Key key, std::int64_t batch_size) const;
};

}  // namespace plexus::math
