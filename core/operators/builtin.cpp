#include "plexus/core/operators/builtin.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include "plexus/core/error.h"
#include "plexus/core/kernels/vector.h"
#include "plexus/core/kernels/widest.h"

namespace plexus {
namespace {

constexpr std::size_t kAny = 64;

/// Element `i` (row-major, of `out`) of an operand that stretches to `out`.
float stretched(const ArrayRef<const float>& in, const Shape& out, std::size_t i) {
  std::size_t index = 0, stride = 1;
  for (std::size_t back = 0; back < out.rank(); ++back) {
    const auto extent = static_cast<std::size_t>(out[out.rank() - 1 - back]);
    const std::size_t at = i % extent;
    i /= extent;
    if (back < in.shape.rank()) {
      const auto n = static_cast<std::size_t>(in.shape[in.shape.rank() - 1 - back]);
      index += (n == 1 ? 0 : at) * stride;
      stride *= n;
    }
  }
  return in.values[index];
}

/// Elements that are folded at once: they stay in the first-level cache from operand to operand.
constexpr std::size_t kBlock = 1024;

/// Elements [from, to) of out = f(f(in0, in1), in2) …
template <class F>
[[gnu::always_inline]] inline void fold_block(const OperatorCall& call, std::size_t from,
                                              std::size_t to, F f) {
  const auto is_whole = [&](std::size_t k) PLEXUS_INLINE_LAMBDA {
    return k < call.inputs.size() && call.inputs[k].shape == call.output.shape;
  };
  float* const __restrict out = call.output.values;
  std::size_t k = 0;
  if (is_whole(0) && is_whole(1)) {
    const float *a = call.inputs[0].values, *b = call.inputs[1].values;
    for (std::size_t i = from; i < to; ++i) out[i] = f(a[i], b[i]);
    k = 2;
  }
  for (; k < call.inputs.size(); ++k) {
    const auto& in = call.inputs[k];
    const auto combine = [&](auto value_at) PLEXUS_INLINE_LAMBDA {
      if (k == 0)
        for (std::size_t i = from; i < to; ++i) out[i] = value_at(i);
      else
        for (std::size_t i = from; i < to; ++i) out[i] = f(out[i], value_at(i));
    };
    if (is_whole(k))
      combine([v = in.values](std::size_t i) PLEXUS_INLINE_LAMBDA { return v[i]; });
    else if (in.shape.size() == 1)
      combine([x = in.values[0]](std::size_t) PLEXUS_INLINE_LAMBDA { return x; });
    else
      combine([&](std::size_t i) { return stretched(in, call.output.shape, i); });
  }
}

/// out = f(f(in0, in1), in2) …, left to right in the order of the operands.
template <class F>
void fold(const OperatorCall& call, F f) {
  detail::run_widest([&]() PLEXUS_INLINE_LAMBDA {
    const std::size_t n = call.output.shape.size();
    for (std::size_t from = 0; from < n; from += kBlock)
      fold_block(call, from, std::min(from + kBlock, n), f);
  });
}

template <class F>
void map(const OperatorCall& call, F f) {
  detail::run_widest([&]() PLEXUS_INLINE_LAMBDA {
    const float* const in = call.inputs[0].values;
    float* const __restrict out = call.output.values;
    const std::size_t n = call.output.shape.size();
    for (std::size_t i = 0; i < n; ++i) out[i] = f(in[i]);
  });
}

Shape stretched_shape(std::span<const Shape> shapes, std::span<const double> /*arguments*/) {
  return broadcast(shapes);
}
Shape same_shape(std::span<const Shape> shapes, std::span<const double> /*arguments*/) {
  return shapes[0];
}

[[noreturn]] void refuse(std::string problem, std::string_view remedy = {}) {
  throw Error(Error::Kind::shape, {}, problem, remedy);
}

float argument(const OperatorCall& call, std::size_t i) {
  return static_cast<float>(call.arguments[i]);
}
std::int64_t whole(double value, const char* what, std::int64_t least) {
  constexpr double kMost = 1e9;
  if (!(value == std::floor(value) && value >= static_cast<double>(least) && value <= kMost))
    refuse(fmt::format("{} is {}; expected an integer from {} to {}", what, value, least, kMost));
  return static_cast<std::int64_t>(value);
}

// Transpose: (n, m) -> (m, n).
Shape transposed_shape(std::span<const Shape> shapes, std::span<const double> /*arguments*/) {
  if (shapes[0].rank() != 2) refuse("transpose takes a matrix, not " + to_string(shapes[0]));
  return {shapes[0][1], shapes[0][0]};
}
void transpose_values(const OperatorCall& call) {
  const auto rows = static_cast<std::size_t>(call.output.shape[0]);
  const auto cols = static_cast<std::size_t>(call.output.shape[1]);
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < cols; ++j)
      call.output.values[i * cols + j] = call.inputs[0].values[j * rows + i];
}

// Slice(x, first, count): columns first … first + count - 1.
Shape slice_shape(std::span<const Shape> shapes, std::span<const double> arguments) {
  Shape shape = shapes[0];
  if (shape.rank() == 0) refuse("Slice takes an array, not a single number");
  const std::int64_t first = whole(arguments[0], "Slice's first", 0);
  const std::int64_t count = whole(arguments[1], "Slice's count", 1);
  if (first + count > shape.cols())
    refuse(
        fmt::format("Slice takes columns {} to {} of {}", first, first + count - 1, shape.cols()));
  shape[shape.rank() - 1] = count;
  return shape;
}
void slice(const OperatorCall& call) {
  const auto& in = call.inputs[0];
  const auto rows = call.output.shape.rows(), count = call.output.shape.cols(),
             cols = in.shape.cols();
  const auto first = static_cast<std::int64_t>(call.arguments[0]);
  for (std::int64_t b = 0; b < rows; ++b)
    std::copy_n(in.values + b * cols + first, count, call.output.values + b * count);
}

// Concatenate(a, b, …): columns side by side.
Shape concatenate_shape(std::span<const Shape> shapes, std::span<const double> /*arguments*/) {
  Shape shape = shapes[0];
  if (shape.rank() == 0) refuse("Concatenate takes arrays, not single numbers");
  for (const Shape& next : shapes.subspan(1)) {
    if (next.rank() != shape.rank() || next.rows() != shape.rows())
      refuse(fmt::format("Concatenate takes arrays of equal rows, not {} and {}",
                         to_string(shapes[0]), to_string(next)));
    shape[shape.rank() - 1] += next.cols();
  }
  return shape;
}
void concatenate(const OperatorCall& call) {
  const auto rows = call.output.shape.rows(), cols = call.output.shape.cols();
  std::int64_t at = 0;
  for (const auto& in : call.inputs) {
    const auto n = in.shape.cols();
    for (std::int64_t b = 0; b < rows; ++b)
      std::copy_n(in.values + b * n, n, call.output.values + b * cols + at);
    at += n;
  }
}

// Delay(x, n): x as it was n steps ago, 0 before. Memory: (n, x…), the oldest first.
Shape delay_memory(std::span<const Shape> shapes, std::span<const double> arguments) {
  Shape memory{whole(arguments[0], "Delay's n", 1)};
  for (const auto extent : shapes[0]) memory.push_back(extent);
  return memory;
}
void delay(const OperatorCall& call) {
  std::copy_n(call.memory.values, call.output.shape.size(), call.output.values);
}
void push_delay(const OperatorCall& call) {
  const std::size_t n = call.output.shape.size(), all = call.memory.shape.size();
  std::memmove(call.memory.values, call.memory.values + n, (all - n) * sizeof(float));
  std::copy_n(call.inputs[0].values, n, call.memory.values + (all - n));
}

// Hold(x, gate): x where the gate is not 0, else what
// was held at the end of the step before (0 at first).
Shape hold_shape(std::span<const Shape> shapes, std::span<const double> /*arguments*/) {
  if (broadcast(shapes) != shapes[0])
    refuse(
        fmt::format("Hold's gate {} does not fit {}", to_string(shapes[1]), to_string(shapes[0])));
  return shapes[0];
}
void hold(const OperatorCall& call) {
  for (std::size_t i = 0; i < call.output.shape.size(); ++i)
    call.output.values[i] = stretched(call.inputs[1], call.output.shape, i) != 0
                                ? call.inputs[0].values[i]
                                : call.memory.values[i];
}
void keep_held(const OperatorCall& call) {
  hold(call);
  std::copy_n(call.output.values, call.output.shape.size(), call.memory.values);
}
Shape hold_memory(std::span<const Shape> shapes, std::span<const double> /*arguments*/) {
  return shapes[0];
}

}  // namespace

