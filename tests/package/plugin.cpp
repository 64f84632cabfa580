#include "plexus/core/error.h"
#include "plexus/core/shape.h"

// Uses a function of the core that the host itself does not use.
extern "C" void refuse() {
  throw plexus::Error(plexus::Error::Kind::shape, {}, to_string(plexus::Shape{3, 25}));
}
