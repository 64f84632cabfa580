#include "plexus/components/math/metrics/scores.h"

#include <numeric>
#include <utility>

namespace plexus::math {

Scores scores(std::vector<float> each) {
  const double sum = std::accumulate(each.begin(), each.end(), 0.0);
  const auto mean = static_cast<float>(sum / static_cast<double>(each.size()));
  return {std::move(each), mean};
}

}  // namespace plexus::math
