#include "plexus/compilers/model/protocol_check.h"

#include "plexus/compilers/model/checking/protocol_checker.h"

namespace plexus::model {

void check_protocol(const ModelSyntax& model, const Builder& builder, const DataSets& data,
                    Context& context, Diagnostics& diagnostics) {
  detail::ProtocolChecker(model, builder, data, context, diagnostics).check();
}

}  // namespace plexus::model
