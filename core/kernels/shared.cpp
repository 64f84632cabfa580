#include "plexus/core/kernels/shared.h"

#include <algorithm>

#include "plexus/core/kernels/product.h"
#include "plexus/core/kernels/synapse_loop.h"
#include "plexus/core/threads.h"

namespace plexus::detail {
namespace {

// Measured: sharing costs 0.3 us, and as much again until the others are at work. What takes some
// 10 us on one thread pays.
constexpr std::int64_t kFewestUnits = 32 * 1024;
constexpr std::int64_t kFewestSynapses = 128 * 1024;  // of an update or a product of one sample
constexpr std::int64_t kFewestTerms = 1024 * 1024;    // of one of a batch
constexpr std::int64_t kSamples = 8;                  // a part of a product has at least

/// What the caller makes before the parts run: they find it made.
Call prepared(const Call& call) {
  Call part = call;
  part.scalars = 0;
  part.shared = nullptr;
  for (BoundOuter& outer : part.outers)
    for (BoundFactor* f : {&outer.pre, &outer.post}) f->source = f->values;
  return part;
}

/// Ends of `count` stretches of 0 … n, each but the last a multiple of `step`.
std::vector<std::int64_t> ends(std::int64_t n, std::int64_t step, std::int64_t count) {
  std::vector<std::int64_t> all;
  const std::int64_t steps = (n + step - 1) / step;
  count = std::min(count, steps);
  for (std::int64_t p = 1; p <= count; ++p) all.push_back(std::min(n, steps * p / count * step));
  return all;
}

bool is_worth_it(const Call& call) {
  const std::int64_t synapses = call.pre * call.cols;
  return call.batch == 1 ? synapses >= kFewestSynapses : synapses * call.batch >= kFewestTerms;
}

void cut_units(const Call& call, int threads, Shared& shared) {
  const std::int64_t units = call.rows * call.cols;
  if (!call.flat || units < kFewestUnits) return;
  std::int64_t from = 0;
  for (const std::int64_t to : ends(units, kVector, threads)) {
    Call& part = shared.parts.emplace_back(prepared(call));
    for (float*& a : part.arguments)
      if (a != nullptr) a += from;
    part.rows = 1;
    part.cols = to - from;
    from = to;
  }
}

/// Rows of W, each by itself.
void cut_rows(const Call& call, int threads, Shared& shared) {
  std::int64_t from = 0;
  for (const std::int64_t to : ends(call.pre, kOuterRows, threads)) {
    Call& part = shared.parts.emplace_back(prepared(call));
    part.first = from;
    part.last = to;
    if (call.batch > 1)
      part.scratch =
          shared.scratch.floats(call.outers.size() * static_cast<std::size_t>(outer_scratch(
                                                         call.batch, call.pre, call.cols)));
    from = to;
  }
}

/// Chunks of rows of W, whose sums are added; y is the part's argument that `y_of` gives.
template <class YOf>
void cut_chunks(const Call& call, Shared& shared, std::int64_t samples, const YOf& y_of) {
  const std::int64_t chunks = chunks_of(call.pre);
  if (chunks == 1) return;
  shared.size = samples * call.cols;
  shared.sums = shared.scratch.floats(static_cast<std::size_t>(chunks * shared.size));
  for (std::int64_t c = 0; c < chunks; ++c) {
    Call& part = shared.parts.emplace_back(prepared(call));
    part.first = c * kRowChunk;
    part.last = std::min(part.first + kRowChunk, call.pre);
    shared.y = y_of(part);
    y_of(part) = shared.sums + c * shared.size;
  }
}

void cut_samples(const Call& call, int threads, Shared& shared) {
  const bool transposed = call.stage->transposed;
  const std::int64_t x = transposed ? call.cols : call.pre, y = transposed ? call.pre : call.cols;
  std::int64_t from = 0;
  for (const std::int64_t to : ends(call.batch, kSamples, threads)) {
    Call& part = shared.parts.emplace_back(prepared(call));
    part.arguments[0] += from * x;
    part.arguments[2] += from * y;
    part.batch = to - from;
    from = to;
  }
}

}  // namespace

Shared shared_among(int threads, Kernel kernel, const Call& call) {
  Shared shared{.kernel = kernel};
  if (threads < 2 || call.stage == nullptr) return shared;
  const Loops& loops = call.stage->loops;
  switch (call.stage->kind) {
    case Stage::Kind::unit:
      if (!call.stage->draws) cut_units(call, threads, shared);
      break;
    case Stage::Kind::post:
      if (call.rows == 1) cut_units(call, threads, shared);
      break;
    case Stage::Kind::synapse:
      if (!is_worth_it(call) || (loops.active && kernel == loops.active.best())) break;
      if (loops.merged && kernel == loops.merged.best())
        cut_chunks(call, shared, 1, [](Call& part) -> float*& { return part.product_y; });
      else
        cut_rows(call, threads, shared);
      break;
    case Stage::Kind::product:
      if (!is_worth_it(call)) break;
      if (call.batch >= 2 * kSamples)
        cut_samples(call, threads, shared);
      else if (!call.stage->transposed)
        cut_chunks(call, shared, call.batch,
                   [](Call& part) -> float*& { return part.arguments[2]; });
      break;
    case Stage::Kind::whole:
    case Stage::Kind::clear: break;
  }
  if (shared.parts.size() < 2) shared.parts.clear();
  return shared;
}

void run_shared(const Call& call, const Step& step) {
  const Shared& shared = *call.shared;
  spread_scalars(call);
  prepare_factors(call);
  struct Context {
    const Shared& shared;
    const Step& step;
  };
  const Context context{shared, step};
  share(
      shared.parts.size(),
      [](const void* given, std::size_t i) {
        const auto& [all, now] = *static_cast<const Context*>(given);
        all.kernel(all.parts[i], now);
      },
      &context);
  if (shared.sums != nullptr)
    add_chunks(shared.sums, static_cast<std::int64_t>(shared.parts.size()), shared.size, shared.y);
}

}  // namespace plexus::detail
