#pragma once

#include <cstddef>

namespace plexus {

/// How many threads large steps are shared among; 1 at first. Results do not depend on it, to the
/// bit. Processes use it from their next run on.
///
/// Above 1 the calling thread and the others are each pinned to a processor of their own, if there
/// are enough; between two steps the others spin for up to a millisecond, then sleep.
/// Throws Error (config) for a number below 1 or above 256. One thread calls it, while none runs a
/// process.
void use_threads(int n);
int threads();

namespace detail {

/// Calls `part(context, i)` for i from 0 to parts - 1, shared among the threads; returns when all
/// have returned. Where another thread is sharing work already, the caller does all by itself.
void share(std::size_t parts, void (*part)(const void* context, std::size_t i),
           const void* context);

}  // namespace detail
}  // namespace plexus
