#pragma once

#include <cstdint>
#include <string>

#include "plexus/core/shape.h"
#include "plexus/core/tensor.h"

namespace plexus {

/// What integers and booleans in a file become.
enum class Integers : std::uint8_t {
  keep,      // int32; uint32 for unsigned ones of 4 or 8 bytes. One that does not fit is an Error
  to_float,  // float32, as all data of a model
};

/// What a file says of an array, known without loading it.
struct ArrayHeader {
  Shape shape;
  DType dtype = DType::float32;  // of the Tensor that reading gives
  std::string stored;  // the type in the file: "float16", "uint8", "bool"; "text" in a CSV
};

}  // namespace plexus
