#include "plexus/core/random/permutation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/core.h>

#include "plexus/core/error.h"
#include "plexus/core/random/draws.h"
#include "plexus/core/random/samplers.h"

namespace plexus {
namespace {

/// Sorting by random 32-bit keys leaves ties in order; so many rounds make that harmless.
int rounds_of_sorting(std::size_t n) {
  const auto size = static_cast<double>(std::max<std::size_t>(1, n));
  return static_cast<int>(std::ceil(3 * std::log(size) / std::log(4294967295.0)));
}

}  // namespace

void shuffle(Key key, std::span<std::int32_t> values) {
  const std::size_t n = values.size();
  std::vector<std::uint64_t> order(n);
  std::vector<std::int32_t> before(n);
  for (int round = rounds_of_sorting(n); round > 0; --round) {
    const auto [next, drawn] = split(key);
    // The place breaks ties, which makes the sort stable.
    for (std::size_t i = 0; i < n; ++i) order[i] = std::uint64_t{bits_at(drawn, i)} << 32 | i;
    std::ranges::sort(order);
    std::ranges::copy(values, before.begin());
    for (std::size_t i = 0; i < n; ++i) values[i] = before[static_cast<std::uint32_t>(order[i])];
    key = next;
  }
}

std::vector<std::int32_t> permutation(Key key, std::size_t n) {
  std::vector<std::int32_t> values(n);
  std::iota(values.begin(), values.end(), 0);
  shuffle(key, values);
  return values;
}

std::vector<std::int32_t> choice(Key key, std::size_t n, std::size_t count, bool replace) {
  if (count == 0) return {};
  if (n == 0 || (!replace && count > n)) {
    throw Error(Error::Kind::config, {}, fmt::format("cannot choose {} of {}", count, n),
                n == 0 ? "there is nothing to choose from"
                       : fmt::format("choose {} at most, or with replacement", n));
  }
  if (!replace) {
    auto values = permutation(key, n);
    values.resize(count);
    return values;
  }
  std::vector<std::int32_t> values(count);
  fill_randint(key, 0, values, 0, static_cast<std::int64_t>(n));
  return values;
}

}  // namespace plexus
