#pragma once

#include <string>

namespace plexus {
class Context;
}

namespace plexus::cli {

/// What a profiled run spent where: for each method, over all processes, its time, calls, bytes,
/// and the speed at which it moved them, beside that of a mere copy of as many bytes.
std::string profile_table(Context& circuit);

}  // namespace plexus::cli
