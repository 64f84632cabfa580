#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "plexus/core/random/key.h"
#include "plexus/core/shape.h"

namespace plexus {

/// The columns (or rows) that keep their values: a number of them, drawn at random, or these.
struct Mask {
  std::optional<std::int64_t> count;
  std::vector<std::int64_t> kept;  // if there is no count

  Mask(std::int64_t n) : count(n) {}                                    // NOLINT: col_mask(2)
  Mask(std::initializer_list<std::int64_t> indices) : kept(indices) {}  // col_mask({0, 2})
  explicit Mask(std::vector<std::int64_t> indices) : kept(std::move(indices)) {}

  friend bool operator==(const Mask&, const Mask&) = default;
};

/// What is done to an initialiser's values once they are drawn, in the order of the members.
struct InitialiserOptions {
  std::optional<double> amin;
  std::optional<double> amax;
  bool lower_triangle = false;
  bool upper_triangle = false;
  bool hollow = false;
  bool eye = false;
  std::optional<Mask> col_mask;
  std::optional<Mask> row_mask;

  friend bool operator==(const InitialiserOptions&, const InitialiserOptions&) = default;
};

/// One option as readers, help and schemas see it. Its kind follows from its member: a number,
/// a switch, or a mask (a count or a list of indices).
struct OptionInfo {
  using Member =
      std::variant<std::optional<double> InitialiserOptions::*, bool InitialiserOptions::*,
                   std::optional<Mask> InitialiserOptions::*>;

  std::string_view name;
  Member member;
  std::string_view doc;
};

/// The options of every initialiser, in the order in which they are applied.
std::span<const OptionInfo> initialiser_options();

namespace detail {

/// Applies `options` to `values` of `shape`; random masks draw with `key`.
/// Throws Error (shape) if the shape lacks the axes, columns or rows that an option speaks of.
void apply(const InitialiserOptions& options, const Shape& shape, Key key, std::span<float> values);

}  // namespace detail
}  // namespace plexus
