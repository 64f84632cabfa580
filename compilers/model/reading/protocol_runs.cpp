// Runs.
#include <algorithm>

#include <fmt/format.h>

#include "plexus/compilers/model/reading/protocol_reader.h"

namespace plexus::model::detail {
namespace {

const std::vector<std::string> kRunKeys{"run", "steps", "dt", "t", "clamp"};

}  // namespace

Run ProtocolReader::run(const Node& node) {
  Run out;
  out.steps.fixed = 1;
  out.steps.what = "steps";
  bool good = true;
  for (const Node::Entry& entry : node.entries()) {
    if (entry.key == "run") {
      const auto process = reader_.known(value(entry), "process", processes_);
      good = good && process;
      if (process) out.process = *process;
    } else if (entry.key == "steps") {
      const auto steps = reader_.count(value(entry), "steps", 0);
      good = good && steps;
      if (steps) out.steps = *steps;
    } else if (entry.key == "dt") {
      out.dt = reader_.number(value(entry), "dt", true);
      good = good && out.dt;
    } else if (entry.key == "t") {
      const Node t = value(entry);
      out.t_place = entry.place;
      if (t.is(Node::Kind::text)) {
        const std::vector<std::string> words{"continue"};
        if (t.text() != words[0]) {
          reader_.mismatch(t, "t", "a number or `continue`",
                           nearest(t.text(), words).empty() ? "" : did_you_mean(t.text(), words));
          good = false;
        }
        out.t = ContinueTime{};
      } else if (const auto time = reader_.number(t, "t")) {
        out.t = *time;
      } else {
        good = false;
      }
    } else if (entry.key == "clamp") {
      out.clamps = clamps(value(entry));
    } else if (!is_statement(entry.key)) {
      good = keyword(entry, out) && good;
    }
  }
  out.broken = !good;
  return out;
}

/// A key of a run that is no part of it must be a keyword of the process, a number.
bool ProtocolReader::keyword(const Node::Entry& entry, Run& run) {
  if (!reader_.check_name(entry.key, entry.place, "keyword")) return false;
  const Node given = value(entry);
  if (given.is(Node::Kind::list) || given.is(Node::Kind::mapping)) {
    reader_.error(
        entry.place,
        fmt::format("unknown key '{}' in a 'run', and no keyword: those are numbers", entry.key),
        did_you_mean(entry.key, kRunKeys));
    return false;
  }
  const auto number = reader_.number(given, fmt::format("the keyword '{}'", entry.key));
  run.keywords.push_back({entry.key, entry.place, number.value_or(Real{})});
  return number.has_value();
}

}  // namespace plexus::model::detail
