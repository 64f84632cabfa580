#pragma once

#include <cstddef>

namespace plexus {

class Compartment;
class Context;
class Plan;
struct Call;
struct Step;

/// Stands while a verified whole method runs: compartments tell it what is looked at.
class AccessGuard {
 public:
  AccessGuard(Context& root, const Call& call);
  ~AccessGuard();
  AccessGuard(const AccessGuard&) = delete;
  AccessGuard& operator=(const AccessGuard&) = delete;

  /// Throws Error (schedule) if the method does not declare `c`.
  void check(const Compartment& c) const;

 private:
  Context& root_;
  const Call& call_;
};

/// Runs calls [from, to) of a plan and holds every stage to its declaration.
/// Throws Error (schedule) if one changes a compartment that it does not declare
/// as written, looks at one that it does not declare, or lets the earlier value
/// of one that it declares as only written show in its results; the state is then
/// as before the stage. Two runs and four copies of the state a stage: for tests.
void run_verified(const Plan& plan, std::size_t from, std::size_t to, const Step& step,
                  Context& root);

}  // namespace plexus
