#include "plexus/components/neurons/graded/rate_cell.h"

#include <fmt/format.h>

#include "plexus/components/neurons/population.h"
#include "plexus/components/synapses/patched/hebbian_patched_synapse.h"
#include "plexus/components/synapses/patched/static_patched_synapse.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "plexus/core/kernels/text.h"

namespace plexus {
namespace {

std::vector<std::string> with_none(std::vector<std::string> words) {
  words.emplace_back("none");
  return words;
}

RateCell::Params checked(const RateCell::Params& p, const std::string& name) {
  const auto refuse = [&](const std::string& problem, const std::string& remedy) {
    throw Error(Error::Kind::config, {}, name + problem, remedy);
  };
  const bool stateful = p.is_stateful && p.tau_m > 0;
  if (stateful && p.act_fx == "softmax")
    refuse(
        ".act_fx is softmax, whose slope is a matrix; a cell with state needs a slope for each "
        "unit",
        "give it `tau_m: 0` for a cell without state, or another function");
  if (p.fx_lat == "softmax")
    refuse(".fx_lat is softmax, whose slope is a matrix; lateral currents need one for each unit",
           "choose another function");
  for (const auto& [parameter, word] : {std::pair{".act_fx", p.act_fx}, {".fx_lat", p.fx_lat}}) {
    if (word == "none" || p.n_units >= math::activation(word).min_cols) continue;
    refuse(fmt::format("{} is {}, which needs at least {} units; n_units is {}", parameter, word,
                       math::activation(word).min_cols, p.n_units),
           "choose another function");
  }
  if (p.use_lateral && !stateful)
    refuse(" has lateral synapses, but no state that their current could move",
           "give it a tau_m > 0 and is_stateful: true, or drop use_lateral");
  if (p.use_lateral && p.shape.rank() != 0)
    refuse(" has lateral synapses, which connect units in a row, and a shape", "drop one of them");
  for (const auto& [parameter, tagged] :
       {std::pair{".prior", p.prior}, {".threshold", p.threshold}})
    if (tagged.values.size() != 1)
      refuse(fmt::format("{} has {} numbers; expected [NAME, NUMBER]", parameter,
                         tagged.values.size()),
             "give its strength as one number");
  return p;
}

/// What the texts switch on: an elementwise function, or `kGiven` where the result of a function of
/// whole samples stands in an array already.
constexpr int kGiven = math::kElementwise;
Switch<int, kGiven + 1> function(const math::Activation& f) {
  return choose<kGiven + 1>(f.elementwise ? static_cast<int>(math::elementwise(f)) : kGiven);
}
template <int f>
[[gnu::always_inline]] inline float value_of(float x, float omega) {
  if constexpr (f == kGiven)
    return x;
  else
    return math::activate<static_cast<math::Elementwise>(f)>(x, omega);
}
template <int f>
[[gnu::always_inline]] inline float slope_of(float x, float omega) {
  if constexpr (f == kGiven)
    return x;
  else
    return math::d_activate<static_cast<math::Elementwise>(f)>(x, omega);
}

}  // namespace

void RateCell::Params::describe(Parameters& d) {
  d("n_units", n_units, "number of units", positive);
  d("tau_m", tau_m, "time constant of the state z; 0 or less: a cell without state", unit::ms,
    Example{"10.0"});
  d("prior", prior, "shape of the leak and its strength gamma", OneOf{math::leak_prior_words()});
  d("act_fx", act_fx, "activation function f", OneOf{math::activation_words()});
  d("output_scale", output_scale, "factor of the rate");
  d("threshold", threshold, "threshold of z after each step, and its width lambda",
    OneOf{math::state_threshold_words()});
  d("integration_type", integration_type, "method that integrates z",
    OneOf{math::integrator_words()});
  d("batch_size", batch_size, "number of samples side by side", positive);
  d("resist_scale", resist_scale, "factor of the currents j and j_lat");
  describe_image(d, shape);
  d("is_stateful", is_stateful, "false: a cell without state, whatever tau_m");
  d("use_lateral", use_lateral, "adds lateral synapses");
  d("adaptive_lateral", adaptive_lateral, "lets the lateral synapses learn");
  d("exc_inh", exc_inh,
    "first lateral weights: of a unit to itself, and to the others of its block");
  d("n_patch", n_patch, "number of blocks of the lateral synapses", positive);
  d("fx_lat", fx_lat, "activation function of the lateral output; none: act_fx",
    OneOf{with_none(math::activation_words())});
  d("Wl_eta", Wl_eta, "learning rate of the lateral synapses");
  d("Wl_opt_type", Wl_opt_type, "optimiser of the lateral synapses", OneOf{{"sgd", "nag", "adam"}});
  d("Wl_prior", Wl_prior, "prior of the lateral synapses, and its strength",
    OneOf{{"none", "l2", "ridge", "l1", "lasso", "l1l2", "elastic_net", "gaussian", "laplacian"}});
  d("omega_0", omega_0, "angular frequency of the activation function sine");
}

RateCell::RateCell(const Setup& setup, const Params& params)
    : Component(setup),
      p_(checked(params, setup.name)),
      f_(math::activation(p_.act_fx)),
      f_lat_(math::activation(p_.fx_lat == "none" ? p_.act_fx : p_.fx_lat)),
      units_(population(p_.n_units, p_.shape, setup.name)) {}

void RateCell::prepare(const Step& step) {
  k_ = {step.dt,         1 / p_.tau_m,    p_.prior.values[0], p_.threshold.values[0],
        p_.resist_scale, p_.output_scale, p_.omega_0};
}

// ---- equations
// -----------------------------------------------------------------------------------------

struct RateCell::Sum {
  [[gnu::always_inline]] static void at(const Constants& /*k*/, auto j, auto j_td, auto& z) {
    z = j + j_td;
  }
};

/// I = j f'(z) resist_scale. `x` is z, or its slope if that is given.
struct RateCell::Current {
  [[gnu::always_inline]] static void at(const Constants& k, auto f, auto j, auto x, auto& I,
                                        auto& j_after) {
    I = (j * slope_of<f>(x, k.omega_0)) * k.resist_scale;
    j_after = I;
  }
};

struct RateCell::LateralCurrent {
  [[gnu::always_inline]] static void at(const Constants& k, auto f, auto transmitted, auto x,
                                        auto& j_lat, auto& I) {
    j_lat = (transmitted * slope_of<f>(x, k.omega_0)) * k.resist_scale;
    I += j_lat;
  }
};

struct RateCell::Membrane {
  [[gnu::always_inline]] static void at(const Constants& k, auto integrator, auto prior, auto I,
                                        auto j_td, auto& z) {
    const auto current = I + j_td;
    const auto dz = [&](auto x) {
      return (-math::leak<prior.value>(x) * k.gamma + current) * k.rate;
    };
    z = math::step<integrator.value>(z, dz, k.dt);
  }
};

struct RateCell::Threshold {
  [[gnu::always_inline]] static void at(const Constants& k, auto threshold, auto& z) {
    z = math::shrink<threshold.value>(z, k.lambda);
  }
};

/// y = f(x) output_scale. `x` is z, or f(z) if that is given.
struct RateCell::Rate {
  [[gnu::always_inline]] static void at(const Constants& k, auto f, auto x, auto& y) {
    y = value_of<f>(x, k.omega_0) * k.output_scale;
  }
};

struct RateCell::Stateless {
  [[gnu::always_inline]] static void at(const Constants& k, auto f, auto j, auto j_td, auto& z,
                                        auto& zF) {
    Sum::at(k, j, j_td, z);
    Rate::at(k, f, z, zF);
  }
};

/// The simplest cells in one pass.
struct RateCell::Stateful {
  [[gnu::always_inline]] static void at(const Constants& k, auto f, auto integrator, auto prior,
                                        auto j, auto j_td, auto& z, auto& zF, auto& j_after) {
    auto I = j;
    Current::at(k, f, j, z, I, j_after);
    Membrane::at(k, integrator, prior, I, j_td, z);
    Rate::at(k, f, z, zF);
  }
};

// ---- stages
// --------------------------------------------------------------------------------------------

std::vector<Stage> RateCell::dynamics() {
  const auto integrator = math::integrator(p_.integration_type);
  const auto prior = math::leak_prior(p_.prior.name);
  const auto threshold = math::state_threshold(p_.threshold.name);
  std::vector<Stage> stages;
  if (!is_stateful()) {
    if (f_.elementwise)
      return {each_unit<Stateless>(k_, function(f_), reads(j, j_td), writes(z, zF))};
    stages.push_back(each_unit<Sum>(k_, reads(j, j_td), writes(z)));
    add_rates(stages);
    return stages;
  }

  const bool simple = integrator == math::Integrator::euler && prior == math::LeakPrior::gaussian &&
                      threshold == math::StateThreshold::none;
  if (simple && f_.elementwise && !lateral)
    return {each_unit<Stateful>(k_, function(f_), choose<1>(integrator), choose<1>(prior),
                                reads(j, j_td), updates(z), writes(zF), publishes(j))};

  add_current(stages);
  if (lateral) add_lateral_current(stages);
  stages.push_back(each_unit<Membrane>(k_, choose<math::kIntegrators>(integrator),
                                       choose<math::kLeakPriors>(prior), reads(I, j_td),
                                       updates(z)));
  if (threshold != math::StateThreshold::none)
    stages.push_back(
        each_unit<Threshold>(k_, choose<math::kStateThresholds>(threshold), updates(z)));
  add_rates(stages);
  return stages;
}

void RateCell::add_current(std::vector<Stage>& stages) {
  if (!f_.elementwise)
    stages.push_back(whole<&RateCell::differentiate<false>>(reads(z), writes(slope)));
  stages.push_back(each_unit<Current>(k_, function(f_), reads(j, f_.elementwise ? z : slope),
                                      writes(I), publishes(j)));
}

/// The synapses transmit the lateral output of the step before.
void RateCell::add_lateral_current(std::vector<Stage>& stages) {
  const auto& transmission = lateral->Wl->method("advance_state").stages();
  stages.insert(stages.end(), transmission.begin(), transmission.end());
  if (!f_lat_.elementwise)
    stages.push_back(whole<&RateCell::differentiate<true>>(reads(z), writes(slope)));
  stages.push_back(each_unit<LateralCurrent>(
      k_, function(f_lat_), reads((*lateral->Wl)["outputs"], f_lat_.elementwise ? z : slope),
      writes(lateral->j_lat), updates(I)));
}

void RateCell::add_rates(std::vector<Stage>& stages) {
  if (!f_.elementwise) stages.push_back(whole<&RateCell::activate<false>>(reads(z), writes(zF)));
  stages.push_back(each_unit<Rate>(k_, function(f_), reads(f_.elementwise ? z : zF), writes(zF)));
  if (!lateral) return;
  Compartment& zF_lat = lateral->zF_lat;
  if (!f_lat_.elementwise)
    stages.push_back(whole<&RateCell::activate<true>>(reads(z), writes(zF_lat)));
  stages.push_back(each_unit<Rate>(k_, function(f_lat_), reads(f_lat_.elementwise ? z : zF_lat),
                                   writes(zF_lat)));
}

std::vector<Stage> RateCell::learning() {
  return lateral && p_.adaptive_lateral ? lateral->Wl->method("evolve").stages()
                                        : std::vector<Stage>{};
}

std::vector<Stage> RateCell::clearing() {
  std::vector<Stage> stages{clears(j, j_td, z, zF)};
  if (!lateral) return stages;
  stages.push_back(clears(lateral->j_lat, lateral->zF_lat));
  const auto& synapses = lateral->Wl->method("reset").stages();
  stages.insert(stages.end(), synapses.begin(), synapses.end());
  return stages;
}

/// Functions of whole samples.
template <bool lateral>
void RateCell::activate(const Step& /*step*/) {
  Compartment& y = lateral ? this->lateral->zF_lat : zF;
  (lateral ? f_lat_ : f_).f(z.own_values().data(), y.own_values().data(), batch_size(), p_.n_units);
}
template <bool lateral>
void RateCell::differentiate(const Step& /*step*/) {
  (lateral ? f_lat_ : f_)
      .df(z.own_values().data(), slope.own_values().data(), batch_size(), p_.n_units);
}

// ---- lateral synapses
// ----------------------------------------------------------------------------------

RateCell::Lateral::Lateral(RateCell& cell)
    : j_lat{cell, "j_lat", Role::output, cell.units_, "lateral current, modulated", {.unit = "mA"}},
      zF_lat{cell, "zF_lat", Role::output, cell.units_, "lateral output fx_lat(z) output_scale"} {
  const Params& p = cell.p_;
  const Key key_of_part = split(cell.key.key()).second;
  const Shape shape{p.n_units, p.n_units};
  const auto weights = init::diag_offdiag(p.exc_inh.first, p.exc_inh.second);
  if (p.adaptive_lateral)
    Wl = cell.make_part<HebbianPatchedSynapse>("Wl_" + cell.name(),
                                               {.shape = shape,
                                                .n_sub_models = p.n_patch,
                                                .weight_init = weights,
                                                .batch_size = p.batch_size,
                                                .eta = p.Wl_eta,
                                                .prior = p.Wl_prior,
                                                .optim_type = p.Wl_opt_type},
                                               key_of_part);
  else
    Wl = cell.make_part<StaticPatchedSynapse>("Wl_" + cell.name(),
                                              {.shape = shape,
                                               .n_sub_models = p.n_patch,
                                               .weight_init = weights,
                                               .batch_size = p.batch_size},
                                              key_of_part);
  for (const char* input : {"inputs", "pre", "post"})
    if (Compartment* fed = Wl->find_compartment(input)) cell.context().wire(zF_lat, *fed);
}

}  // namespace plexus
