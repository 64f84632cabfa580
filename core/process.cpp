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

Process& Process::then(Method& method) {
  if (&method.owner().context().root() != &context_->root())
    throw Error(Error::Kind::schedule, {.path = context_->path() + ":" + name_},
                fmt::format("process '{}' cannot call {}: it belongs to another circuit", name_,
                            method.label()));
  items_.emplace_back(&method);
  ++version_;
  return *this;
}

Process& Process::then(Process& process) {
  const auto contains = [&](auto&& self, const Process& p) -> bool {
    if (&p == this) return true;
    return std::ranges::any_of(p.items_, [&](const Item& item) {
      const auto* child = std::get_if<Process*>(&item);
      return child != nullptr && self(self, **child);
    });
  };
  if (contains(contains, process))
    throw Error(Error::Kind::schedule, {.path = context_->path() + ":" + name_},
                fmt::format("process '{}' would contain itself through '{}'", name_, process.name_));
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
  watches_.push_back({options.name.empty() ? compartment.label() : options.name, &compartment, nullptr,
                      options.every, options.after});
}

Process& Process::watch(Compartment& compartment, const WatchOptions& options) {
  add_watch(compartment, options);
  return *this;
}

Process& Process::watch(const Expression& expression, const WatchOptions& options) {
  if (Compartment* plain = expression.compartment()) return watch(*plain, options);
  const Wire& probe = context_->probe(expression);
  watches_.push_back({options.name.empty() ? expression.text() : options.name, nullptr, &probe,
                      options.every, options.after});
  return *this;
}

void Process::clear_watches() { watches_.clear(); }

std::vector<Watch> Process::watches() const {
  std::vector<Watch> all;
  for (const Item& item : items_)
    if (const auto* child = std::get_if<Process*>(&item))
      for (Watch& w : (*child)->watches()) all.push_back(std::move(w));
  all.insert(all.end(), watches_.begin(), watches_.end());
  return all;
}

namespace {

std::uint64_t total_version(const Process& process, std::uint64_t own) {
  for (const auto& item : process.items())
    if (const auto* child = std::get_if<Process*>(&item)) own = own * 31 + (*child)->items().size();
  return own;
}

}  // namespace

