#include "plexus/core/tensor.h"

namespace plexus {

const char* to_string(DType type) noexcept {
  switch (type) {
    case DType::float32: return "float32";
    case DType::uint32: return "uint32";
    case DType::int32: return "int32";
  }
  return "?";
}

}  // namespace plexus
