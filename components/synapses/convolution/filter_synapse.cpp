#include "plexus/components/synapses/convolution/filter_synapse.h"

#include <fmt/format.h>

#include "plexus/core/error.h"
#include "plexus/core/kernels/text.h"

namespace plexus {
namespace {

const FilterSynapse::Params& checked(const FilterSynapse::Params& p, const std::string& name) {
  const auto require = [&](const char* parameter, const Shape& given, std::size_t rank,
                           const char* expected) {
    if (given.rank() != rank)
      throw Error(
          Error::Kind::config, {},
          fmt::format("{}.{} is {}; expected {}", name, parameter, to_string(given), expected));
  };
  require("shape", p.shape, 4, "[rows, columns, channels in, channels out]");
  require("x_shape", p.x_shape, 2, "[height, width]");
  return p;
}

}  // namespace

FilterSynapse::FilterSynapse(const Setup& setup, const Params& params, Taps& taps)
    : Component(setup),
      p_(checked(params, setup.name)),
      filters_(taps(p_.x_shape[0], p_.shape[0], p_.stride, math::padding(p_.padding)),
               taps(p_.x_shape[1], p_.shape[1], p_.stride, math::padding(p_.padding)), p_.shape[2],
               p_.shape[3]) {
  if (map_out[1].extent == 0 || map_out[2].extent == 0)
    throw Error(Error::Kind::config, {},
                fmt::format("{}.shape is {}, beyond the maps of {}", setup.name,
                            plexus::to_string(p_.shape), plexus::to_string(p_.x_shape)),
                "use padding SAME, or smaller filters");
  // The order of keys is ngc-learn's.
  const auto keys = split(setup.key, 4);
  weights.set(p_.filter_init, keys[1]);
  if (p_.bias_init) biases.set(p_.bias_init, keys[3]);
}

void FilterSynapse::prepare(const Step& /*step*/) {
  k_ = {p_.g_conduct_factor};
}

void FilterSynapse::transmit(const Step& /*step*/) {
  filters_.transmit(inputs.values(), weights.values(), outputs.own_values());
}

struct FilterSynapse::Output {
  static void at(const Constants& k, auto b, auto& y) { y = y * k.g_conduct_factor + b; }
};

std::vector<Stage> FilterSynapse::transmission() {
  return {whole<&FilterSynapse::transmit>(reads(inputs, weights), writes(outputs)),
          each_unit<Output>(k_, reads(biases), updates(outputs))};
}

}  // namespace plexus
