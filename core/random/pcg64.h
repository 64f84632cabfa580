#pragma once

#include <cstdint>

namespace plexus {

/// NumPy's default generator, `numpy.random.default_rng(seed)`: PCG64 (XSL-RR), seeded through
/// SeedSequence. For what the reference draws with NumPy; circuits draw with keys.
///
/// O'Neill (2014), "PCG: a family of simple fast space-efficient statistically good algorithms".
class Pcg64 {
 public:
  explicit Pcg64(std::uint64_t seed);

  /// 64 random bits.
  std::uint64_t bits();
  /// Uniform in [0, 1), a multiple of 2^-53.
  double uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

 private:
  __extension__ using Word128 = unsigned __int128;

  void step();

  Word128 state_ = 0;
  Word128 increment_ = 1;
};

}  // namespace plexus
