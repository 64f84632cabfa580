#include "plexus/core/process.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plexus/core/component.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "plexus/core/flush.h"
#include "plexus/core/log.h"
#include "plexus/core/method.h"
#include "plexus/core/verify.h"
#include "plexus/core/wire.h"

namespace plexus {

Process::Process(Context& context, std::string name) : context_(&context), name_(std::move(name)) {}

Process::Process(Context& context, std::string name, CommandSpec command)
    : context_(&context),
      name_(std::move(name)),
      command_(std::make_unique<CommandSpec>(std::move(command))) {}

Process::~Process() {
  if (!context_->root().closing_) clear_watches();
}

Process& Process::then(Method& method) {
  if (&method.owner().context().root() != &context_->root())
    throw Error(Error::Kind::schedule, {.path = context_->path() + ":" + name_},
                fmt::format("process '{}' cannot call {}: it belongs to another circuit", name_,
                            method.label()),
                "make the process in the circuit of its methods");
  items_.emplace_back(&method);
  ++version_;
  return *this;
}

Process& Process::then(Process& process) {
  if (&process.context().root() != &context_->root())
    throw Error(Error::Kind::schedule, {.path = context_->path() + ":" + name_},
                fmt::format("process '{}' cannot join '{}': it belongs to another circuit", name_,
                            process.name()),
                "join processes of one circuit");
  const auto contains = [&](auto&& self, const Process& p) -> bool {
    if (&p == this) return true;
    return std::ranges::any_of(p.items_, [&](const Item& item) {
      const auto* child = std::get_if<Process*>(&item);
      return child != nullptr && self(self, **child);
    });
  };
  if (contains(contains, process))
    throw Error(Error::Kind::schedule, {.path = context_->path() + ":" + name_},
                fmt::format("process '{}' would contain itself through '{}'", name_, process.name_),
                "join it to another process");
  items_.emplace_back(&process);
  ++version_;
  return *this;
}

Process& Process::synchronous(bool on) {
  synchronous_ = on;
  ++version_;
  return *this;
}

void Process::add_watch(Compartment& compartment, const WatchOptions& options) {
  if (&context_of(compartment) != &context_->root())
    throw Error(Error::Kind::schedule, {.path = context_->path() + ":" + name_},
                fmt::format("process '{}' cannot watch {}: it belongs to another circuit", name_,
                            compartment.label()),
                "watch it in a process of its own circuit");
  watches_.push_back({options.name.empty() ? compartment.label() : options.name, &compartment,
                      nullptr, options.every, options.after, options.call});
}

Process& Process::watch(Compartment& compartment, const WatchOptions& options) {
  add_watch(compartment, options);
  return *this;
}

Process& Process::watch(const Expression& expression, const WatchOptions& options) {
  if (Compartment* plain = expression.compartment()) return watch(*plain, options);
  const Wire& probe = context_->probe(expression);
  watches_.push_back({options.name.empty() ? expression.text() : options.name, nullptr, &probe,
                      options.every, options.after, options.call});
  return *this;
}

void Process::clear_watches() {
  for (const Watch& watch : watches_)
    if (watch.probe != nullptr) context_->drop_probe(*watch.probe);
  watches_.clear();
}

std::vector<Watch> Process::watches() const {
  std::vector<Watch> all;
  for (const Item& item : items_)
    if (const auto* child = std::get_if<Process*>(&item))
      for (Watch& w : (*child)->watches()) all.push_back(std::move(w));
  all.insert(all.end(), watches_.begin(), watches_.end());
  return all;
}

std::uint64_t Process::total_version() const {
  std::uint64_t total = version_;
  for (const Item& item : items_)
    if (const auto* child = std::get_if<Process*>(&item)) total += (*child)->total_version();
  return total;
}

std::string Process::use_of(const std::function<bool(const Compartment*)>& goes,
                            const std::vector<Context*>& closing) const {
  for (const Item& item : items_) {
    if (const auto* method = std::get_if<Method*>(&item)) {
      if (goes(&(*method)->owner().key)) return "calls " + (*method)->label();
    } else {
      const Process& child = *std::get<Process*>(item);
      if (std::ranges::find(closing, child.context_) != closing.end())
        return fmt::format("joins '{}'", child.name_);
    }
  }
  for (const Watch& watch : watches_) {
    const bool gone = watch.compartment != nullptr
                          ? goes(watch.compartment)
                          : std::ranges::any_of(watch.probe->source.compartments(), goes);
    if (gone) return "watches " + watch.name;
  }
  return {};
}

Plan& Process::plan() {
  Context& root = context_->root();
  const std::uint64_t version = total_version();
  if (plan_ && compiled_version_ == version &&
      plan_->structure_version == root.structure_version() &&
      plan_->layout_version == root.state().layout_version())
    return *plan_;
  const bool profiling = plan_ && plan_->profiling;
  plan_ = planner().compile(*this);
  plan_->structure_version = root.structure_version();
  plan_->layout_version = root.state().layout_version();
  plan_->profiling = profiling;
  plan_->profile.resize(plan_->calls.size());
  compiled_version_ = version;
  return *plan_;
}

std::vector<std::string> Process::keywords() const {
  return const_cast<Process*>(this)->plan().keywords;
}

Keywords Process::completed(Keywords given, std::int64_t steps) const {
  const Plan& plan = *plan_;
  const auto missing = [&](const std::string& keyword, const Method* user) {
    throw Error(Error::Kind::schedule, {.path = context_->path() + ":" + name_},
                fmt::format("process '{}' needs the keyword '{}', which {} takes", name_, keyword,
                            user->label()),
                keyword == "dt"
                    ? "run it with e.g. {.dt = 1}"
                    : fmt::format("run it with {{.more = {{{{\"{}\", …}}}}}}", keyword));
  };
  for (const auto& [keyword, value] : given.more) {
    if (keyword == "t" || keyword == "dt")
      throw Error(
          Error::Kind::schedule, {.path = context_->path() + ":" + name_},
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
        throw Error(Error::Kind::schedule, {.path = context_->path() + ":" + name_},
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
      throw Error(Error::Kind::schedule, {.path = context_->path() + ":" + name_},
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

// ---- running ------------------------------------------------------------------------------------

/// Where in a step something is sampled, bound.
struct Process::Point {
  Reading reading;
  Shape shape;
  DType dtype = DType::float32;
  int every = 1;
  std::size_t after_call = 0;  // sampled once this many calls are done; all: at the end of the step
  const Watch* watch = nullptr;
  Recording::Series* series = nullptr;
};

namespace {

bool same_but_for_time(const Step& a, const Step& b) {
  return a.dt == b.dt && std::ranges::equal(a.more, b.more);
}

bool same_watch(const Watch& a, const Watch& b) {
  return a.compartment == b.compartment && a.probe == b.probe && a.every == b.every &&
         a.after == b.after && a.call == b.call;
}

/// How many calls of the plan are done when `w` is sampled.
std::size_t sampling_point(const Plan& plan, const Watch& w, const std::string& path,
                           const std::string& process) {
  if (w.after == nullptr) return plan.calls.size();
  std::vector<std::size_t> ends;
  for (std::size_t i = 0; i < plan.order.size(); ++i)
    if (plan.order[i] == w.after) ends.push_back(plan.method_ends[i]);
  if (ends.empty())
    throw Error(Error::Kind::schedule, {.path = path},
                fmt::format("{} is watched after {}, which process '{}' does not call", w.name,
                            w.after->label(), process),
                "watch it after a method that the process calls, or at the end of the step");
  if (w.call < 0 || static_cast<std::size_t>(w.call) > ends.size())
    throw Error(
        Error::Kind::schedule, {.path = path},
        fmt::format("{} is watched after call {} of {}, which process '{}' calls {} time{}", w.name,
                    w.call, w.after->label(), process, ends.size(), ends.size() == 1 ? "" : "s"),
        "count its calls from 1; 0 is the last");
  return w.call == 0 ? ends.back() : ends[static_cast<std::size_t>(w.call) - 1];
}

/// True if what a quiet call leaves out shows in one of these.
bool shows_looks(const Plan& plan, const std::vector<Watch>& watches) {
  std::vector<const Compartment*> seen;
  for (const Watch& w : watches) {
    const auto roots = w.compartment != nullptr ? std::vector<Compartment*>{w.compartment}
                                                : w.probe->source.compartments();
    for (const Compartment* root : roots)
      for (const Compartment* source : sources_of(*root)) seen.push_back(source);
  }
  return std::ranges::any_of(plan.calls, [&](const Call& call) {
    return call.quiet != nullptr && std::ranges::any_of(call.stage->uses, [&](const Use& use) {
             return use.access == Access::look &&
                    std::ranges::find(seen, use.compartment) != seen.end();
           });
  });
}

}  // namespace

std::vector<Process::Point> Process::bind_points(const Plan& plan, const std::vector<Watch>& all,
                                                 State& state) const {
  const std::string path = context_->path() + ":" + name_;
  std::vector<Point> points;
  for (const Watch& w : all) {
    if (w.every < 1)
      throw Error(Error::Kind::schedule, {.path = path},
                  fmt::format("{} is watched every {} steps", w.name, w.every),
                  "give an integer > 0");
    const bool plain = w.compartment != nullptr;
    points.push_back({.reading = plain ? Reading(*w.compartment, state, plan.cuts)
                                       : Reading(*w.probe, state, plan.cuts),
                      .shape = plain ? w.compartment->shape() : w.probe->shape,
                      .dtype = plain ? w.compartment->options().dtype : DType::float32,
                      .every = w.every,
                      .after_call = sampling_point(plan, w, path, name_),
                      .watch = &w});
  }
  return points;
}

void Process::prepare(Plan& plan, const Step& step) {
  for (Component* component : plan.components) component->prepare(step);
}

/// Warns of methods all of whose inputs are unwired,
/// were never set, and are written by nothing here.
void Process::warn_of_idle_inputs(const Plan& plan) const {
  const auto written = [&](const Compartment* c) {
    return std::ranges::any_of(plan.order, [&](const Method* method) {
      return std::ranges::any_of(method->uses(), [&](const Use& use) {
        return use.compartment == c && use.access != Access::read && use.access != Access::clear;
      });
    });
  };
  std::vector<const Compartment*> told;
  for (const Method* method : plan.order) {
    const Compartment* idle = nullptr;
    bool driven = false;
    for (const Use& use : method->uses()) {
      const Compartment& c = *use.compartment;
      if (c.role() != Role::input || use.access == Access::clear || c.options().initial != 0)
        continue;
      if (c.targeted() || c.given_ || written(&c)) driven = true;
      if (idle == nullptr && (use.access == Access::read || use.access == Access::update))
        idle = &c;
    }
    if (driven || idle == nullptr || std::ranges::find(told, idle) != told.end()) continue;
    told.push_back(idle);
    log_warn("{} is read by {}, but nothing writes it: wire or clamp it, or give it a value",
             idle->label(), method->label());
  }
}

std::int64_t Process::run_steps(Recording* recording, std::vector<Tensor>* watched,
                                std::int64_t steps,
                                const std::function<Step(std::int64_t)>& step_at,
                                const ScanOptions& options) {
  if (steps < 0)
    throw Error(Error::Kind::schedule, {.path = context_->path() + ":" + name_},
                fmt::format("process '{}': {} steps", name_, steps), "give an integer >= 0");
  Context& root = context_->root();
  root.start();
  Plan& plan = this->plan();

  const std::vector<Watch> all_watches = options.watches != nullptr ? *options.watches : watches();
  std::vector<Point> points = bind_points(plan, all_watches, root.state());
  std::vector<Recording::Series> single;  // of a run: one a watch
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
      throw Error(Error::Kind::schedule, {.path = context_->path() + ":" + name_},
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

  std::vector<std::pair<float*, const Feed*>> feeds;
  for (const Feed& feed : options.feeds) {
    if (feed.compartment->targeted() || feed.compartment->options().dtype != DType::float32)
      feed.compartment->set(0.0F);  // throws: it is read-only, or of another type
    feed.compartment->given_ = true;
    feeds.emplace_back(feed.compartment->own_values().data(), &feed);
  }
  if (!plan.started) warn_of_idle_inputs(plan);
  plan.started = true;

  const FlushDenormals flush;
  const bool verifies = root.verifies();
  const bool may_be_quiet = !verifies && !shows_looks(plan, all_watches);
  bool last = false;
  const auto run_calls = [&](std::size_t from, std::size_t to, const Step& step) {
    if (verifies)
      run_verified(plan, from, to, step, root);
    else
      plan.run_calls(from, to, step, may_be_quiet && !last);
  };

  Step prepared;
  std::int64_t done = 0;
  last = steps == 0 || (options.proceed && !options.proceed());
  while (!last) {
    last = done + 1 == steps || (options.proceed && !options.proceed());
    const Step step = step_at(done);
    if (done == 0 || !same_but_for_time(step, prepared)) {
      prepare(plan, step);
      prepared = step;
    }
    for (const auto& [values, feed] : feeds)
      std::copy_n(feed->rows + static_cast<std::size_t>(done) * feed->stride,
                  feed->compartment->shape().size(), values);
    ++done;

    std::size_t at = 0;
    for (const Point* point : sampled) {
      if (done % point->every != 0) continue;
      if (point->after_call > at) run_calls(at, point->after_call, step);
      at = std::max(at, point->after_call);
      point->series->append(point->reading.evaluate());
    }
    run_calls(at, plan.calls.size(), step);
    plan.finish_step(step);
  }

  if (watched != nullptr)
    for (const Recording::Series& series : single) {
      watched->push_back(series.tensor());
      watched->back().shape = series.row;
    }
  return done;
}

namespace {

/// The state before a run, put back unless the run is to be kept.
class Detached {
 public:
  Detached(Context& context, bool keep) : context_(context), keep_(keep) {
    if (!keep_) before_ = context_.snapshot();
  }
  ~Detached() {
    if (!keep_) std::ranges::copy(before_.words, context_.state().all().begin());
  }
  Detached(const Detached&) = delete;
  Detached& operator=(const Detached&) = delete;

 private:
  Context& context_;
  bool keep_;
  Snapshot before_;
};

Step to_step(const Keywords& keywords, double t) {
  return {static_cast<float>(t), std::isnan(keywords.dt) ? 0.0F : static_cast<float>(keywords.dt),
          keywords.more};
}

}  // namespace

void Process::announce() {
  const Plan* before = plan_.get();
  if (const Plan* now = &plan(); now != before)
    for (const Plan::Warning& warning : now->warnings) log_warn("{}", warning.text);
}

RunResult Process::run(const Keywords& keywords, const RunOptions& options) {
  announce();
  const Keywords all_keywords = completed(keywords, 1);
  Context& root = context_->root();
  root.start();
  const Detached detached(root, options.update);
  if (options.from != nullptr) root.merge(*options.from);
  RunResult result;
  const double t = std::isnan(keywords.t) ? 0.0 : keywords.t;
  run_steps(nullptr, &result.watched, 1, [&](std::int64_t) { return to_step(all_keywords, t); },
            {});
  if (options.from != nullptr || !options.update) {
    StateMap all = root.values();
    if (options.from != nullptr)
      std::erase_if(all, [&](const auto& entry) { return !options.from->contains(entry.first); });
    result.state = std::move(all);
  }
  return result;
}

namespace {

Keywords unpack(const std::vector<std::string>& names, const std::vector<float>& row,
                const Process& process) {
  if (row.size() != names.size())
    throw Error(Error::Kind::schedule, {.path = process.context().path() + ":" + process.name()},
                fmt::format("process '{}': a row of {} keyword values, expected {} ({})",
                            process.name(), row.size(), names.size(), fmt::join(names, ", ")),
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

}  // namespace

RunResult Process::run_packed(const std::vector<float>& packed, const RunOptions& options) {
  return run(unpack(keywords(), packed, *this), options);
}

Recording Process::scan(std::int64_t steps, const Keywords& keywords, const ScanOptions& options) {
  Recording recording;
  scan_into(recording, steps, keywords, options);
  return recording;
}

std::int64_t Process::scan_into(Recording& recording, std::int64_t steps, const Keywords& keywords,
                                const ScanOptions& options) {
  announce();
  const Keywords all_keywords = completed(keywords, steps);
  Context& root = context_->root();
  root.start();
  const Detached detached(root, options.update);
  if (options.from != nullptr) root.merge(*options.from);
  const double dt = std::isnan(all_keywords.dt) ? 0.0 : all_keywords.dt;
  const bool held = !std::isnan(keywords.t);
  return run_steps(
      &recording, nullptr, steps,
      [&](std::int64_t k) {
        return to_step(all_keywords,
                       held ? keywords.t : static_cast<double>(options.first_step + k) * dt);
      },
      options);
}

Recording Process::scan(const KeywordRows& rows, const ScanOptions& options) {
  announce();
  const std::vector<std::string> names = keywords();
  std::vector<Keywords> unpacked;
  for (const auto& row : rows) unpacked.push_back(unpack(names, row, *this));
  Context& root = context_->root();
  root.start();
  const Detached detached(root, options.update);
  if (options.from != nullptr) root.merge(*options.from);
  Recording recording;
  run_steps(
      &recording, nullptr, static_cast<std::int64_t>(rows.size()),
      [&](std::int64_t k) {
        const Keywords& row = unpacked[static_cast<std::size_t>(k)];
        return to_step(row, std::isnan(row.t) ? 0.0 : row.t);
      },
      options);
  return recording;
}

std::string Process::explain() {
  const Plan& plan = this->plan();
  std::string text = fmt::format("process '{}'", name_);
  if (!plan.keywords.empty())
    text += fmt::format("   keywords: {}", fmt::join(plan.keywords, ", "));
  text += '\n';
  for (const std::string& remark : plan.remarks) text += remark + "\n";
  return text;
}

}  // namespace plexus