Plan& Process::plan() {
  Context& root = context_->root();
  const std::uint64_t version = total_version(*this, version_);
  if (plan_ && compiled_version_ == version && plan_->structure_version == root.structure_version() &&
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

void Process::check_keywords(const Keywords& given, std::int64_t steps) const {
  const Plan& plan = *plan_;
  const auto missing = [&](const std::string& keyword, const Method* user) {
    throw Error(Error::Kind::schedule, {.path = context_->path() + ":" + name_},
                fmt::format("process '{}' needs the keyword '{}', which {} takes", name_, keyword,
                            user->label()),
                keyword == "dt" ? "run it with e.g. {.dt = 1}"
                                : fmt::format("run it with {{.more = {{{{\"{}\", …}}}}}}", keyword));
  };
  for (std::size_t i = 0; i < plan.keywords.size(); ++i) {
    const std::string& keyword = plan.keywords[i];
    if (keyword == "dt" && std::isnan(given.dt)) missing(keyword, plan.keyword_users[i]);
    if (keyword == "t" && std::isnan(given.t) && std::isnan(given.dt) && steps > 1)
      missing("dt", plan.keyword_users[i]);
    if (keyword == "t" || keyword == "dt") continue;
    const bool found = std::ranges::any_of(given.more, [&](const auto& k) { return k.first == keyword; });
    if (!found) missing(keyword, plan.keyword_users[i]);
  }
  for (const auto& [keyword, value] : given.more)
    if (std::ranges::find(plan.keywords, keyword) == plan.keywords.end())
      log_warn("process '{}': no method takes the keyword '{}'; {}", name_, keyword,
               did_you_mean(keyword, plan.keywords));
}

std::vector<float> Process::pack_keywords(const std::map<std::string, KeywordSource>& given,
                                          std::optional<std::int64_t> seed) const {
  std::vector<float> packed;
  for (const std::string& keyword : keywords()) {
    const auto found = given.find(keyword);
    if (found == given.end())
      throw Error(Error::Kind::schedule, {.path = context_->path() + ":" + name_},
                  fmt::format("process '{}' needs the keyword '{}'", name_, keyword));
    if (const auto* number = std::get_if<float>(&found->second)) {
      packed.push_back(*number);
      continue;
    }
    if (!seed)
      throw Error(Error::Kind::schedule, {.path = context_->path() + ":" + name_},
                  fmt::format("process '{}': the keyword '{}' is a function, but no seed is given", name_,
                              keyword));
    packed.push_back(std::get<1>(found->second)(*seed));
  }
  return packed;
}

KeywordRows Process::pack_rows(std::size_t length, const std::map<std::string, KeywordSource>& given,
                               const std::function<std::int64_t(std::int64_t)>& seeds) const {
  KeywordRows rows;
  for (std::size_t i = 0; i < length; ++i) {
    const auto n = static_cast<std::int64_t>(i);
    rows.push_back(pack_keywords(given, seeds ? seeds(n) : n));
  }
  return rows;
}

// ---- running -----------------------------------------------------------------------------------------------

/// Where in a step something is sampled, bound.
struct Process::Point {
  const State::Word* words = nullptr;
  std::size_t size = 0;
  int every = 1;
  std::size_t after_call = 0;  // sampled once this many calls are done; all: at the end of the step
  std::vector<std::unique_ptr<OperatorBinding>> evaluations = {};
  Recording::Series* series = nullptr;
};

namespace {

/// What whole methods read while a plan runs.
class BoundReads {
 public:
  template <class Bind>
  BoundReads(const Plan& plan, Bind bind) : plan_(plan), bind_(bind) {
    for (const auto& [c, values] : plan_.bound_reads) bind_(*c, values);
  }
  ~BoundReads() {
    for (const auto& [c, values] : plan_.bound_reads) bind_(*c, nullptr);
  }
  BoundReads(const BoundReads&) = delete;
  BoundReads& operator=(const BoundReads&) = delete;

 private:
  const Plan& plan_;
  std::function<void(Compartment&, const float*)> bind_;
};

bool same_but_for_time(const Step& a, const Step& b) {
  return a.dt == b.dt && std::ranges::equal(a.more, b.more);
}

}  // namespace

void Process::prepare(Plan& plan, const Step& step) {
  for (Component* component : plan.components) component->prepare(step);
}

std::int64_t Process::run_steps(Recording* recording, std::vector<Tensor>* watched, std::int64_t steps,
                                const std::function<Step(std::int64_t)>& step_at,
                                const ScanOptions& options) {
  Context& root = context_->root();
  root.start();
  Plan& plan = this->plan();
  State& state = root.state();

  std::vector<Point> points;
  const std::vector<Watch> all_watches = options.watches != nullptr ? *options.watches : watches();
  if (recording != nullptr) {
    for (const Watch& w : all_watches) {
      Point point{.every = w.every, .after_call = plan.calls.size()};
      int slot = -1;
      Shape shape;
      DType dtype = DType::float32;
      std::vector<const Wire*> wires;
      if (w.compartment != nullptr) {
        wires_to_evaluate(*w.compartment, wires);
        slot = read_slot(*w.compartment);
        shape = w.compartment->shape();
        dtype = w.compartment->options().dtype;
      } else {
        for (const Compartment* c : w.probe->source.compartments()) wires_to_evaluate(*c, wires);
        wires.push_back(w.probe);
        slot = w.probe->operations.back().slot;
        shape = w.probe->shape;
      }
      for (const Wire* wire : wires)
        for (std::size_t i = 0; i < wire->operations.size(); ++i)
          point.evaluations.push_back(bind(*wire, i, state));
      point.words = state.words(slot);
      point.size = shape.size();
      if (w.after != nullptr) {
        const auto at = std::find(plan.order.rbegin(), plan.order.rend(), w.after);
        if (at == plan.order.rend())
          throw Error(Error::Kind::schedule, {.path = context_->path() + ":" + name_},
                      fmt::format("{} is watched after {}, which process '{}' does not call", w.name,
                                  w.after->label(), name_));
        point.after_call = plan.method_ends[static_cast<std::size_t>(plan.order.rend() - at) - 1];
      }
      Recording::Series& series = recording->series(w.name, shape, dtype);
      const bool twice = std::ranges::any_of(points, [&](const Point& p) { return p.series == &series; });
      if (twice) continue;  // a process joined several times is recorded once
      point.series = &series;
      constexpr double kMostReserved = 1 << 26;  // words: beyond, rows are found room for as they come
      const double wanted = static_cast<double>(point.size) * static_cast<double>(steps / w.every);
      if (wanted <= kMostReserved) series.words.reserve(series.words.size() + static_cast<std::size_t>(wanted));
      points.push_back(std::move(point));
    }
    std::ranges::stable_sort(points, {}, &Point::after_call);
  }

  std::vector<std::pair<float*, const Feed*>> feeds;
  for (const Feed& feed : options.feeds) {
    if (feed.compartment->targeted()) feed.compartment->set(0.0F);  // throws: it is read-only
    feeds.emplace_back(feed.compartment->own_values().data(), &feed);
  }

  const BoundReads bound(plan, [](Compartment& c, const float* values) { c.bound_ = values; });
  const FlushDenormals flush;
  const bool verifies = root.verifies();
  const auto run_calls = [&](std::size_t from, std::size_t to, const Step& step) {
    if (verifies)
      run_verified(plan, from, to, step, root);
    else
      plan.run_calls(from, to, step);
  };

  Step prepared;
  std::int64_t done = 0;
  for (; done < steps; ++done) {
    if (options.proceed && !options.proceed()) break;
    const Step step = step_at(done);
    if (done == 0 || !same_but_for_time(step, prepared)) {
      prepare(plan, step);
      prepared = step;
    }
    for (const auto& [values, feed] : feeds)
      std::copy_n(feed->rows + static_cast<std::size_t>(done) * feed->stride,
                  feed->compartment->shape().size(), values);

    std::size_t at = 0;
    auto sample = points.begin();
    const auto take = [&] {
      if ((done + 1) % sample->every == 0) {
        for (const auto& evaluation : sample->evaluations) evaluation->evaluate();
        sample->series->append(sample->words);
      }
      ++sample;
    };
    while (sample != points.end() && sample->after_call < plan.calls.size()) {
      run_calls(at, sample->after_call, step);
      at = sample->after_call;
      take();
    }
    run_calls(at, plan.calls.size(), step);
    plan.finish_step(step);
    while (sample != points.end()) take();
  }

  if (watched != nullptr)
    for (const Watch& w : all_watches)
      watched->push_back(w.compartment != nullptr ? w.compartment->value()
                                                  : context_->evaluate(w.probe->source));
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
  check_keywords(keywords, 1);
  Context& root = context_->root();
  root.start();
  const Detached detached(root, options.update);
  if (options.from != nullptr) root.merge(*options.from);
  RunResult result;
  const double t = std::isnan(keywords.t) ? 0.0 : keywords.t;
  run_steps(nullptr, &result.watched, 1, [&](std::int64_t) { return to_step(keywords, t); }, {});
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
                const std::string& process) {
  if (row.size() != names.size())
    throw Error(Error::Kind::schedule, {},
                fmt::format("process '{}': a row of {} keyword values, expected {} ({})", process,
                            row.size(), names.size(), fmt::join(names, ", ")));
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
  return run(unpack(keywords(), packed, name_), options);
}

Recording Process::scan(std::int64_t steps, const Keywords& keywords, const ScanOptions& options) {
  Recording recording;
  scan_into(recording, steps, keywords, options);
  return recording;
}

std::int64_t Process::scan_into(Recording& recording, std::int64_t steps, const Keywords& keywords,
                                const ScanOptions& options) {
  announce();
  check_keywords(keywords, steps);
  Context& root = context_->root();
  root.start();
  const Detached detached(root, options.update);
  if (options.from != nullptr) root.merge(*options.from);
  const double dt = std::isnan(keywords.dt) ? 0.0 : keywords.dt;
  const bool held = !std::isnan(keywords.t);
  return run_steps(&recording, nullptr, steps,
                   [&](std::int64_t k) {
                     return to_step(keywords, held ? keywords.t
                                                   : static_cast<double>(options.first_step + k) * dt);
                   },
                   options);
}

Recording Process::scan(const KeywordRows& rows, const ScanOptions& options) {
  const std::vector<std::string> names = keywords();
  std::vector<Keywords> unpacked;
  for (const auto& row : rows) unpacked.push_back(unpack(names, row, name_));
  Context& root = context_->root();
  root.start();
  const Detached detached(root, options.update);
  if (options.from != nullptr) root.merge(*options.from);
  Recording recording;
  run_steps(&recording, nullptr, static_cast<std::int64_t>(rows.size()),
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
  if (!plan.keywords.empty()) text += fmt::format("   keywords: {}", fmt::join(plan.keywords, ", "));
  text += '\n';
  for (const std::string& remark : plan.remarks) text += remark + "\n";
  return text;
}

}  // namespace plexus
