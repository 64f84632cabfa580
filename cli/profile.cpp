#include "plexus/cli/profile.h"

#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "plexus/cli/measure.h"
#include "plexus/compilers/process/cost.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "plexus/core/table.h"
#include "plexus/core/method.h"

namespace plexus::cli {
namespace {

struct Spent {
  double calls = 0, seconds = 0, bytes = 0;
};

/// The calls of a plan's i-th method are those from the end of the one before to its own.
void add(const Plan& plan, std::map<const Method*, Spent>& spent) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < plan.order.size(); ++i) {
    Spent& one = spent[plan.order[i]];
    double calls = 0;
    for (; at < plan.method_ends[i]; ++at) {
      const auto times = static_cast<double>(plan.profile[at].calls);
      calls = std::max(calls, times);
      one.seconds += 1e-9 * static_cast<double>(plan.profile[at].nanoseconds);
      one.bytes += times * bytes_moved(plan.calls[at]);
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

std::vector<std::string> row(const std::string& name, const Spent& spent, double total) {
  const double each = spent.calls > 0 ? spent.bytes / spent.calls : 0;
  const double speed = spent.seconds > 0 ? spent.bytes / spent.seconds : 0;
  return {name,
          fmt::format("{:.3f}", 1e3 * spent.seconds),
          fmt::format("{:.1f} %", total > 0 ? 100 * spent.seconds / total : 0),
          fmt::format("{:.0f}", spent.calls),
          fmt::format("{:.3f}", spent.calls > 0 ? 1e6 * spent.seconds / spent.calls : 0),
          fmt::format("{:.0f}", each),
          fmt::format("{:.2f}", 1e-9 * speed),
          each > 0 ? fmt::format("{:.0f} %", 100 * speed / copy_speed(each)) : "-"};
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
  std::vector<std::vector<std::string>> rows{
      {"method", "ms", "share", "calls", "µs a call", "bytes a call", "GB/s", "of a copy"}};
  for (const auto& [method, one] : methods) rows.push_back(row(method->label(), one, total));
  rows.push_back({"all", fmt::format("{:.3f}", 1e3 * total), "", "", "", "", "", ""});
  return detail::aligned(rows, "lrrrrrrr");
}

}  // namespace plexus::cli
