#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

namespace plexus {

/// Which vectors of a matrix become tiles.
enum class MosaicAxis : std::uint8_t { columns, rows };

/// A tile's extent in values.
struct TileSize {
  std::int64_t height = 0, width = 0;
};

/// Writes a picture (PNG, 8-bit grey) of a matrix, row-major, as tiles: one for each column or row,
/// whose values fill the tile row by row. Each tile is scaled to its own range, least black and
/// largest white; one whose values are all equal is mid grey, as are values that are NaN. Tiles lie
/// in a near-square grid, in reading order, between white lines; enlarged by a whole factor to 500
/// pixels or more across. Equal matrices give equal bytes, and an old file is replaced only by a
/// complete new one. Throws Error (shape) when tiles of this size do not hold the vectors, (io)
/// when writing fails.
void write_mosaic(const std::filesystem::path& path, std::span<const float> matrix,
                  std::int64_t rows, std::int64_t columns, TileSize tile,
                  MosaicAxis axis = MosaicAxis::columns);

}  // namespace plexus
