#include "plexus/compilers/model/checking/protocol_checker.h"

#include <algorithm>
#include <cmath>
#include <variant>

#include <fmt/format.h>

namespace plexus::model::detail {

void ProtocolChecker::check() {
  for (const WatchSyntax& watch : model_.watches)
    watched_.emplace_back(&watch, builder_.compartment(watch.compartment));
  statements(model_.protocol);
  watches();
  mosaics();
}

void ProtocolChecker::error(const Place& place, const std::string& problem,
                            const std::string& remedy) {
  diagnostics_.error(place, problem, remedy);
}

void ProtocolChecker::statements(const std::vector<Statement>& all) {
  for (const Statement& s : all) std::visit([&](const auto& what) { statement(s, what); }, s.what);
}

/// The body of a loop; `turns` of it, or kUnknown.
void ProtocolChecker::loop(const std::vector<Statement>& body, double turns) {
  const double times = times_;
  const auto outer = turns_;
  times_ *= turns;
  turns_ = turns;
  statements(body);
  turns_ = outer;
  times_ = times;
}

void ProtocolChecker::statement(const Statement& s, const For& loop_of) {
  std::optional<std::int64_t> batch;
  if (!loop_of.batch.varies() && !loop_of.broken) batch = loop_of.batch.at();
  const std::size_t before = walked_.size();
  for (const Word& word : loop_of.data) walked_.push_back({word.text, batch});
  loop(loop_of.body, turns_of(s, loop_of, batch));
  walked_.resize(before);
}

/// Checks the numbers of samples; returns that of turns.
double ProtocolChecker::turns_of(const Statement& s, const For& loop_of,
                                 std::optional<std::int64_t> batch) {
  std::optional<std::int64_t> samples;
  std::string first;
  for (const Word& word : loop_of.data) {
    const Shape* shape = data_.shape(word.text);
    if (shape == nullptr) continue;
    if (samples && (*shape)[0] != *samples)
      error(word.place,
            fmt::format("'{}' has {} samples, and '{}' has {}", word.text, (*shape)[0], first,
                        *samples),
            "data sets that are walked side by side must have equally many samples");
    else if (!samples)
      first = word.text, samples = (*shape)[0];
  }
  if (!samples || loop_of.broken) return kUnknown;
  if (loop_of.limit) {
    if (loop_of.limit->varies()) return kUnknown;
    if (loop_of.limit->at() > *samples)
      diagnostics_.warning(loop_of.limit->place,
                           fmt::format("the limit is {}, but '{}' has {} samples",
                                       loop_of.limit->at(), first, *samples),
                           "leave it out to take all of them");
    samples = std::min(*samples, loop_of.limit->at());
  }
  if (!batch) return kUnknown;
  using enum For::Remainder;
  const Place& place = loop_of.batch.place.known() ? loop_of.batch.place : s.place;
  if (*samples % *batch != 0 && loop_of.remainder == refuse)
    error(place, fmt::format("{} samples do not divide into batches of {}", *samples, *batch),
          "write `remainder: drop` to leave the last samples out, or `remainder: fill` to "
          "complete the last batch "
          "with the first ones");
  else if (*samples > 0 && *samples < *batch && loop_of.remainder == drop)
    diagnostics_.warning(
        loop_of.remainder_place,
        fmt::format("{} samples make no batch of {}: all of them are dropped", *samples, *batch),
        "write `remainder: fill`, or a smaller batch");
  if (loop_of.epochs.varies()) return kUnknown;
  const std::int64_t turns =
      *samples / *batch + (loop_of.remainder == fill && *samples % *batch != 0 ? 1 : 0);
  return static_cast<double>(turns) * static_cast<double>(loop_of.epochs.at());
}

void ProtocolChecker::statement(const Statement&, const Repeat& repeat) {
  loop(repeat.body,
       repeat.broken || repeat.times.varies() ? kUnknown : static_cast<double>(repeat.times.at()));
}

void ProtocolChecker::statement(const Statement&, const Every& every) {
  const bool known = !every.broken && !every.turns.varies();
  const double n = known ? static_cast<double>(every.turns.at()) : 1;
  if (known && turns_ > 0 && n > turns_)
    diagnostics_.warning(
        every.turns.place,
        fmt::format("this 'every' never acts: the loop around it has {:g} turns", turns_),
        "it acts in turns N, 2 N, …, which go on counting across epochs");
  const double times = times_;
  times_ = known && turns_ > 0 ? times_ / turns_ * std::floor(turns_ / n) : times_ / n;
  statements(every.body);
  times_ = times;
}

}  // namespace plexus::model::detail
