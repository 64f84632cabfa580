#pragma once

#include <cstdint>

namespace plexus::detail {

/// Floats of the widest vector: slots are padded to whole ones.
inline constexpr std::int64_t kVector = 16;

/// The units of one row that are not 0, in ascending order: of a compartment that holds spikes.
struct ActiveList {
  std::uint32_t* units = nullptr;  // room for all of them and a vector more
  std::int64_t count = 0;
};

}  // namespace plexus::detail
