#include "plexus/compilers/process/cost.h"

#include "plexus/core/compartment.h"

namespace plexus {

double bytes_moved(const Call& call) {
  if (call.stage == nullptr) return 0;
  double bytes = 0;
  for (const Use& use : call.stage->uses) {
    const bool reads = use.access == Access::read || use.access == Access::update;
    if (!reads && use.compartment->targeted()) continue;  // left alone
    const double n = 4.0 * static_cast<double>(use.compartment->held());
    bytes += use.access == Access::update ? 2 * n : n;
  }
  for (const BoundOuter& outer : call.outers)
    bytes += 4.0 * static_cast<double>(outer.pre.size + outer.post.size);
  return bytes;
}

double product_flops(const Call& call) {
  if (call.stage == nullptr) return 0;
  const double size = static_cast<double>(call.batch) * static_cast<double>(call.pre) *
                      static_cast<double>(call.cols);
  if (call.stage->kind == Stage::Kind::product) return 2 * size;
  if (call.stage->kind == Stage::Kind::synapse)
    return 2 * size * static_cast<double>(call.outers.size());
  return 0;
}

}  // namespace plexus
