#include "plexus/components/math/sampling.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "plexus/components/math/elementary.h"
#include "plexus/components/math/statistics.h"
#include "plexus/core/error.h"
#include "plexus/core/random/draws.h"

namespace plexus::math {

void drop_out(Key key, ConstMatrixView x, float rate, MatrixView y, MatrixView mask) {
  if (!(rate >= 0 && rate < 1))
    throw Error{Error::Kind::config,
                {},
                fmt::format("a drop-out rate of {} leaves nothing to scale", rate),
                "give a rate >= 0 and < 1"};
  const float kept = 1 - rate;
  for (std::int64_t i = 0; i < x.size(); ++i) {
    const float u = uniform_at(key, static_cast<std::uint64_t>(i));
    mask.values[i] = truth(u <= kept) / kept;
    y.values[i] = x.values[i] * mask.values[i];
  }
}

void sample_values_by_group(Key key, ConstMatrixView x, int n_groups, MatrixView y) {
  if (n_groups < 1 || x.cols % n_groups != 0)
    throw Error{Error::Kind::shape,
                {},
                fmt::format("{} units do not fall into {} equal groups", x.cols, n_groups),
                "give a number of groups that divides the number of units"};
  const auto length = static_cast<std::size_t>(x.cols / n_groups);
  std::vector<float> scores(length);
  std::uint64_t draw = 0;
  for (std::int64_t i = 0; i < x.rows; ++i)
    for (std::size_t first = 0; first < static_cast<std::size_t>(x.cols); first += length) {
      const auto from = x.row(i).subspan(first, length);
      const auto to = y.row(i).subspan(first, length);
      float sum = 0;
      for (std::size_t j = 0; j < length; ++j) {
        sum += from[j];
        scores[j] = from[j] * uniform_at(key, draw++);
      }
      if (sum > 0) {
        std::ranges::fill(to, 0.0F);
        to[argmax(scores)] = 1;
      } else {
        std::ranges::copy(from, to.begin());
      }
    }
}

}  // namespace plexus::math
