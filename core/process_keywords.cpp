// The keywords of a process: what is missing, what methods have values for, packed rows.
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plexus/core/component.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "plexus/core/log.h"
#include "plexus/core/method.h"
#include "plexus/core/process.h"

namespace plexus {

std::vector<std::string> Process::keywords() const {
  return const_cast<Process*>(this)->plan().keywords;
}

Keywords Process::completed(Keywords given, std::int64_t steps) const {
  const Plan& plan = *plan_;
  const auto missing = [&](const std::string& keyword, const Method* user) {
    throw Error(Error::Kind::schedule, {.path = path()},
                fmt::format("process '{}' needs the keyword '{}', which {} takes", name_, keyword,
                            user->label()),
                keyword == "dt"
                    ? "run it with e.g. {.dt = 1}"
                    : fmt::format("run it with {{.more = {{{{\"{}\", …}}}}}}", keyword));
  };
  for (const auto& [keyword, value] : given.more) {
    if (keyword == "t" || keyword == "dt")
      throw Error(
          Error::Kind::schedule, {.path = path()},
          fmt::format("process '{}': '{}' is given among the other keywords", name_, keyword),
          fmt::format("run it with {{.{} = {}}}", keyword, value));
    if (std::ranges::find(plan.keywords, keyword) == plan.keywords.end())
      log_warn("process '{}': no method takes the keyword '{}'; {}", name_, keyword,
               did_you_mean(keyword, plan.keywords));
  }
  for (std::size_t i = 0; i < plan.keywords.size(); ++i) {
    const std::string& keyword = plan.keywords[i];
    const std::optional<float>& fallback = plan.keyword_fallbacks[i];
    if (keyword == "t") {
      if (std::isnan(given.t) && std::isnan(given.dt) && steps > 1)
        missing("dt", plan.keyword_users[i]);
    } else if (keyword == "dt") {
      if (!std::isnan(given.dt)) continue;
      if (!fallback) missing(keyword, plan.keyword_users[i]);
      given.dt = static_cast<double>(*fallback);
    } else if (std::ranges::none_of(given.more,
                                    [&](const auto& k) { return k.first == keyword; })) {
      if (!fallback) missing(keyword, plan.keyword_users[i]);
      given.more.emplace_back(keyword, *fallback);
    }
  }
  return given;
}

std::vector<float> Process::pack_keywords(const std::map<std::string, KeywordSource>& given,
                                          std::optional<std::int64_t> seed) const {
  std::vector<float> packed;
  const Plan& plan = const_cast<Process*>(this)->plan();
  for (std::size_t i = 0; i < plan.keywords.size(); ++i) {
    const std::string& keyword = plan.keywords[i];
    const auto found = given.find(keyword);
    if (found == given.end()) {
      if (!plan.keyword_fallbacks[i])
        throw Error(Error::Kind::schedule, {.path = path()},
                    fmt::format("process '{}' needs the keyword '{}', which {} takes", name_,
                                keyword, plan.keyword_users[i]->label()),
                    fmt::format("pack it too: {{\"{}\", …}}", keyword));
      packed.push_back(*plan.keyword_fallbacks[i]);
      continue;
    }
    if (const auto* number = std::get_if<float>(&found->second)) {
      packed.push_back(*number);
      continue;
    }
    if (!seed)
      throw Error(Error::Kind::schedule, {.path = path()},
                  fmt::format("process '{}': the keyword '{}' is a function, but no seed is given",
                              name_, keyword),
                  "give a seed, which the function is called with");
    packed.push_back(std::get<1>(found->second)(*seed));
  }
  return packed;
}

KeywordRows Process::pack_rows(std::size_t length,
                               const std::map<std::string, KeywordSource>& given,
                               const std::function<std::int64_t(std::int64_t)>& seeds) const {
  KeywordRows rows;
  for (std::size_t i = 0; i < length; ++i) {
    const auto n = static_cast<std::int64_t>(i);
    rows.push_back(pack_keywords(given, seeds ? seeds(n) : n));
  }
  return rows;
}

Keywords Process::unpack(const std::vector<std::string>& names,
                         const std::vector<float>& row) const {
  if (row.size() != names.size())
    throw Error(Error::Kind::schedule, {.path = path()},
                fmt::format("process '{}': a row of {} keyword values, expected {} ({})", name_,
                            row.size(), names.size(), fmt::join(names, ", ")),
                "pack rows by name with pack_rows");
  Keywords keywords;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto value = static_cast<double>(row[i]);
    if (names[i] == "t")
      keywords.t = value;
    else if (names[i] == "dt")
      keywords.dt = value;
    else
      keywords.more.emplace_back(names[i], row[i]);
  }
  return keywords;
}

}  // namespace plexus
