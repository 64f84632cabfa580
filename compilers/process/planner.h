#pragma once

#include "plexus/core/plan.h"

namespace plexus {

/// The process compiler: flattens chains, orders commands, binds kernels, and says what it decided.
class ProcessCompiler final : public Planner {
 public:
  std::unique_ptr<Plan> compile(const Process& process) override;
};

}  // namespace plexus
