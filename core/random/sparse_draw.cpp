#include "plexus/core/random/sparse_draw.h"

#include <algorithm>

#include "plexus/core/random/draws.h"

namespace plexus {

void draw_kept(const Initialiser& initialiser, Key key, const SparsePattern& pattern,
               std::span<float> kept) {
  const GeneratorInfo* const generator = initialiser.generator();
  const auto number = [&](std::size_t i) { return static_cast<float>(initialiser.arguments()[i]); };
  if (generator != nullptr && initialiser.options() == InitialiserOptions{}) {
    if (generator->name == "constant") {
      std::ranges::fill(kept, number(0));
      return;
    }
    const Key values = split_at(key, 0);
    if (generator->name == "uniform") {
      const float low = number(0), high = number(1);
      pattern.for_each(
          [&](std::size_t k, std::size_t at) { kept[k] = uniform_at(values, at, low, high); });
      return;
    }
    if (generator->name == "gaussian") {
      const float mean = number(0), std = number(1);
      pattern.for_each(
          [&](std::size_t k, std::size_t at) { kept[k] = mean + std * normal_at(values, at); });
      return;
    }
  }
  const Tensor whole = initialiser.draw(pattern.shape(), key);
  pattern.for_each([&](std::size_t k, std::size_t at) { kept[k] = whole.floats()[at]; });
}

}  // namespace plexus
