#include "plexus/components/neurons/spiking/raf_srm.h"

#include <cmath>

#include <fmt/format.h>

#include "plexus/core/error.h"
#include "plexus/core/kernels/text.h"

namespace plexus {

/// Where the system takes (v, w) within a time, but for the factor exp(−gamma t).
struct RAFSRM::System::Turn {
  const System& of;
  float cos, sin;

  [[nodiscard]] float v(float v0, float w0) const {
    return v0 * (cos + ((of.a + of.gamma) / of.Omega) * sin) + w0 * (of.b / of.Omega) * sin;
  }
  [[nodiscard]] float w(float v0, float w0) const {
    return v0 * (of.c / of.Omega) * sin + w0 * (cos + ((of.d + of.gamma) / of.Omega) * sin);
  }
};

inline RAFSRM::System::Turn RAFSRM::System::turned(float t) const {
  return {*this, math::cos(Omega * t), math::sin(Omega * t)};
}

RAFSRM::RAFSRM(const Setup& setup, const Params& params)
    : SpikeResponseCell(setup, params.n_units), p_(params) {
  const float a = p_.dampen_factor / p_.tau_v, b = p_.omega / p_.tau_v;
  const float c = -p_.omega / p_.tau_w, d = p_.dampen_factor / p_.tau_w;
  const float gamma = -0.5F * (a + d), square = a * d - b * c - gamma * gamma;
  if (square < 0)
    throw Error(
        Error::Kind::config, {},
        fmt::format("{}.omega is {}, too little to oscillate with these time constants and "
                    "dampen_factor",
                    setup.name, p_.omega),
        fmt::format("give it more than {:.3g}", std::abs(p_.dampen_factor * (p_.tau_w - p_.tau_v)) /
                                                    (2 * std::sqrt(p_.tau_v * p_.tau_w))));
  system_ = {a, b, c, d, gamma, std::sqrt(std::max(square, 1e-6F))};
}

void RAFSRM::prepare(const Step& step) {
  k_ = {step.t, step.dt, system_, p_.tau_w, p_.thr, p_.v_reset, p_.w_reset, step["t_start"]};
}

struct RAFSRM::Response {
  [[gnu::always_inline]] static void at(const Constants& k, auto damped, auto current, auto& v_,
                                        auto& w_, auto& t_last, auto& t_eval, auto& v, auto& s) {
    const System& system = k.system;
    const auto passed = k.t - t_eval, kept = math::exp(-system.gamma * passed);
    const auto turn = system.turned(passed);
    const auto v_new = kept * turn.v(v_, w_);
    w_ = kept * turn.w(v_, w_) + current / k.tau_w * k.dt;
    v_ = v_new;
    t_eval = k.t;

    const auto since = k.t - t_last;
    auto response = system.turned(since).v(k.v_reset, k.w_reset);
    if constexpr (damped) response *= math::exp(-system.gamma * since);
    respond(v_ + (has_spiked(t_last) ? response : 0), k.thr, k.v_reset, k.t, v, s, t_last);
  }
};

struct RAFSRM::Prediction {
  [[gnu::always_inline]] static void at(const Constants& k, auto v, auto w, auto& next) {
    constexpr int kIterations = 10;
    constexpr float kLeastSlope = 1e-5F, kPrecision = 1e-2F;
    const System& system = k.system;
    float x = 0.1F, v_x = 0;
    for (int i = 0;; ++i) {
      const auto turn = system.turned(x);
      const float kept = math::exp(-system.gamma * x);
      v_x = kept * turn.v(v, w);
      if (i == kIterations) break;
      const float slope = system.a * v_x + system.b * (kept * turn.w(v, w));
      x = math::max(x - (v_x - k.thr) / (math::abs(slope) < kLeastSlope ? kLeastSlope : slope), 0);
    }
    next = x > 0 && math::abs(v_x - k.thr) < kPrecision ? k.t_start + x : -1;
  }
};

Stage RAFSRM::responding() {
  return each_unit<Response>(k_, when(p_.damped_response), reads(current_j),
                             updates(j_v, j_w, t_last_spike, last_t_eval), writes(v, s));
}

Stage RAFSRM::predicting() {
  return each_unit<Prediction>(k_, reads(j_v, j_w), writes(next_spike_t));
}

}  // namespace plexus
