// Running: single steps and scans.
#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "plexus/core/component.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "plexus/core/flush.h"
#include "plexus/core/log.h"
#include "plexus/core/method.h"
#include "plexus/core/process.h"
#include "plexus/core/sampling.h"
#include "plexus/core/verify.h"

namespace plexus {
namespace {

constexpr std::int64_t kShortScan = 4;  // steps below which shortcuts do not pay

bool same_but_for_time(const Step& a, const Step& b) {
  return a.dt == b.dt && std::ranges::equal(a.more, b.more);
}

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

void Process::prepare(Plan& plan, const Step& step) {
  for (Component* component : plan.components) component->prepare(step);
}

/// Warns of methods all of whose inputs are unwired,
/// were never set, and are written by nothing here.
void Process::warn_of_idle_inputs(const Plan& plan) const {
  std::set<const Compartment*> written, told;
  for (const Method* method : plan.order)
    for (const Use& use : method->uses())
      if (use.access != Access::read && use.access != Access::clear)
        written.insert(use.compartment);
  for (const Method* method : plan.order) {
    const Compartment* idle = nullptr;
    bool driven = false;
    for (const Use& use : method->uses()) {
      const Compartment& c = *use.compartment;
      if (c.role() != Role::input || use.access == Access::clear || c.options().initial != 0)
        continue;
      if (c.targeted() || c.given_ || written.contains(&c)) driven = true;
      if (idle == nullptr && (use.access == Access::read || use.access == Access::update))
        idle = &c;
    }
    if (driven || idle == nullptr || !told.insert(idle).second) continue;
    log_warn("{} is read by {}, but nothing writes it: wire or clamp it, or give it a value",
             idle->label(), method->label());
  }
}

std::int64_t Process::run_steps(Recording* recording, std::vector<Tensor>* watched,
                                std::int64_t steps, bool uniform,
                                const std::function<Step(std::int64_t)>& step_at,
                                const ScanOptions& options) {
  if (steps < 0)
    throw Error(Error::Kind::schedule, {.path = path()},
                fmt::format("process '{}': {} steps", name_, steps), "give an integer >= 0");
  Context& root = context_->root();
  for (const Feed& feed : options.feeds)  // a matrix that changes in each step is held whole
    if (feed.compartment->pattern() != nullptr) static_cast<void>(feed.compartment->own_values());
  root.start();
  Plan& plan = this->plan();

  const std::vector<Watch> all_watches = options.watches != nullptr ? *options.watches : watches();
  std::vector<Point> points = bind_points(plan, all_watches, root.state());
  std::vector<Recording::Series> single;  // of a run: one a watch
  const std::vector<Point*> sampled = open_series(points, recording, single, steps);

  std::vector<Compartment*> fed;
  for (const Feed& feed : options.feeds) {
    if (feed.compartment->targeted() || feed.compartment->options().dtype != DType::float32)
      feed.compartment->set(0.0F);  // throws: it is read-only, or of another type
    feed.compartment->given_ = true;
    fed.push_back(feed.compartment);
  }
  if (!plan.started) warn_of_idle_inputs(plan);
  plan.started = true;

  const FlushDenormals flush;
  const bool verifies = root.verifies();
  Shortcuts* const shortcuts = steps >= kShortScan && uniform && !verifies && root.optimises()
                                   ? plan.shortcuts.get()
                                   : nullptr;
  if (shortcuts != nullptr)
    for (Point* point : sampled)
      point->exact = detail::is_put_off(*shortcuts, *point->watch, plan.cuts);
  // Whether step `done`, counted from 1, may put work off: nothing exact is sampled in it, nor in
  // the midst of the next.
  const auto may_put_off = [&](std::int64_t done) {
    return std::ranges::none_of(sampled, [&](const Point* point) {
      if (!point->exact) return false;
      const bool inside = point->after_call < plan.calls.size();
      return done % point->every == 0 || (inside && (done + 1) % point->every == 0);
    });
  };

  Step prepared;
  std::int64_t done = 0;
  bool last = steps == 0 || (options.proceed && !options.proceed());
  bool goes_on = false;  // from a step that put work off
  while (!last) {
    last = done + 1 == steps || (options.proceed && !options.proceed());
    const Step step = step_at(done);
    if (done == 0 || !same_but_for_time(step, prepared)) {
      prepare(plan, step);
      prepared = step;
      if (shortcuts != nullptr) shortcuts->begin({steps, step, fed});
    }
    for (const Feed& feed : options.feeds)
      std::copy_n(feed.rows + static_cast<std::size_t>(done) * feed.stride,
                  feed.compartment->shape().size(), feed.compartment->own_values().data());
    ++done;

    const bool puts_off = shortcuts != nullptr && !last && may_put_off(done);
    const Shortcuts::Program* const program =
        shortcuts != nullptr ? &shortcuts->program(goes_on, puts_off) : nullptr;
    std::size_t at = 0, entry = 0;
    const auto run_to = [&](std::size_t to) {
      if (program != nullptr)
        entry = plan.run_entries(*program, entry, to, step);
      else if (verifies)
        run_verified(plan, at, to, step, root);
      else
        plan.run_calls(at, to, step);
      at = to;
    };
    for (const Point* point : sampled) {
      if (done % point->every != 0) continue;
      if (point->after_call > at) run_to(point->after_call);
      point->series->append(point->reading.evaluate());
    }
    run_to(plan.calls.size());
    plan.finish_step(step);
    goes_on = puts_off;
  }

  if (watched != nullptr)
    for (const Recording::Series& series : single) {
      watched->push_back(series.tensor());
      watched->back().shape = series.row;
    }
  return done;
}

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
  run_steps(nullptr, &result.watched, 1, true,
            [&](std::int64_t) { return to_step(all_keywords, t); }, {});
  if (options.from != nullptr || !options.update) {
    StateMap all = root.values();
    if (options.from != nullptr)
      std::erase_if(all, [&](const auto& entry) { return !options.from->contains(entry.first); });
    result.state = std::move(all);
  }
  return result;
}

RunResult Process::run_packed(const std::vector<float>& packed, const RunOptions& options) {
  return run(unpack(keywords(), packed), options);
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
      &recording, nullptr, steps, true,
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
  for (const auto& row : rows) unpacked.push_back(unpack(names, row));
  Context& root = context_->root();
  root.start();
  const Detached detached(root, options.update);
  if (options.from != nullptr) root.merge(*options.from);
  Recording recording;
  run_steps(
      &recording, nullptr, static_cast<std::int64_t>(rows.size()), false,
      [&](std::int64_t k) {
        const Keywords& row = unpacked[static_cast<std::size_t>(k)];
        return to_step(row, std::isnan(row.t) ? 0.0 : row.t);
      },
      options);
  return recording;
}

}  // namespace plexus
