#include "plexus/core/io/compare.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plexus/core/error.h"
#include "plexus/core/io/npz.h"
#include "plexus/core/table.h"

namespace plexus {
namespace {

using Verdict = ArrayComparison::Verdict;

std::vector<std::int64_t> index_tuple(std::size_t flat, const Shape& shape) {
  std::vector<std::int64_t> index(shape.rank());
  for (std::size_t axis = shape.rank(); axis-- > 0;) {
    const auto extent = static_cast<std::size_t>(shape[axis]);
    index[axis] = static_cast<std::int64_t>(flat % extent);
    flat /= extent;
  }
  return index;
}

/// |a - b|, infinite where one is no number or infinite and the other is not the same.
double distance(double a, double b) noexcept {
  if (a == b || (std::isnan(a) && std::isnan(b))) return 0;
  const double d = std::abs(a - b);
  return std::isnan(d) ? std::numeric_limits<double>::infinity() : d;
}

template <typename T>
double largest_finite(const std::vector<T>& values) noexcept {
  double largest = 0;
  for (const T value : values)
    if (const double x = std::abs(static_cast<double>(value)); std::isfinite(x))
      largest = std::max(largest, x);
  return largest;
}

/// A deviation whose place is still a position in the flat array.
struct Found {
  double size = 0;
  std::size_t at = 0;
};

template <typename A, typename B>
void compare_values(const std::vector<A>& as, const std::vector<B>& bs, const Tolerance& tolerance,
                    ArrayComparison& result) {
  constexpr bool kExact = std::is_integral_v<B>;
  const double floor = kExact ? 0 : tolerance.atol + tolerance.atol_scale * largest_finite(bs);
  const double rtol = kExact ? 0 : tolerance.rtol;

  Found absolute, relative, first;
  for (std::size_t i = 0; i < bs.size(); ++i) {
    const auto a = static_cast<double>(as[i]), b = static_cast<double>(bs[i]);
    const double d = distance(a, b);
    if (d == 0) continue;
    if (d > absolute.size) absolute = {d, i};
    if (b != 0) {
      const double share = std::isfinite(d) ? d / std::abs(b) : d;
      if (share > relative.size) relative = {share, i};
    }
    // An infinite distance is outside whatever the tolerance (which is infinite or NaN for such a
    // b).
    if (std::isfinite(d) && d <= rtol * std::abs(b) + floor) continue;
    if (result.outside++ == 0) first = {d, i};
  }
  const auto placed = [&](const Found& found) {
    if (found.size == 0) return Deviation{};
    return Deviation{found.size, index_tuple(found.at, result.b), static_cast<double>(as[found.at]),
                     static_cast<double>(bs[found.at])};
  };
  result.absolute = placed(absolute);
  result.relative = placed(relative);
  result.first_outside = placed(first);
  result.verdict = result.outside == 0 ? Verdict::agrees : Verdict::differs;
}

/// `a` is null for an array that A lacks.
ArrayComparison compare_array(const std::string& name, const Tensor* a, const Tensor& b,
                              const Tolerance& tolerance) {
  ArrayComparison result;
  result.name = name;
  result.b = b.shape;
  if (a != nullptr) result.a = a->shape;
  if (a == nullptr)
    result.verdict = Verdict::missing;
  else if (a->shape != b.shape)
    result.verdict = Verdict::other_shape;
  else
    std::visit([&](const auto& as, const auto& bs) { compare_values(as, bs, tolerance, result); },
               a->values, b.values);
  return result;
}

void check(const Tolerance& tolerance) {
  for (const auto& [name, value] :
       {std::pair{"rtol", tolerance.rtol}, std::pair{"atol", tolerance.atol},
        std::pair{"atol-scale", tolerance.atol_scale}})
    if (!(value >= 0))
      throw Error{Error::Kind::config,
                  {},
                  fmt::format("the tolerance {} is {}", name, value),
                  "give a number >= 0"};
}

std::string tuple(const std::vector<std::int64_t>& place) {
  return fmt::format("({}{})", fmt::join(place, ", "), place.size() == 1 ? "," : "");
}

const char* to_string(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::agrees: return "agrees";
    case Verdict::differs: return "differs";
    case Verdict::missing: return "missing";
    case Verdict::other_shape: return "other shape";
  }
  return "?";
}

/// What is wrong with an array that does not agree.
std::string complaint(const ArrayComparison& array) {
  switch (array.verdict) {
    case Verdict::agrees: return {};
    case Verdict::missing: return fmt::format("{}: missing\n", array.name);
    case Verdict::other_shape:
      return fmt::format("{}: shape {} instead of {}\n", array.name, plexus::to_string(array.a),
                         plexus::to_string(array.b));
    case Verdict::differs: break;
  }
  const Deviation& first = array.first_outside;
  return fmt::format(
      "{}: {} of {} values outside the tolerance, first at {}: {:.9g} instead of {:.9g}\n",
      array.name, array.outside, array.b.size(), tuple(first.place), first.a, first.b);
}

}  // namespace

