#include "plexus/core/random/pcg64.h"

#include <array>
#include <bit>
#include <cstddef>

namespace plexus {
namespace {

/// NumPy's SeedSequence: spreads an integer over four words of 64 bits.
class SeedSequence {
 public:
  explicit SeedSequence(std::uint64_t seed) {
    pool_ = {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32), 0, 0};
    for (auto& word : pool_) word = hash(word);
    for (std::size_t from = 0; from < pool_.size(); ++from) {
      for (std::size_t to = 0; to < pool_.size(); ++to) {
        if (to != from) pool_[to] = mix(pool_[to], hash(pool_[from]));
      }
    }
  }

  [[nodiscard]] std::array<std::uint64_t, 4> words() const {
    std::array<std::uint64_t, 4> words{};
    std::uint32_t constant = 0x8B51F9DDU;
    for (std::size_t i = 0; i < 8; ++i) {
      std::uint32_t value = pool_[i % 4] ^ constant;
      constant *= 0x58F38DEDU;
      value *= constant;
      value ^= value >> 16;
      words[i / 2] |= std::uint64_t{value} << (i % 2 == 0 ? 0 : 32);
    }
    return words;
  }

 private:
  std::uint32_t hash(std::uint32_t value) {
    value ^= hash_constant_;
    hash_constant_ *= 0x931E8875U;
    value *= hash_constant_;
    return value ^ (value >> 16);
  }

  static std::uint32_t mix(std::uint32_t x, std::uint32_t y) {
    const std::uint32_t mixed = 0xCA01F9DDU * x - 0x4973F715U * y;
    return mixed ^ (mixed >> 16);
  }

  std::array<std::uint32_t, 4> pool_{};
  std::uint32_t hash_constant_ = 0x43B0D7E5U;
};

}  // namespace

Pcg64::Pcg64(std::uint64_t seed) {
  const auto words = SeedSequence(seed).words();
  increment_ = (((Word128{words[2]} << 64) | words[3]) << 1) | 1;
  step();
  state_ += (Word128{words[0]} << 64) | words[1];
  step();
}

std::uint64_t Pcg64::bits() {
  step();
  const auto folded = static_cast<std::uint64_t>(state_ >> 64) ^ static_cast<std::uint64_t>(state_);
  return std::rotr(folded, static_cast<int>(state_ >> 122));
}

void Pcg64::step() {
  constexpr Word128 kMultiplier = (Word128{0x2360ED051FC65DA4U} << 64) | 0x4385DF649FCCF645U;
  state_ = state_ * kMultiplier + increment_;
}

}  // namespace plexus
