#pragma once

#include <cstddef>

namespace plexus {

class Context;
class Plan;
struct Step;

/// Runs calls [from, to) of a plan and holds every stage to its declaration. Throws Error (schedule) if one
/// changes a compartment that it does not declare as written, or lets the earlier value of one that it declares
/// as only written show in its results. Two runs and four copies of the state a stage: for tests.
void run_verified(const Plan& plan, std::size_t from, std::size_t to, const Step& step, Context& root);

}  // namespace plexus