std::vector<OperatorType> builtin_operators() {
  // The result of fmax for NaN would hide it; a comparison keeps the first operand's.
  // clang-format off
  return {
      {"Summation", "a + b + …, left to right", 1, kAny, {}, stretched_shape,
       [](const OperatorCall& c) { fold(c, [](float a, float b) { return a + b; }); }},
      {"Product", "a b …, element by element, left to right", 1, kAny, {}, stretched_shape,
       [](const OperatorCall& c) { fold(c, [](float a, float b) { return a * b; }); }},
      {"Negate", "-a", 1, 1, {}, same_shape,
       [](const OperatorCall& c) { map(c, [](float a) { return -a; }); }},
      {"Subtract", "a - b", 2, 2, {}, stretched_shape,
       [](const OperatorCall& c) { fold(c, [](float a, float b) { return a - b; }); }},
      {"Scale", "k a", 1, 1, {{"k", {}}}, same_shape,
       [](const OperatorCall& c) { map(c, [k = argument(c, 0)](float a) { return a * k; }); }},
      {"Affine", "k a + c", 1, 1, {{"k", {}}, {"c", {}}}, same_shape,
       [](const OperatorCall& c) {
         map(c, [k = argument(c, 0), shift = argument(c, 1)](float a) { return a * k + shift; });
       }},
      {"Mean", "(a + b + …) / how many", 1, kAny, {}, stretched_shape,
       [](const OperatorCall& c) {
         fold(c, [](float a, float b) { return a + b; });
         const auto n = static_cast<float>(c.inputs.size());
         for (std::size_t i = 0; i < c.output.shape.size(); ++i) c.output.values[i] /= n;
       }},
      {"Max", "the largest of a, b, …, element by element", 1, kAny, {}, stretched_shape,
       [](const OperatorCall& c) { fold(c, [](float a, float b) { return b > a ? b : a; }); }},
      {"Clip", "a, held within low and high", 1, 1, {{"low", {}}, {"high", {}}}, same_shape,
       [](const OperatorCall& c) {
         map(c, [low = argument(c, 0), high = argument(c, 1)](float a) {
           return a < low ? low : a > high ? high : a;
         });
       }},
      {"Slice", "columns first to first + count - 1", 1, 1, {{"first", {}}, {"count", {}}},
       slice_shape, slice},
      {"Concatenate", "columns of a, b, … side by side", 1, kAny, {}, concatenate_shape,
       concatenate},
      {"Transpose", "the transpose of a matrix", 1, 1, {}, transposed_shape, transpose_values},
      {"Function", "f(a), element by element; f from C++", 1, 1, {}, same_shape,
       [](const OperatorCall& c) { map(c, [&](float a) { return (*c.function)(a); }); }},
      {"Delay", "a as it was n steps ago, 0 before", 1, 1, {{"n", 1.0}}, same_shape, delay,
       delay_memory, push_delay, true},
      {"Hold", "a where the gate is not 0, else the value held before", 2, 2, {}, hold_shape, hold,
       hold_memory, keep_held},
  };
  // clang-format on
}

}  // namespace plexus