bool Comparison::agrees() const noexcept {
  return std::ranges::all_of(arrays,
                             [](const auto& array) { return array.verdict == Verdict::agrees; });
}

Comparison compare(std::span<const std::pair<std::string, Tensor>> a,
                   std::span<const std::pair<std::string, Tensor>> b, const Tolerance& tolerance) {
  check(tolerance);
  const auto find = [](auto arrays, const std::string& name) {
    const auto found = std::ranges::find(arrays, name, &std::pair<std::string, Tensor>::first);
    return found == arrays.end() ? nullptr : &found->second;
  };
  Comparison result;
  for (const auto& [name, array] : b)
    result.arrays.push_back(compare_array(name, find(a, name), array, tolerance));
  for (const auto& [name, array] : a)
    if (find(b, name) == nullptr) result.ignored.push_back(name);
  return result;
}

Comparison compare_npz(const std::filesystem::path& a, const std::filesystem::path& b,
                       const Tolerance& tolerance) {
  check(tolerance);
  const NpzReader as{a}, bs{b};
  const auto has = [](const NpzReader& reader, const std::string& name) {
    return std::ranges::find(reader.names(), name) != reader.names().end();
  };
  Comparison result;
  for (const std::string& name : bs.names()) {
    const Tensor reference = bs.read(name, Integers::keep);
    if (has(as, name)) {
      const Tensor array = as.read(name, Integers::keep);
      result.arrays.push_back(compare_array(name, &array, reference, tolerance));
    } else {
      result.arrays.push_back(compare_array(name, nullptr, reference, tolerance));
    }
  }
  for (const std::string& name : as.names())
    if (!has(bs, name)) result.ignored.push_back(name);
  return result;
}

std::string to_table(const Comparison& comparison) {
  std::vector<std::vector<std::string>> rows{
      {"array", "shape", "verdict", "max |a-b|", "at", "max |a-b|/|b|", "at"}};
  std::string complaints;
  std::vector<std::string> failed;
  for (const ArrayComparison& array : comparison.arrays) {
    const bool compared = array.verdict == Verdict::agrees || array.verdict == Verdict::differs;
    const auto size = [&](const Deviation& d) {
      return compared ? fmt::format("{:.3g}", d.size) : "-";
    };
    const auto place = [&](const Deviation& d) { return d.size > 0 ? tuple(d.place) : ""; };
    rows.push_back({array.name, plexus::to_string(array.b), to_string(array.verdict),
                    size(array.absolute), place(array.absolute), size(array.relative),
                    place(array.relative)});
    if (array.verdict == Verdict::agrees) continue;
    complaints += complaint(array);
    failed.push_back(array.name);
  }
  if (comparison.arrays.empty()) return "the reference holds no arrays\n";

  std::string text = detail::aligned(rows, "lllrlrl");
  if (!complaints.empty()) text += '\n' + complaints;
  if (!comparison.ignored.empty())
    text += fmt::format("\nonly in A, ignored: {}\n", fmt::join(comparison.ignored, ", "));
  text += failed.empty() ? fmt::format("\nagrees: {} array(s)\n", comparison.arrays.size())
                         : fmt::format("\ndiffers: {} of {} array(s): {}\n", failed.size(),
                                       comparison.arrays.size(), fmt::join(failed, ", "));
  return text;
}

}  // namespace plexus
