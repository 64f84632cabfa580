#pragma once

/// What ngc-learn keeps in `model_utils`, by its names there. (normalize_matrix is
/// plexus/core/normalize.h.)
#include "plexus/components/math/activation.h"
#include "plexus/components/math/blocks.h"
#include "plexus/components/math/kwta.h"
#include "plexus/components/math/sampling.h"
#include "plexus/components/math/softmax.h"
#include "plexus/components/math/statistics.h"
#include "plexus/components/math/threshold.h"
