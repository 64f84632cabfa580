#pragma once

#include <span>

#include "plexus/core/random/initialiser.h"
#include "plexus/core/sparse_pattern.h"

namespace plexus {

/// The elements of a pattern of what `initialiser.draw(pattern.shape(), key)` gives. Where each
/// element can be drawn by itself, the whole matrix is never made. Throws as `draw` does.
void draw_kept(const Initialiser& initialiser, Key key, const SparsePattern& pattern,
               std::span<float> kept);

}  // namespace plexus
