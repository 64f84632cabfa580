#pragma once

#include <cstddef>

namespace plexus::bench {

/// The least time, in seconds, to read `n` floats once, and to read and write each in place, of
/// several passes over warm memory: what bounds a kernel that must do as much.
double time_of_reading(std::size_t n);
double time_of_updating(std::size_t n);

}  // namespace plexus::bench
