// What is sampled while a process runs, and when in a step.
#include "plexus/core/sampling.h"

#include <algorithm>

#include <fmt/format.h>

#include "plexus/core/component.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "plexus/core/method.h"

namespace plexus {
namespace {

bool same_watch(const Watch& a, const Watch& b) {
  return a.compartment == b.compartment && a.probe == b.probe && a.every == b.every &&
         a.after == b.after && a.call == b.call;
}

/// How many calls of the plan are done when `w` is sampled.
std::size_t sampling_point(const Plan& plan, const Watch& w, const Process& process) {
  if (w.after == nullptr) return plan.calls.size();
  std::vector<std::size_t> ends;
  for (std::size_t i = 0; i < plan.order.size(); ++i)
    if (plan.order[i] == w.after) ends.push_back(plan.method_ends[i]);
  if (ends.empty())
    throw Error(Error::Kind::schedule, {.path = process.path()},
                fmt::format("{} is watched after {}, which process '{}' does not call", w.name,
                            w.after->label(), process.name()),
                "watch it after a method that the process calls, or at the end of the step");
  if (w.call < 0 || static_cast<std::size_t>(w.call) > ends.size())
    throw Error(Error::Kind::schedule, {.path = process.path()},
                fmt::format("{} is watched after call {} of {}, which process '{}' calls {} time{}",
                            w.name, w.call, w.after->label(), process.name(), ends.size(),
                            ends.size() == 1 ? "" : "s"),
                "count its calls from 1; 0 is the last");
  return w.call == 0 ? ends.back() : ends[static_cast<std::size_t>(w.call) - 1];
}

}  // namespace

std::vector<Process::Point> Process::bind_points(const Plan& plan, const std::vector<Watch>& all,
                                                 State& state) const {
  std::vector<Point> points;
  for (const Watch& w : all) {
    if (w.every < 1)
      throw Error(Error::Kind::schedule, {.path = path()},
                  fmt::format("{} is watched every {} steps", w.name, w.every),
                  "give an integer > 0");
    const bool plain = w.compartment != nullptr;
    points.push_back({.reading = plain ? Reading(*w.compartment, state, plan.cuts)
                                       : Reading(*w.probe, state, plan.cuts),
                      .shape = plain ? w.compartment->shape() : w.probe->shape,
                      .dtype = plain ? w.compartment->options().dtype : DType::float32,
                      .every = w.every,
                      .after_call = sampling_point(plan, w, *this),
                      .watch = &w});
  }
  return points;
}

/// Gives every point the series that it appends to: of a recording, or of `single`, where a watch
/// has one of its own. The points to sample, in the order of a step.
std::vector<Process::Point*> Process::open_series(std::vector<Point>& points, Recording* recording,
                                                  std::vector<Recording::Series>& single,
                                                  std::int64_t steps) const {
  single.reserve(points.size());
  std::vector<Point*> sampled;
  for (Point& point : points) {
    if (recording == nullptr) {
      single.push_back({point.watch->name, point.shape, point.dtype, {}});
      point.series = &single.back();
      point.every = 1;
      sampled.push_back(&point);
      continue;
    }
    Recording::Series& series = recording->series(point.watch->name, point.shape, point.dtype);
    const auto same_name =
        std::ranges::find(sampled, &series, [](const Point* p) { return p->series; });
    if (same_name != sampled.end()) {
      if (same_watch(*(*same_name)->watch, *point.watch)) continue;  // joined twice, recorded once
      throw Error(Error::Kind::schedule, {.path = path()},
                  fmt::format("process '{}' watches two things as '{}'", name_, point.watch->name),
                  "give one of them another name: {.name = …}");
    }
    point.series = &series;
    constexpr std::size_t kMostReserved = std::size_t{1}
                                          << 26U;  // words: beyond, room is found as rows come
    const std::size_t wanted = point.shape.size() * static_cast<std::size_t>(steps / point.every);
    const std::size_t needed = series.words.size() + std::min(wanted, kMostReserved);
    if (needed > series.words.capacity())  // many short scans into one recording stay linear
      series.words.reserve(std::max(needed, 2 * series.words.capacity()));
    sampled.push_back(&point);
  }
  std::ranges::stable_sort(sampled, {}, &Point::after_call);
  return sampled;
}

bool detail::is_put_off(const Shortcuts& shortcuts, const Watch& w, const Cuts& cuts) {
  const auto roots = w.compartment != nullptr ? std::vector<Compartment*>{w.compartment}
                                              : w.probe->source.compartments();
  return std::ranges::any_of(roots, [&](const Compartment* root) {
    const auto sources = sources_of(*root, cuts);
    return std::ranges::any_of(sources,
                               [&](const Compartment* c) { return shortcuts.puts_off(*c); });
  });
}

}  // namespace plexus
