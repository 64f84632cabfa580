#include "plexus/core/random/initialiser_options.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include <fmt/core.h>

#include "plexus/core/error.h"
#include "plexus/core/random/permutation.h"

namespace plexus {
namespace {

using Options = InitialiserOptions;

constexpr std::array kOptions{
    OptionInfo{"amin", &Options::amin, "smallest value; what lies below is raised to it"},
    OptionInfo{"amax", &Options::amax, "largest value; what lies above is lowered to it"},
    OptionInfo{"lower_triangle", &Options::lower_triangle, "zero above the diagonal"},
    OptionInfo{"upper_triangle", &Options::upper_triangle, "zero below the diagonal"},
    OptionInfo{"hollow", &Options::hollow, "zero on the diagonal"},
    OptionInfo{"eye", &Options::eye, "zero off the diagonal; the diagonal keeps its values"},
    OptionInfo{"col_mask", &Options::col_mask,
               "columns that keep their values: how many, at random, or a list; others are zero"},
    OptionInfo{"row_mask", &Options::row_mask,
               "rows that keep their values: how many, at random, or a list; others are zero"},
};

/// Zeroes the elements (i, j), of every matrix along the last two axes, for which keep(i, j) fails.
template <class Keep>
void keep_where(const Shape& shape, std::span<float> values, const Keep& keep) {
  const std::int64_t n_rows = shape[shape.rank() - 2];
  const std::int64_t n_cols = shape[shape.rank() - 1];
  for (std::size_t at = 0; at < values.size();) {
    for (std::int64_t i = 0; i < n_rows; ++i) {
      for (std::int64_t j = 0; j < n_cols; ++j, ++at) {
        if (!keep(i, j)) values[at] = 0;
      }
    }
  }
}

void require_matrix(std::string_view option, const Shape& shape, bool or_more_axes = false) {
  if (shape.rank() == 2 || (or_more_axes && shape.rank() > 2)) return;
  throw Error(Error::Kind::shape, {},
              fmt::format("the initialiser's option {} needs a matrix; the shape is {}", option,
                          to_string(shape)),
              fmt::format("leave out {}", option));
}

/// Flags for the columns (or rows), `n` in all, that a mask keeps. Random ones advance `key`.
std::vector<bool> kept_by(const Mask& mask, std::string_view option, std::int64_t n, Key& key) {
  std::vector<bool> kept(static_cast<std::size_t>(n), false);
  const auto out_of_range = [&](std::int64_t given, std::string_view remedy) {
    return Error(Error::Kind::shape, {},
                 fmt::format("the initialiser's {} asks for {}, of {}", option, given, n), remedy);
  };
  if (mask.count) {
    if (*mask.count < 0 || *mask.count > n) {
      throw out_of_range(*mask.count, fmt::format("give a count from 0 to {}", n));
    }
    const auto [next, drawn] = split(key);
    key = next;
    const auto chosen =
        choice(drawn, static_cast<std::size_t>(n), static_cast<std::size_t>(*mask.count), false);
    for (const auto index : chosen) kept[static_cast<std::size_t>(index)] = true;
    return kept;
  }
  for (const auto index : mask.kept) {
    if (index < 0 || index >= n) {
      throw out_of_range(index, fmt::format("give indices from 0 to {}", n - 1));
    }
    kept[static_cast<std::size_t>(index)] = true;
  }
  return kept;
}

}  // namespace

std::span<const OptionInfo> initialiser_options() {
  return kOptions;
}

namespace detail {

void apply(const InitialiserOptions& options, const Shape& shape, Key key,
           std::span<float> values) {
  if (options.amin) {
    const auto least = static_cast<float>(*options.amin);
    for (float& x : values) x = std::max(x, least);
  }
  if (options.amax) {
    const auto greatest = static_cast<float>(*options.amax);
    for (float& x : values) x = std::min(x, greatest);
  }
  if (options.lower_triangle) {
    require_matrix("lower_triangle", shape, true);
    keep_where(shape, values, [](auto i, auto j) { return j <= i; });
  }
  if (options.upper_triangle) {
    require_matrix("upper_triangle", shape, true);
    keep_where(shape, values, [](auto i, auto j) { return j >= i; });
  }
  if (options.hollow) {
    require_matrix("hollow", shape);
    keep_where(shape, values, [](auto i, auto j) { return i != j; });
  }
  if (options.eye) {
    require_matrix("eye", shape);
    keep_where(shape, values, [](auto i, auto j) { return i == j; });
  }
  if (options.col_mask) {
    require_matrix("col_mask", shape);
    const auto kept = kept_by(*options.col_mask, "col_mask", shape[1], key);
    keep_where(shape, values, [&](auto, auto j) { return kept[static_cast<std::size_t>(j)]; });
  }
  if (options.row_mask) {
    require_matrix("row_mask", shape);
    const auto kept = kept_by(*options.row_mask, "row_mask", shape[0], key);
    keep_where(shape, values, [&](auto i, auto) { return kept[static_cast<std::size_t>(i)]; });
  }
}

}  // namespace detail
}  // namespace plexus
