#include "plexus/core/shape.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace plexus {

std::string to_string(const Shape& shape) {
  return fmt::format("({}{})", fmt::join(shape.begin(), shape.end(), ", "),
                     shape.rank() == 1 ? "," : "");
}

}  // namespace plexus
