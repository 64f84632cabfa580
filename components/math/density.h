#pragma once

/// Mixtures of densities, as ngc-learn keeps them in `density`, by its names there.
#include "plexus/components/math/density/bernoulli_mixture.h"
#include "plexus/components/math/density/exponential_mixture.h"
#include "plexus/components/math/density/gaussian_mixture.h"
