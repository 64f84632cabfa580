#include "plexus/core/stage.h"

#include "plexus/core/kernels/product.h"

namespace plexus {

Stage product(Compartment& x, Compartment& W, Compartment& y) {
  Stage stage{.kind = Stage::Kind::product};
  stage.uses = {{&x, Access::read}, {&W, Access::read}, {&y, Access::write}};
  stage.loops.full.of.fill(&detail::run_product);
  return stage;
}

Stage product(Compartment& x, Compartment& W, Compartment& mask, Compartment& y) {
  Stage stage{.kind = Stage::Kind::product};
  stage.uses = {{&x, Access::read}, {&W, Access::read}, {&y, Access::write}, {&mask, Access::read}};
  stage.loops.full.of.fill(&detail::run_masked_product);
  return stage;
}

Stage product_transposed(Compartment& x, Compartment& W, Compartment& y) {
  Stage stage{.kind = Stage::Kind::product, .transposed = true};
  stage.uses = {{&x, Access::read}, {&W, Access::read}, {&y, Access::write}};
  stage.loops.full.of.fill(&detail::run_transposed_product);
  return stage;
}

}  // namespace plexus
