#pragma once

#include <string>

namespace plexus {
class Context;
}

namespace plexus::cli {

/// What a profiled run spent where: for each method, over all processes, its time and calls, the
/// bytes that it moved and the operations of its products, a second, the share that this is of what
/// the machine allows (of a mere copy of as many bytes, or of fused multiply-adds, whichever is
/// nearer), and what bounds it.
std::string profile_table(Context& circuit);

}  // namespace plexus::cli
