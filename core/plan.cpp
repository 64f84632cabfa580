#include "plexus/core/plan.h"

#include <chrono>

#include "plexus/core/compartment.h"
#include "plexus/core/error.h"
#include "plexus/core/wire.h"

namespace plexus {
namespace {

std::unique_ptr<Planner>& installed() {
  static std::unique_ptr<Planner> planner;
  return planner;
}

}  // namespace

void install_planner(std::unique_ptr<Planner> planner) {
  installed() = std::move(planner);
}

Planner& planner() {
  if (!installed())
    throw Error(Error::Kind::schedule, {}, "no process compiler is installed",
                "call plexus::initialise(), or include plexus/plexus.h");
  return *installed();
}

namespace {

using Clock = std::chrono::steady_clock;

void run_timed(Kernel kernel, const Call& call, const Step& step, CallProfile& profile) {
  const auto start = Clock::now();
  kernel(call, step);
  const auto spent = std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start);
  ++profile.calls;
  profile.nanoseconds += static_cast<std::uint64_t>(spent.count());
}

}  // namespace

void Plan::run_calls(std::size_t from, std::size_t to, const Step& step) const {
  if (!profiling) {
    for (std::size_t i = from; i < to; ++i) calls[i].kernel(calls[i], step);
    return;
  }
  for (std::size_t i = from; i < to; ++i) run_timed(calls[i].kernel, calls[i], step, profile[i]);
}

std::size_t Plan::run_entries(const Shortcuts::Program& program, std::size_t at, std::size_t to,
                              const Step& step) const {
  for (; at < program.size() && program[at].done <= to; ++at) {
    const Shortcuts::Entry& entry = program[at];
    if (profiling)
      run_timed(entry.kernel, *entry.call, step, profile[entry.done - 1]);
    else
      entry.kernel(*entry.call, step);
  }
  return at;
}

namespace detail {

BoundReads::BoundReads(const Call& call) : call_(call) {
  for (const BoundRead& read : call_.reads) read.compartment->bound_ = read.values;
}
BoundReads::~BoundReads() {
  for (const BoundRead& read : call_.reads) read.compartment->bound_ = nullptr;
}

}  // namespace detail

void Plan::finish_step(const Step& step) const {
  for (const Call& call : end_of_step) call.kernel(call, step);
}

void Plan::step(const Step& step) const {
  run_calls(0, calls.size(), step);
  finish_step(step);
}

}  // namespace plexus
