#include "plexus/components/traces/exp_kernel.h"

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "plexus/components/math/elementary.h"
#include "plexus/core/error.h"
#include "plexus/core/plan.h"

namespace plexus {
namespace {

/// The decimal number that was written, so that 0.3 is 0.3.
double as_written(float value) {
  return std::stod(fmt::format("{}", value));
}

}  // namespace

ExpKernel::ExpKernel(const Setup& setup, const Params& params) : Component(setup), p_(params) {}

/// A quotient that comes out just below an integer is rounded down, as ngc-learn does.
std::int64_t ExpKernel::window() const {
  const double steps = std::trunc(as_written(p_.nu) / as_written(p_.dt));
  constexpr double kMost = 1e9;
  if (steps > kMost)
    throw Error(
        Error::Kind::config, {},
        fmt::format("{}.nu is {}, which is {} steps of its dt {}", name(), p_.nu, steps, p_.dt),
        "choose a shorter window");
  return static_cast<std::int64_t>(steps) + 1;
}

void ExpKernel::enter(const Step& step) {
  const auto pulses = inputs.values();
  const auto times = tf.own_values();
  std::ranges::transform(pulses, times.last(pulses.size()).begin(),
                         [&](float pulse) { return pulse * step.t; });
  std::ranges::rotate(times, times.begin() + static_cast<std::ptrdiff_t>(pulses.size()));
}

void ExpKernel::respond(const Step& step) {
  const auto sum = epsp.own_values();
  const auto times = tf.values().first(tf.values().size() - sum.size());
  std::ranges::fill(sum, 0.0F);
  for (std::size_t first = 0; first < times.size(); first += sum.size())
    for (std::size_t i = 0; i < sum.size(); ++i) {
      const float time = times[first + i];
      const float pulse = math::exp(-(step.t - time) / p_.tau_w);
      sum[i] += time > 0 ? pulse : 0.0F;
    }
}

}  // namespace plexus
