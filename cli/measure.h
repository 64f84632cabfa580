#pragma once

#include <cstdint>

namespace plexus::cli {

/// Seconds since the program started: since its static objects were made. (The kernel's own start
/// time would count a script that became this program.)
double seconds_since_start();

/// The most memory that the process has had in use, in MB (2^20 bytes), rounded up.
std::int64_t peak_memory();

/// Bytes a second that this machine reads and writes when it only copies, `bytes` being what one
/// pass reads and writes: the roof over a kernel that moves as many. Measured, a few ms for each
/// new power of two.
double copy_speed(double bytes);

/// Operations a second of one core that only multiplies and adds, a fused one being two. Measured
/// once, in some ms.
double flop_speed();

}  // namespace plexus::cli
