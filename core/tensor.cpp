#include "plexus/core/tensor.h"

#include <cstring>

namespace plexus {

const char* to_string(DType type) noexcept {
  switch (type) {
    case DType::float32: return "float32";
    case DType::uint32: return "uint32";
    case DType::int32: return "int32";
  }
  return "?";
}

Tensor tensor_of(const Shape& shape, DType type, const std::uint32_t* words) {
  const auto as = [&]<class T>(std::vector<T> out) {
    out.resize(shape.size());
    if (!out.empty()) std::memcpy(out.data(), words, out.size() * sizeof(T));
    return out;
  };
  switch (type) {
    case DType::float32: return {shape, as(std::vector<float>{})};
    case DType::uint32: return {shape, as(std::vector<std::uint32_t>{})};
    case DType::int32: return {shape, as(std::vector<std::int32_t>{})};
  }
  return {};
}

void copy_words(const Tensor& from, std::uint32_t* to) {
  std::visit([&](const auto& v) { if (!v.empty()) std::memcpy(to, v.data(), v.size() * sizeof(*to)); },
             from.values);
}

}  // namespace plexus
