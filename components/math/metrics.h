#pragma once

/// What ngc-learn keeps in `metric_utils`, by its names there.
#include "plexus/components/math/metrics/classes.h"
#include "plexus/components/math/metrics/errors.h"
#include "plexus/components/math/metrics/sparsity.h"
#include "plexus/components/math/metrics/spikes.h"
