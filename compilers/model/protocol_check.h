#pragma once

#include "plexus/compilers/model/builder.h"
#include "plexus/compilers/model/data_sets.h"

namespace plexus::model {

/// Checks the protocol and the watches against the built circuit and the data's headers, without
/// running: names, keywords, shapes, batches, mosaics. Everything is reported.
void check_protocol(const ModelSyntax& model, const Builder& builder, const DataSets& data,
                    Context& context, Diagnostics& diagnostics);

}  // namespace plexus::model
