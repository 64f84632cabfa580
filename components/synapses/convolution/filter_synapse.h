#pragma once

#include <string_view>
#include <vector>

#include "plexus/components/math/convolution.h"
#include "plexus/components/synapses/convolution/convolution_parameters.h"
#include "plexus/core/component.h"
#include "plexus/core/registry.h"

namespace plexus {

/// The base of the convolutional synapses: filters that move over maps, forward or, as in a
/// deconvolution, the other way.
class FilterSynapse : public Component {
 public:
  static constexpr std::string_view family = "synapses/convolution";

  struct Params {
    PLEXUS_CONVOLUTION_PARAMETERS;
    void describe(Parameters& d) { describe_convolution(d, *this); }
  };

  void prepare(const Step& step) override;

 protected:
  /// convolution_taps or deconvolution_taps.
  using Taps = math::TapTable(std::int64_t inputs, std::int64_t taps, std::int64_t stride,
                              math::Padding padding);

  /// Throws Error: config, for a shape that is not four extents, an x_shape that is not two, and
  /// filters beyond the maps.
  FilterSynapse(const Setup& setup, const Params& params, Taps& taps);

  /// The Params of a derived class, as those of this one.
  template <class P>
  static Params filters(const P& p) {
    return {p.shape,  p.x_shape, p.filter_init,      p.bias_init,
            p.stride, p.padding, p.g_conduct_factor, p.batch_size};
  }

  void transmit(const Step& step);

 private:
  struct Output;  // conductance, bias
  std::vector<Stage> transmission();

  Params p_;
  struct Constants {
    float g_conduct_factor;
  } k_{};

 protected:
  math::Convolution filters_;

 public:
  // clang-format off
  const Dim n_pre  {p_.shape[2], "n_pre"};
  const Dim n_post {p_.shape[3], "n_post"};
  const Dims kernel{{p_.shape[0], "rows"}, {p_.shape[1], "cols"}, n_pre, n_post};
  const Dims map_in {B, {filters_.rows().inputs, "height"}, {filters_.cols().inputs, "width"}, n_pre};
  const Dims map_out{B, {filters_.rows().outputs, "height_out"}, {filters_.cols().outputs, "width_out"}, n_post};
  const Dims of_bias{p_.bias_init ? Dims{1, 1, 1, n_post} : Dims{}};

  Compartment inputs {*this, "inputs",  Role::input,  map_in,  "maps to transmit"};
  Compartment outputs{*this, "outputs", Role::output, map_out, "transmitted maps"};
  Compartment weights{*this, "weights", Role::state,  kernel,  "filters W"};
  Compartment biases {*this, "biases",  Role::state,  of_bias, "added to the outputs"};

  Method advance_state{*this, "advance_state", transmission()};
  Method reset        {*this, "reset", clears(inputs, outputs)};
  // clang-format on
};

}  // namespace plexus
