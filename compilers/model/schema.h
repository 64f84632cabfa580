#pragma once

#include <string>

namespace plexus::model {

/// The JSON Schema (draft 2020-12) of model files, for editors: every registered component type
/// with its parameters, ranges, defaults and meanings, the initialisers, the operators, the
/// statements of protocols.
///
/// It accepts what `check` accepts and tells apart what a schema can; names, shapes and expressions
/// are `check`'s business.
std::string json_schema();

}  // namespace plexus::model
