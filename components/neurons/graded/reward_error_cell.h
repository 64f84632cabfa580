#pragma once

#include <string_view>

#include "plexus/core/component.h"
#include "plexus/core/registry.h"

namespace plexus {

/// Reward-prediction error. See `about`.
class RewardErrorCell final : public Component {
 public:
  static constexpr std::string_view type_name = "RewardErrorCell";
  static constexpr std::string_view family = "neurons/graded";
  static constexpr std::string_view about = R"(
Difference between a reward and its prediction mu, a moving average.

In a step:
  accum_reward += reward
  rpe           = reward - mu
  mu'           = (1 - alpha) mu + alpha reward             with use_online_predictor
  n_ep_steps   += 1

evolve, at the end of an episode, with W = ema_window_len:
  mu' = (1 - 1/W) mu + 1/W accum_reward/n_ep_steps

Without a step there was no episode, and evolve changes nothing. A reset keeps the reward.)";

  struct Params {
    int n_units = required;
    float alpha = required;
    float ema_window_len = 10;
    bool use_online_predictor = true;
    int batch_size = 1;

    void describe(Parameters& d) {
      d("n_units", n_units, "number of units", positive);
      d("alpha", alpha, "share of a step's reward in the moving average", Range{0, 1},
        Example{"0.1"});
      d("ema_window_len", ema_window_len, "window W of the moving average over episodes", positive);
      d("use_online_predictor", use_online_predictor, "the average moves in every step");
      d("batch_size", batch_size, "number of samples side by side", positive);
    }
  };

  RewardErrorCell(const Setup& setup, const Params& params);

  void prepare(const Step& step) override;

 private:
  struct Predict;
  struct Count;
  void average(const Step& step);

  Params p_;
  struct Constants {
    float alpha, kept;  // kept = 1 - alpha
  } k_{};

 public:
  // clang-format off
  const Dim n{p_.n_units, "n_units"};

  Compartment reward      {*this, "reward",       Role::input,  {B, n}, "reward"};
  Compartment mu          {*this, "mu",           Role::state,  {B, n}, "prediction of the reward"};
  Compartment rpe         {*this, "rpe",          Role::output, {B, n}, "reward-prediction error"};
  Compartment accum_reward{*this, "accum_reward", Role::state,  {B, n}, "sum of the episode's rewards"};
  Compartment n_ep_steps  {*this, "n_ep_steps",   Role::state,  {B, 1}, "number of the episode's steps"};

  Method advance_state{*this, "advance_state",
    each_unit<Predict>(k_, when(p_.use_online_predictor), reads(reward), updates(mu, accum_reward), writes(rpe)),
    each_unit<Count>(k_, updates(n_ep_steps))};
  Method evolve       {*this, "evolve", whole<&RewardErrorCell::average>(reads(accum_reward, n_ep_steps), updates(mu))};
  Method reset        {*this, "reset", clears(mu, rpe, accum_reward, n_ep_steps)};
  // clang-format on
};
PLEXUS_REGISTER(RewardErrorCell);

}  // namespace plexus
