#pragma once

#include <cstddef>
#include <vector>

#include "plexus/core/expression.h"
#include "plexus/core/plan.h"
#include "plexus/core/process.h"
#include "plexus/core/recording.h"
#include "plexus/core/wire.h"

namespace plexus {

/// Where in a step something is sampled, bound.
struct Process::Point {
  Reading reading;
  Shape shape;
  DType dtype = DType::float32;
  int every = 1;
  std::size_t after_call = 0;  // sampled once this many calls are done; all: at the end of the step
  bool exact = false;          // a step that it samples must put nothing off
  const Watch* watch = nullptr;
  Recording::Series* series = nullptr;
};

namespace detail {

/// True if what is sampled may be out of date after a step that puts work off.
bool is_put_off(const Shortcuts& shortcuts, const Watch& w, const Cuts& cuts);

}  // namespace detail
}  // namespace plexus
