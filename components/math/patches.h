#pragma once

#include <cstdint>

#include "plexus/components/math/matrix_view.h"
#include "plexus/core/random/key.h"
#include "plexus/core/tensor.h"

/// Patches cut out of images, one a row of the result, its pixels row by row.
namespace plexus::math {

struct Extent {
  std::int64_t height = 0, width = 0;  // pixels
};

/// The patches of an image (H, W) whose corners lie on a grid of `step` pixels: all that fit, in
/// raster order. Throws Error: config, for a patch larger than the image, or a step below 1.
Tensor grid_patches(ConstMatrixView image, Extent patch, Extent step);

/// Patches that overlap by `overlap` pixels, framed by so many zeros that the pixels of the edge
/// are seen as often as the others.
Tensor framed_patches(ConstMatrixView image, Extent patch, Extent overlap);

/// `count` patches of each of the images (N, H W), at corners drawn from the key uniformly and with
/// replacement, for every image anew.
Tensor random_patches(Key key, ConstMatrixView images, Extent image, Extent patch,
                      std::int64_t count);

/// Takes each patch's mean away from it.
void centre_patches(MatrixView patches);

}  // namespace plexus::math
