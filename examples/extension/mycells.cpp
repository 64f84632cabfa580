// A cell and a plasticity rule of one's own, as a plugin: one source file, one CMake line, and they
// are wired, described, checked, scheduled and recorded like any built-in type. See oja.yaml.

#include <string_view>

#include <plexus/components/synapses/dense_synapse.h>
#include <plexus/core/component.h>
#include <plexus/core/eigen.h>
#include <plexus/core/kernels/text.h>
#include <plexus/core/registry.h>

using namespace plexus;

/// Leaky integrator. See `about`.
class LeakyCell final : public Component {
 public:
  static constexpr std::string_view type_name = "LeakyCell";
  static constexpr std::string_view family = "extension";
  static constexpr std::string_view about = R"(
Leaky integrator cell.

  tau dz/dt = −z + j       forward Euler)";

  struct Params {
    int n_units = required;
    int batch_size = 1;
    float tau = 10;
    void describe(Parameters& d) {
      d("n_units", n_units, "number of cells", positive);
      d("batch_size", batch_size, "number of samples side by side", positive);
      d("tau", tau, "membrane time constant", positive, unit::ms);
    }
  };

  LeakyCell(const Setup& setup, const Params& params) : Component(setup), p_(params) {}
  void prepare(const Step& step) override { k_ = {step.dt / p_.tau}; }

 private:
  Params p_;
  struct Constants {
    float rate;
  } k_{};
  struct Membrane {
    static void at(const Constants& k, auto j, auto& z) { z += (j - z) * k.rate; }
  };

 public:
  Compartment j{*this, "j", Role::input, {B, {p_.n_units, "n_units"}}, "input current"};
  Compartment z{*this, "z", Role::state, {B, {p_.n_units, "n_units"}}, "activity"};
  Method advance_state{*this, "advance_state", takes("dt"),
                       each_unit<Membrane>(k_, reads(j), updates(z))};
  Method reset{*this, "reset", clears(j, z)};
};
PLEXUS_REGISTER(LeakyCell);

/// Dense synapse with Oja's rule. See `about`.
class OjaSynapse final : public DenseSynapse {
 public:
  static constexpr std::string_view type_name = "OjaSynapse";
  static constexpr std::string_view family = "extension";
  static constexpr std::string_view about = R"(
Dense synapse with Oja's rule: the efficacies of each cell become the first principal component of its
inputs, of length 1.

  tau_w dW_ij/dt = Σ_batch x_i y_j − W_ij Σ_batch y_j²

Oja (1982), J. Math. Biol. 15:267–273.)";

  struct Params {
    PLEXUS_DENSE_PARAMETERS;
    float tau_w = required;
    void describe(Parameters& d) {
      describe_dense(d, *this);
      d("tau_w", tau_w, "time constant of the efficacies W", positive, unit::ms, Example{"100.0"});
    }
  };

  OjaSynapse(const Setup& setup, const Params& params)
      : DenseSynapse(setup, dense(params)), p_(params) {}
  void prepare(const Step& step) override {
    DenseSynapse::prepare(step);
    k_ = {step.dt / p_.tau_w};
  }

 private:
  Params p_;
  struct Constants {
    float rate;
  } k_{};
  struct Rule {
    static void at(const Constants& k, auto xy, auto yy, auto& W) { W += (xy - W * yy) * k.rate; }
  };
  /// What is not an equation unit by unit is a member function over Eigen maps.
  void sum_squares(const Step& /*step*/) { square.write() = post.read().square().colwise().sum(); }

 public:
  Compartment pre{*this, "pre", Role::input, {B, n_pre}, "pre-synaptic activity x"};
  Compartment post{*this, "post", Role::input, {B, n_post}, "post-synaptic activity y"};
  Compartment square{*this, "square", Role::output, {1, n_post}, "Σ y² over the batch"};
  Method evolve{*this, "evolve", takes("dt"),
                whole<&OjaSynapse::sum_squares>(reads(post), writes(square)),
                each_synapse<Rule>(k_, outer(pre, post), reads(square), updates(weights))};
  Method reset{*this, "reset", extends(DenseSynapse::reset), clears(pre, post, square)};
};
PLEXUS_REGISTER(OjaSynapse);
