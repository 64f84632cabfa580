#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "plexus/core/tensor.h"

namespace plexus {

/// How far a value a may be from its reference b:
///   |a - b| <= rtol |b| + atol + atol_scale max|B|,   B being b's whole array, its finite values.
struct Tolerance {
  double rtol = 1e-5;
  double atol = 0;
  double atol_scale = 1e-6;
};

/// Where the largest deviation of some kind is.
struct Deviation {
  double size = 0;                  // infinite where NaN or infinity meets anything else
  std::vector<std::int64_t> place;  // an index for each axis; meaningless while size is 0
  double a = 0, b = 0;              // the two values there
};

/// One array of the reference against its counterpart.
struct ArrayComparison {
  enum class Verdict : std::uint8_t { agrees, differs, missing, other_shape };

  std::string name;
  Verdict verdict = Verdict::agrees;
  Shape a, b;               // the shapes; a is () for an array that is missing
  Deviation absolute;       // |a - b|
  Deviation relative;       // |a - b| / |b|, where b is not 0
  std::size_t outside = 0;  // values outside the tolerance
  Deviation first_outside;  // the first of them
};

struct Comparison {
  std::vector<ArrayComparison> arrays;  // in the reference's order
  std::vector<std::string> ignored;     // those that only A has

  [[nodiscard]] bool agrees() const noexcept;
};

/// Compares the arrays `a` with the reference `b`. Where the reference has integers, values must be
/// equal. NaN agrees with NaN, an infinity with the same infinity. Throws Error for a negative
/// tolerance.
Comparison compare(std::span<const std::pair<std::string, Tensor>> a,
                   std::span<const std::pair<std::string, Tensor>> b,
                   const Tolerance& tolerance = {});

/// The same for two .npz files, one array in memory at a time. Members that are no arrays are
/// skipped.
Comparison compare_npz(const std::filesystem::path& a, const std::filesystem::path& b,
                       const Tolerance& tolerance = {});

/// The comparison for a reader: a line an array, what is outside the tolerance, and the verdict.
std::string to_table(const Comparison& comparison);

}  // namespace plexus
