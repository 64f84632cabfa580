// What a process watches.
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "plexus/core/component.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "plexus/core/process.h"

namespace plexus {

void Process::add_watch(Compartment& compartment, const WatchOptions& options) {
  if (&context_of(compartment) != &context_->root())
    throw Error(Error::Kind::schedule, {.path = path()},
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

}  // namespace plexus
