#pragma once

#include <optional>
#include <string>

#include "plexus/components/math/ode.h"
#include "plexus/components/math/surrogate.h"
#include "plexus/core/parameters.h"

/// Parameters that several cells have, as members: designated initialisers cannot name those of a
/// base.
#define PLEXUS_MEMBRANE_PARAMETERS \
  float resist_m = 1;              \
  float thr = -52;                 \
  float v_rest = -65;              \
  float v_reset = -60

#define PLEXUS_HOMEOSTASIS_PARAMETERS     \
  float tau_theta = 1e7F;                 \
  float theta_plus = 0.05F;               \
  float refract_time = 5;                 \
  bool one_spike = false;                 \
  std::string integration_type = "euler"; \
  std::string surrogate_type = "arctan";  \
  std::optional<float> v_min = {};        \
  bool max_one_spike = false;             \
  int batch_size = 1

namespace plexus {

inline void describe_units(Parameters& d, int& n_units) {
  d("n_units", n_units, "number of units", positive);
}

inline void describe_integrator(Parameters& d, std::string& integration_type, const char* doc) {
  d("integration_type", integration_type, doc, OneOf{math::integrator_words()});
}

inline void describe_batch(Parameters& d, int& batch_size) {
  d("batch_size", batch_size, "number of samples side by side", positive);
}

/// Those of a membrane that a current drives to its threshold. `p` is any Params that has them.
template <class P>
void describe_membrane(Parameters& d, P& p, const char* threshold = "threshold") {
  d("resist_m", p.resist_m, "resistance that scales the current j", positive, unit::MOhm);
  d("thr", p.thr, threshold, unit::mV);
  d("v_rest", p.v_rest, "voltage at rest, and at first", unit::mV);
  d("v_reset", p.v_reset, "voltage after a spike", unit::mV);
}

/// Those of a threshold that adapts, and of what a cell emits.
template <class P>
void describe_homeostasis(Parameters& d, P& p) {
  d("tau_theta", p.tau_theta, "time constant of thr_theta; 0 or less turns adaptation off",
    unit::ms);
  d("theta_plus", p.theta_plus, "increment of thr_theta by a spike", non_negative, unit::mV);
  d("refract_time", p.refract_time, "time after a spike without current", non_negative, unit::ms);
  d("one_spike", p.one_spike, "at most one unit a sample emits its spike, drawn at random");
  describe_integrator(d, p.integration_type, "method that integrates v");
  d("surrogate_type", p.surrogate_type, "stand-in for the derivative of a spike",
    OneOf{math::surrogate_words()});
  d("v_min", p.v_min, "least voltage; null for none", unit::mV);
  d("max_one_spike", p.max_one_spike,
    "only the unit with the largest voltage before the step may emit a spike; overrides one_spike");
  describe_batch(d, p.batch_size);
}

}  // namespace plexus
