#pragma once

#include <vector>

#include "plexus/components/math/elementary.h"
#include "plexus/components/math/firing.h"
#include "plexus/components/neurons/spiking/membrane_parameters.h"
#include "plexus/components/neurons/spiking/refractory_cell.h"
#include "plexus/core/component.h"

namespace plexus {

/// Integrate-and-fire cells whose threshold rises with each spike and sinks between them, and that
/// may emit at most one spike a sample. What makes them differ is how their voltage moves.
class HomeostaticCell : public RefractoryCell {
 public:
  struct Params {
    int n_units;
    Numbers tau_m;
    PLEXUS_MEMBRANE_PARAMETERS;
    PLEXUS_HOMEOSTASIS_PARAMETERS;
  };

  void prepare(const Step& step) override;

 protected:
  /// The Params of a derived class, as those of this one.
  template <class P>
  static Params homeostatic(const P& p) {
    return {p.n_units,          p.tau_m,          p.resist_m,   p.thr,           p.v_rest,
            p.v_reset,          p.tau_theta,      p.theta_plus, p.refract_time,  p.one_spike,
            p.integration_type, p.surrogate_type, p.v_min,      p.max_one_spike, p.batch_size};
  }
  /// Throws Error (shape) for a tau_m that is neither one number nor one a unit.
  HomeostaticCell(const Setup& setup, const Params& params);

  struct Constants {
    float t, dt;
    float resist_m, thr, v_rest, v_reset, v_min, refract_time;
    float theta_kept, theta_plus;  // theta_kept = exp(-dt/tau_theta)
    bool emits_all;                // none is chosen from s_raw, for which the clock would wait
  };

  /// The current that gets through: none while a unit is refractory.
  [[gnu::always_inline]] static auto gated(const Constants& k, auto current, auto rfr) {
    return math::is_ready(rfr, k.refract_time) ? current : 0;
  }
  /// What follows on the integration of v.
  [[gnu::always_inline]] static void fire(const Constants& k, auto& v, auto& rfr, auto& theta, auto& tols,
                   auto& s, auto& s_raw, auto& v_thr) {
    const bool crossed = v > theta + k.thr;
    v = math::max(crossed ? k.v_reset : v, k.v_min);
    rfr = math::refractory_clock(rfr, crossed, k.dt);
    s_raw = s = math::truth(crossed);
    theta = math::homeostasis(theta, s_raw, k.theta_kept, k.theta_plus);
    v_thr = k.thr + theta;
    tols = crossed && k.emits_all ? k.t : tols;
  }

  [[nodiscard]] bool chooses() const noexcept { return p_.one_spike || p_.max_one_spike; }
  /// A step of the membrane, and the choice among its spikes.
  std::vector<Stage> emitting(const Stage& membrane);

  Params p_;
  Constants k_{};

 private:
  struct Clock;
  struct Threshold;
  void note_leader(const Step& step);
  void keep_leader(const Step& step);
  void keep_one(const Step& step);
  std::vector<Stage> showing();

 public:
  // clang-format off
  Compartment s_raw    {*this, "s_raw",     Role::output, {B, units}, "spikes before one is chosen", {.spikes = true}};
  Compartment thr_theta{*this, "thr_theta", Role::state,  {B, units}, "adaptive part of the threshold", {.unit = "mV"}};
  Compartment surrogate{*this, "surrogate", Role::output, {B, units}, "stand-in for the derivative of s by j", {.initial = 1}};
  Compartment v_thr    {*this, "v_thr",     Role::output, {B, units}, "threshold, thr + thr_theta", {.initial = p_.thr, .unit = "mV"}};

  Compartment rate     {*this, "rate",      Role::internal, {1, units}, "1/tau_m", {.auto_save = false}};
  Compartment leader   {*this, "leader",    Role::internal, {B, 1}, "unit with the largest voltage before the step", {.auto_save = false}};

  Method reset{*this, "reset", extends(RefractoryCell::reset), clears(s_raw, surrogate), showing()};
  // clang-format on
};

}  // namespace plexus
