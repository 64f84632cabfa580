#pragma once

#include <yaml-cpp/exceptions.h>

#include "plexus/compilers/model/yaml/tree_builder.h"

namespace plexus::model::detail {

/// Says in our words what yaml-cpp found wrong, and where its cause is rather than its effect.
void report(const YAML::Exception& problem, const Source& source, const TreeBuilder& builder,
            Diagnostics& diagnostics);

}  // namespace plexus::model::detail
