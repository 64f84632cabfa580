#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <vector>

namespace plexus {

/// Memory of a plan beside the state: aligned and padded as slots are, zeros at first.
class Scratch {
 public:
  float* floats(std::size_t n) { return reinterpret_cast<float*>(words(n)); }
  std::uint32_t* words(std::size_t n) {
    const std::size_t padded = (n + kPad - 1) / kPad * kPad + kPad;
    auto* block =
        static_cast<std::uint32_t*>(::operator new(padded * sizeof(std::uint32_t), kAlignment));
    blocks_.emplace_back(block);
    std::fill_n(block, padded, 0U);
    return block;
  }

 private:
  static constexpr std::align_val_t kAlignment{64};
  static constexpr std::size_t kPad = 16;
  struct Free {
    void operator()(std::uint32_t* block) const { ::operator delete(block, kAlignment); }
  };
  std::vector<std::unique_ptr<std::uint32_t, Free>> blocks_;
};

}  // namespace plexus
