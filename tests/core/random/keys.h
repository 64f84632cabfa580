#pragma once

#include "plexus/core/random/key.h"

namespace plexus::test {

inline const Key kZero = Key::from_seed(0);

}  // namespace plexus::test
