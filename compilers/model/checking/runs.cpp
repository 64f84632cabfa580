// Runs, and the keywords they give.
#include <algorithm>
#include <set>
#include <variant>

#include <fmt/format.h>

#include "plexus/compilers/model/checking/protocol_checker.h"

namespace plexus::model::detail {

void ProtocolChecker::statement(const Statement& /*s*/, const Run& run) {
  for (const Clamp& clamp : run.clamps) check(clamp, &run);
  ran_.insert(run.process.text);
  if (!run.broken && !run.steps.varies()) count_watched(run);
  Process* process = builder_.sound_process(run.process.text);
  if (process == nullptr) return;
  const Plan& plan = process->plan();
  for (const auto& keyword : run.keywords)
    if (std::ranges::find(plan.keywords, keyword.name) == plan.keywords.end())
      unknown_keyword(keyword, run, plan);
  if (!run.broken) missing_keywords(run, plan);
}

void ProtocolChecker::unknown_keyword(const Run::Keyword& keyword, const Run& run,
                                      const Plan& plan) {
  std::vector<std::string> known = plan.keywords;
  for (const char* always : {"t", "dt", "steps", "clamp"})
    if (std::ranges::find(known, always) == known.end()) known.emplace_back(always);
  error(keyword.place,
        fmt::format("no method of process '{}' takes the keyword '{}'", run.process.text,
                    keyword.name),
        did_you_mean(keyword.name, known));
}

void ProtocolChecker::missing_keywords(const Run& run, const Plan& plan) {
  std::set<std::string> told;
  for (std::size_t i = 0; i < plan.keywords.size(); ++i) {
    const std::string& keyword = plan.keywords[i];
    const bool needs_dt =
        keyword == "dt" || (keyword == "t" && !std::holds_alternative<Real>(run.t));
    const bool given =
        needs_dt ? run.dt.has_value()
        : keyword == "t"
            ? true
            : std::ranges::any_of(run.keywords, [&](const auto& k) { return k.name == keyword; });
    const std::string missing = needs_dt ? "dt" : keyword;
    if (given || (keyword != "t" && plan.keyword_fallbacks[i])) continue;
    if (!told.insert(missing).second) continue;
    error(run.process.place,
          fmt::format("process '{}' needs the keyword '{}', which {} takes", run.process.text,
                      missing, plan.keyword_users[i]->label()),
          fmt::format("add e.g. `{}: 1.0` to the run", missing));
  }
}

}  // namespace plexus::model::detail
