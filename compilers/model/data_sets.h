#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "plexus/compilers/model/syntax.h"
#include "plexus/core/tensor.h"

namespace plexus::model {

/// The arrays that a model names, float32, scaled. Their files' headers are checked at once; their
/// values are read when first asked for.
class DataSets {
 public:
  /// A data set of more than `memory_limit` bytes is refused.
  DataSets(const ModelSyntax& model, std::size_t memory_limit, Diagnostics& diagnostics);

  /// The shape that the file's header states; nullptr if the file was reported.
  [[nodiscard]] const Shape* shape(const std::string& name) const;
  /// Throws Error (io), with the place in the model file.
  const Tensor& values(const std::string& name);

 private:
  const ModelSyntax& model_;
  std::map<std::string, Shape> shapes_;
  std::map<std::string, Tensor> values_;
};

}  // namespace plexus::model
