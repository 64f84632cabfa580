#pragma once

#include <span>
#include <vector>

namespace plexus::math {

/// What a metric gives: a number for each sample (or neuron), and one for all of them.
struct Scores {
  std::vector<float> each;
  float mean = 0;
};

/// With the plain mean; NaN of none.
Scores scores(std::vector<float> each);

}  // namespace plexus::math
