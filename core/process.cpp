#include "plexus/core/process.h"

#include <algorithm>
#include <functional>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plexus/core/component.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "plexus/core/log.h"
#include "plexus/core/method.h"
#include "plexus/core/threads.h"
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
    throw Error(Error::Kind::schedule, {.path = path()},
                fmt::format("process '{}' cannot call {}: it belongs to another circuit", name_,
                            method.label()),
                "make the process in the circuit of its methods");
  items_.emplace_back(&method);
  ++version_;
  return *this;
}

Process& Process::then(Process& process) {
  if (&process.context().root() != &context_->root())
    throw Error(Error::Kind::schedule, {.path = path()},
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
    throw Error(Error::Kind::schedule, {.path = path()},
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

std::string Process::path() const {
  return context_->path() + ":" + name_;
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
      plan_->layout_version == root.state().layout_version() && plan_->threads == threads())
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
