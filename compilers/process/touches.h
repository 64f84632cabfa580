#pragma once

#include <set>
#include <unordered_map>
#include <vector>

#include "plexus/core/plan.h"

namespace plexus {

/// Which calls of a plan touch an address: their places, ascending.
class Touches {
 public:
  explicit Touches(const Plan& plan) {
    for (std::size_t i = 0; i < plan.calls.size(); ++i) {
      for (const void* a : plan.calls[i].inputs) add(readers_, a, i);
      for (const void* a : plan.calls[i].outputs) add(writers_, a, i);
    }
    for (const Call& call : plan.end_of_step) {
      read_at_end_.insert(call.inputs.begin(), call.inputs.end());
      written_at_end_.insert(call.outputs.begin(), call.outputs.end());
    }
  }

  using Places = std::vector<std::size_t>;
  [[nodiscard]] const Places& readers(const void* a) const { return places(readers_, a); }
  [[nodiscard]] const Places& writers(const void* a) const { return places(writers_, a); }
  /// The same of what ends a step.
  [[nodiscard]] bool read_at_end(const void* a) const { return read_at_end_.contains(a); }
  [[nodiscard]] bool written_at_end(const void* a) const { return written_at_end_.contains(a); }

 private:
  using Index = std::unordered_map<const void*, Places>;
  static void add(Index& index, const void* a, std::size_t i) {
    Places& places = index[a];
    if (places.empty() || places.back() != i) places.push_back(i);
  }
  static const Places& places(const Index& index, const void* a) {
    static const Places kNone;
    const auto found = index.find(a);
    return found == index.end() ? kNone : found->second;
  }

  Index readers_, writers_;
  std::set<const void*> read_at_end_, written_at_end_;
};

}  // namespace plexus
