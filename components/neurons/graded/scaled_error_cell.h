#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "plexus/components/neurons/graded/error_cell.h"
#include "plexus/core/parameters.h"

namespace plexus {

/// An error cell whose prediction is a location and a scale, by which it divides: a number, one a
/// unit, or one a unit and sample.
class ScaledErrorCell : public ErrorCell {
 protected:
  /// What a unit adds to the loss.
  enum class Cost : std::uint8_t { square, sign, magnitude };

  /// What the distribution's parameters are called.
  struct Names {
    const char *location, *scale, *dlocation, *dscale;
    const char *location_doc, *scale_doc;
    const char* parameter;  // that gives the scale
  };

  /// Throws Error: config, as population(); shape, for a scale that does not spread over the units.
  ScaledErrorCell(const Setup& setup, int n_units, const Shape& image, const Numbers& scale,
                  Cost cost, const Names& names);

 private:
  static Dims without_ones(const Dims& dims);
  struct Mismatch;
  std::vector<Stage> mismatch();
  void spread_scale(const Step& step);
  void assess(const Step& step);

  struct Constants {
  } k_;
  Names names_;
  Cost cost_;
  Dims scale_dims_;
  bool spreads_;  // the scale needs copying out: it is no number, no row, and not one a unit and
                  // sample

 protected:
  // clang-format off
  Compartment location_ {*this, names_.location,  Role::input,     units_, names_.location_doc};
  Compartment scale_    {*this, names_.scale,     Role::parameter, scale_dims_, names_.scale_doc};
  Compartment dlocation_{*this, names_.dlocation, Role::output,    units_, "gradient of L by the prediction"};
  Compartment dscale_   {*this, names_.dscale,    Role::output,    scale_dims_, "1 after each step"};

 public:
  Compartment L         {*this, "L",              Role::output,    without_ones(scale_dims_), "loss: log-likelihood, at most 0", {.unit = "nats"}};
 private:
  Compartment spread_   {*this, "spread",         Role::internal,  spreads_ ? units_ : Dims{0}, "the scale, for each unit and sample", {.auto_save = false}};

 public:
  Method advance_state{*this, "advance_state", mismatch()};
  Method reset        {*this, "reset", clears(location_, target, modulator, mask, dlocation_, dtarget, dscale_, L)};
  // clang-format on
};

}  // namespace plexus
