#include "plexus/cli/profile.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "plexus/cli/measure.h"
#include "plexus/compilers/process/cost.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "plexus/core/method.h"
#include "plexus/core/table.h"

namespace plexus::cli {
namespace {

struct Spent {
  double calls = 0, seconds = 0, bytes = 0, flops = 0;
  bool by_events = false;
};

/// The calls of a plan's i-th method are those from the end of the one before to its own.
void add(const Plan& plan, std::map<const Method*, Spent>& spent) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < plan.order.size(); ++i) {
    Spent& one = spent[plan.order[i]];
    double calls = 0;
    for (; at < plan.method_ends[i]; ++at) {
      const auto times = static_cast<double>(plan.profile[at].calls);
      const Cost each = scan_cost(plan, at);
      calls = std::max(calls, times);
      one.seconds += 1e-9 * static_cast<double>(plan.profile[at].nanoseconds);
      one.bytes += times * each.bytes;
      one.flops += times * each.flops;
      one.by_events = one.by_events || (times > 0 && each.by_events);
    }
    one.calls += calls;
  }
}

void add(Context& circuit, std::map<const Method*, Spent>& spent) {
  for (const Context* context : circuit.contexts())
    for (const auto& process : context->processes()) {
      try {
        add(process->plan(), spent);
      } catch (const Error&) {
        continue;  // it was never run, as it cannot be compiled
      }
    }
}

constexpr double kLeastCall = 1e-7;  // seconds below which calling counts
constexpr double kBound = 0.3;       // share of the memory's roof from which it is the bound

/// What the machine allows at most: shares of its roofs that the calls reach, and which is nearest.
std::array<std::string, 2> roof(const Spent& spent) {
  if (spent.by_events) return {"-", "spikes"};
  if (spent.seconds <= 0 || spent.bytes <= 0) return {"-", "-"};
  const double by_memory = spent.bytes / copy_speed(spent.bytes / spent.calls) / spent.seconds;
  const double by_arithmetic = spent.flops > 0 ? spent.flops / flop_speed() / spent.seconds : 0;
  return {fmt::format("{:.0f} %", 100 * std::max(by_memory, by_arithmetic)),
          by_arithmetic > by_memory                  ? "arithmetic"
          : spent.seconds / spent.calls < kLeastCall ? "the call"
          : by_memory >= kBound                      ? "memory"
                                                     : "equations"};
}

std::vector<std::string> row(const std::string& name, const Spent& spent, double total) {
  const auto per_call = [&](double sum) { return spent.calls > 0 ? sum / spent.calls : 0; };
  const auto rate = [&](double sum) {
    if (spent.by_events || sum <= 0 || spent.seconds <= 0) return std::string("-");
    return fmt::format("{:.2f}", 1e-9 * sum / spent.seconds);
  };
  const auto [share, bound] = roof(spent);
  return {name,
          fmt::format("{:.3f}", 1e3 * spent.seconds),
          fmt::format("{:.1f} %", total > 0 ? 100 * spent.seconds / total : 0),
          fmt::format("{:.0f}", spent.calls),
          fmt::format("{:.3f}", per_call(1e6 * spent.seconds)),
          spent.by_events ? "-" : fmt::format("{:.0f}", per_call(spent.bytes)),
          rate(spent.bytes),
          rate(spent.flops),
          share,
          bound};
}

}  // namespace

std::string profile_table(Context& circuit) {
  std::map<const Method*, Spent> spent;
  add(circuit, spent);
  std::erase_if(spent, [](const auto& one) { return one.second.calls == 0; });
  std::vector<std::pair<const Method*, Spent>> methods(spent.begin(), spent.end());
  std::ranges::sort(
      methods, [](const auto& a, const auto& b) { return a.second.seconds > b.second.seconds; });

  double total = 0;
  for (const auto& [method, one] : methods) total += one.seconds;
  std::vector<std::vector<std::string>> rows{{"method", "ms", "share", "calls", "µs a call",
                                              "bytes a call", "GB/s", "GFLOP/s", "of the roof",
                                              "bound by"}};
  for (const auto& [method, one] : methods) rows.push_back(row(method->label(), one, total));
  rows.push_back({"all", fmt::format("{:.3f}", 1e3 * total), "", "", "", "", "", "", "", ""});
  return detail::aligned(rows, "lrrrrrrrrl");
}

}  // namespace plexus::cli
