#include "plexus/core/stage.h"

#include "plexus/core/kernels/product.h"

namespace plexus {

Stage product(Compartment& x, Compartment& W, Compartment& y) {
  Stage stage{.kind = Stage::Kind::product};
  stage.uses = {{&x, Access::read}, {&W, Access::read}, {&y, Access::write}};
  stage.loops.full = detail::product_loops();
  return stage;
}

Stage product(Compartment& x, Compartment& W, Compartment& mask, Compartment& y) {
  Stage stage{.kind = Stage::Kind::product};
  stage.uses = {{&x, Access::read}, {&W, Access::read}, {&y, Access::write}, {&mask, Access::read}};
  stage.loops.full = detail::masked_product_loops();
  return stage;
}

Stage product_transposed(Compartment& x, Compartment& W, Compartment& y) {
  Stage stage{.kind = Stage::Kind::product, .transposed = true};
  stage.uses = {{&x, Access::read}, {&W, Access::read}, {&y, Access::write}};
  stage.loops.full = detail::transposed_product_loops();
  return stage;
}

}  // namespace plexus
