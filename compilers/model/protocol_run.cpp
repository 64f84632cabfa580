#include "plexus/compilers/model/protocol_run.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "plexus/compilers/model/values.h"
#include "plexus/core/error.h"
#include "plexus/core/log.h"
#include "plexus/core/normalize.h"
#include "plexus/core/random/key.h"
#include "plexus/core/random/permutation.h"

namespace plexus::model {
namespace {

constexpr std::uint32_t kProtocolStream = 0xFFFFFFFF;

bool resets(const Process& process) {
  return process.command() != nullptr &&
         process.command()->methods == std::vector<std::string>{"reset"};
}

}  // namespace

Protocol::Protocol(const ModelSyntax& model, const Builder& builder, DataSets& data,
                   Context& context, Recording& recording)
    : model_(model), builder_(builder), data_(data), context_(context), recording_(recording) {}

RunSummary Protocol::run(const RunRequest& request) {
  request_ = &request;
  summary_ = {};
  for (const auto& process : context_.processes()) process->plan().profiling = request.profile;
  const double total = count_steps(model_.protocol);
  constexpr double kMostTold = 9e15;  // beyond, nobody waits for it
  steps_total_ = request.single ? request.single->steps
                                : static_cast<std::int64_t>(total <= kMostTold ? total : 0);
  const auto start = std::chrono::steady_clock::now();
  if (request.single)
    single(*request.single);
  else
    statements(model_.protocol, 0);
  summary_.run_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return summary_;
}

Key Protocol::next_key() {
  return fold_in(fold_in(Key::from_seed(context_.seed()), kProtocolStream), draws_++);
}

void Protocol::statements(const std::vector<Statement>& all, std::int64_t turn) {
  for (const Statement& s : all) {
    if (stopped()) return;
    try {
      std::visit([&](const auto& what) { execute(what, turn); }, s.what);
    } catch (const Error& error) {
      if (!error.where().file.empty()) throw;
      throw Error(error.kind(), where(s.place, error.where().path), error.problem(),
                  error.remedy());
    }
  }
}

/// Asked before every statement and in every turn, for loops that run no step.
bool Protocol::stopped() {
  if (!summary_.interrupted && request_->interrupted && request_->interrupted())
    summary_.interrupted = true;
  return summary_.interrupted;
}

// ---- runs ---------------------------------------------------------------------------------------

const std::vector<Watch>& Protocol::watches_of(const std::string& name) {
  const auto known = watches_.find(name);
  if (known != watches_.end()) return known->second;
  std::vector<Watch>& watches = watches_[name];
  const bool is_reset = resets(*context_.find_process(name));
  for (const WatchSyntax& w : model_.watches) {
    const bool wanted = w.process ? w.process->text == name : !is_reset;
    if (wanted)
      watches.push_back({w.compartment.text, builder_.compartment(w.compartment), nullptr,
                         static_cast<int>(w.every), nullptr});
  }
  return watches;
}

void Protocol::scan(Process& process, std::int64_t steps, const Keywords& keywords,
                    ScanOptions options) {
  options.watches = &watches_of(process.name());
  refuse_too_many_rows(steps, *options.watches);
  constexpr std::int64_t kReportEvery = 256;
  std::int64_t until_report = kReportEvery - summary_.steps % kReportEvery;
  std::int64_t begun = 0;
  if (request_->interrupted || request_->progress) {
    options.proceed = [&] {
      if (request_->interrupted && request_->interrupted()) return false;
      if (request_->progress && --until_report == 0) {
        request_->progress({summary_.steps + begun, steps_total_});
        until_report = kReportEvery;
      }
      ++begun;
      return true;
    };
  }
  const std::int64_t done = process.scan_into(recording_, steps, keywords, options);
  summary_.steps += done;
  if (done < steps) summary_.interrupted = true;
}

/// What is not known before the run, such as steps that vary.
void Protocol::refuse_too_many_rows(std::int64_t steps, const std::vector<Watch>& watches) const {
  double bytes = 0;
  for (const auto& series : recording_.all())
    bytes += 4.0 * static_cast<double>(series->words.size());
  for (const Watch& w : watches)
    bytes += 4.0 * static_cast<double>(steps / w.every) *
             static_cast<double>(w.compartment->shape().size());
  const auto limit = static_cast<double>(context_.state().limit());
  if (bytes > limit)
    throw Error(Error::Kind::config, {},
                fmt::format("the recording would take {:.3g} GB, and the memory limit is {:.3g} GB",
                            bytes / 1e9, limit / 1e9),
                "watch `every: N`, or run fewer steps");
}

void Protocol::single(const SingleRun& run) {
  Process* process = context_.find_process(run.process);
  if (process == nullptr) {
    std::vector<std::string> known;
    for (const auto& p : context_.processes()) known.push_back(p->name());
    throw Error(Error::Kind::config, {}, fmt::format("the model has no process '{}'", run.process),
                did_you_mean(run.process, known));
  }
  Keywords keywords;
  if (run.dt) keywords.dt = *run.dt;
  scan(*process, run.steps, keywords, {});
}

void Protocol::execute(const Run& run, std::int64_t turn) {
  Process& process = *context_.find_process(run.process.text);
  const std::int64_t steps = run.steps.at(turn);
  Keywords keywords;
  if (run.dt) keywords.dt = run.dt->at(turn);
  ScanOptions options;
  if (const auto* t = std::get_if<Real>(&run.t)) keywords.t = t->at(turn);
  std::int64_t& clock = clock_[run.process.text];
  if (std::holds_alternative<ContinueTime>(run.t)) options.first_step = clock;
  clock = options.first_step + steps;
  for (const auto& keyword : run.keywords)
    keywords.more.emplace_back(keyword.name, static_cast<float>(keyword.value.at(turn)));

  std::vector<std::vector<float>> rows;
  rows.reserve(run.clamps.size());
  for (const Clamp& clamp : run.clamps) {
    Compartment& c = *builder_.compartment(clamp.compartment);
    Fit how = Fit::once;
    std::vector<float> values = source(clamp, c, turn, true, how);
    const std::size_t n = c.shape().size();
    if (how == Fit::once && values.size() == 1) values.resize(n, values[0]);
    if (how == Fit::stepped && values.size() != n * static_cast<std::size_t>(steps))
      throw Error(Error::Kind::shape, where(clamp.compartment.place),
                  fmt::format("{}: {} rows for {} steps", clamp.compartment.text, values.size() / n,
                              steps));
    rows.push_back(std::move(values));
    options.feeds.push_back({&c, rows.back().data(), how == Fit::stepped ? n : 0});
  }
  scan(process, steps, keywords, std::move(options));
}

// ---- clamps -------------------------------------------------------------------------------------

std::vector<float> Protocol::source(const Clamp& clamp, const Compartment& c, std::int64_t turn,
                                    bool may_step, Fit& how) {
  const auto checked = [&](const Shape& shape, std::vector<float> values) {
    how = fit(shape, c.shape(), may_step);
    if (how == Fit::none)
      throw Error(Error::Kind::shape, where(clamp.compartment.place),
                  fmt::format("cannot clamp {} {} to values of shape {}", clamp.compartment.text,
                              to_string(c.shape()), to_string(shape)));
    return values;
  };
  switch (clamp.source) {
    case Clamp::Source::number: {
      const Node value = clamp.value.at(turn);
      return checked({}, {static_cast<float>(value.real())});
    }
    case Clamp::Source::data: {
      const bool stepped = clamp.steps_axis.has_value();
      if (const auto walked = batches_.find(clamp.data); walked != batches_.end()) {
        const auto& batch = walked->second;
        return checked(
            batch_shape(batch.data->shape, static_cast<std::int64_t>(batch.rows.size()), stepped),
            gather(batch, stepped));
      }
      const Tensor& all = data_.values(clamp.data);
      const auto values = all.floats();
      return checked(all.shape, {values.begin(), values.end()});
    }
    case Clamp::Source::list:
    case Clamp::Source::initialiser: break;
  }
  Diagnostics diagnostics;
  const Values reader(diagnostics, *model_.source);
  const auto initialiser = reader.initialiser(clamp.value.at(turn), clamp.compartment.text);
  diagnostics.throw_if_errors();
  if (const Tensor* literal = initialiser->literal()) {
    const auto values = literal->floats();
    return checked(literal->shape, {values.begin(), values.end()});
  }
  // Only what is random takes a key from the protocol's stream.
  const bool random = initialiser->generator()->name != "constant";
  const Tensor drawn = initialiser->draw(c.shape(), random ? next_key() : Key{});
  const auto values = drawn.floats();
  how = Fit::once;
  return {values.begin(), values.end()};
}

void Protocol::execute(const ClampOnce& once, std::int64_t turn) {
  for (const Clamp& clamp : once.clamps) {
    Compartment*& c = compartments_[&clamp];
    if (c == nullptr) c = builder_.compartment(clamp.compartment);
    Fit how = Fit::once;
    const std::vector<float> values = source(clamp, *c, turn, false, how);
    if (values.size() == 1)
      c->set(values[0]);
    else
      c->set(std::span<const float>(values));
  }
}

// ---- loops --------------------------------------------------------------------------------------

void Protocol::execute(const For& loop, std::int64_t turn) {
  std::int64_t samples = data_.values(loop.data.front().text).shape[0];
  if (loop.limit) samples = std::min(samples, loop.limit->at(turn));
  const std::int64_t batch = loop.batch.at(turn), epochs = loop.epochs.at(turn);
  if (samples % batch != 0 && loop.remainder == For::Remainder::refuse)
    throw Error(Error::Kind::config, where(loop.batch.place),
                fmt::format("{} samples do not divide into batches of {}", samples, batch),
                "write `remainder: drop`, or `remainder: fill`");
  std::int64_t inner = 0;
  for (std::int64_t epoch = 0; epoch < epochs && !stopped(); ++epoch) {
    std::vector<std::int64_t> order(static_cast<std::size_t>(samples));
    if (loop.shuffle) {
      const auto shuffled = permutation(next_key(), samples);
      order.assign(shuffled.begin(), shuffled.end());
    } else {
      std::iota(order.begin(), order.end(), std::int64_t{0});
    }
    if (loop.remainder == For::Remainder::fill)
      for (std::int64_t i = 0; samples > 0 && static_cast<std::int64_t>(order.size()) % batch != 0;
           ++i)
        order.push_back(order[static_cast<std::size_t>(i % samples)]);
    for (std::int64_t at = 0; at + batch <= static_cast<std::int64_t>(order.size()) && !stopped();
         at += batch) {
      for (const Word& word : loop.data) {
        Batch& present = batches_[word.text];
        present.data = &data_.values(word.text);
        present.rows.assign(order.begin() + at, order.begin() + at + batch);
      }
      statements(loop.body, inner++);
    }
  }
  for (const Word& word : loop.data) batches_.erase(word.text);
}

void Protocol::execute(const Repeat& loop, std::int64_t turn) {
  const std::int64_t times = loop.times.at(turn);
  for (std::int64_t i = 0; i < times && !stopped(); ++i) statements(loop.body, i);
}

void Protocol::execute(const Every& every, std::int64_t turn) {
  if ((turn + 1) % every.turns.at(turn) == 0) statements(every.body, turn);
}

// ---- single statements --------------------------------------------------------------------------

void Protocol::execute(const Normalize& all, std::int64_t turn) {
  for (const auto& matrix : all.matrices) {
    Compartment& c = *builder_.compartment(matrix.compartment);
    normalize(c.own_values(), c.shape()[0], c.shape()[1], static_cast<float>(matrix.norm.at(turn)),
              static_cast<int>(matrix.order), static_cast<int>(matrix.axis));
  }
}

void Protocol::execute(const Assign& assign, std::int64_t turn) {
  for (const auto& one : assign.assignments) {
    Compartment& c = *builder_.compartment(one.compartment);
    const Tensor value = context_.evaluate(*builder_.expression(one.value, turn));
    if (value.size() == 1)
      c.set(value.floats()[0]);
    else
      c.set(value.floats());
  }
}

void Protocol::execute(const Record& record, std::int64_t /*turn*/) {
  for (const Path& path : record.compartments)
    recording_.append(path.text, builder_.compartment(path)->value());
}

void Protocol::execute(const Log& log, std::int64_t turn) {
  const Node text = log.text.at(turn);
  log_info("{}", text.is(Node::Kind::text) ? text.text() : text.written());
}

/// The steps of all runs, where they are known beforehand; else 0.
double Protocol::count_steps(const std::vector<Statement>& all) const {
  double total = 0;
  for (const Statement& s : all) {
    if (const auto* run = std::get_if<Run>(&s.what)) {
      if (run->steps.varies()) return 0;
      total += static_cast<double>(run->steps.at());
    } else if (const auto* repeat = std::get_if<Repeat>(&s.what)) {
      if (repeat->times.varies()) return 0;
      total += static_cast<double>(repeat->times.at()) * count_steps(repeat->body);
    } else if (const auto* loop = std::get_if<For>(&s.what)) {
      const Shape* shape = data_.shape(loop->data.front().text);
      if (shape == nullptr || loop->batch.varies() || loop->epochs.varies()) return 0;
      std::int64_t samples = (*shape)[0];
      if (loop->limit && !loop->limit->varies()) samples = std::min(samples, loop->limit->at());
      const std::int64_t batch = loop->batch.at();
      const std::int64_t turns =
          loop->remainder == For::Remainder::fill ? (samples + batch - 1) / batch : samples / batch;
      total += static_cast<double>(turns) * static_cast<double>(loop->epochs.at()) *
               count_steps(loop->body);
    }
  }
  return total;
}

}  // namespace plexus::model
