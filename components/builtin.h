#pragma once

namespace plexus {

/// Registers every built-in component type, once. A static library drops objects that nobody refers
/// to, so the list stands here in one place.
void register_builtin_components();

}  // namespace plexus
