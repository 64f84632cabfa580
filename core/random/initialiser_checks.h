#pragma once

#include <span>
#include <string_view>

#include "plexus/core/error.h"
#include "plexus/core/random/generators.h"
#include "plexus/core/random/initialiser_options.h"

namespace plexus::detail {

// What initialisers may not have. Each throws Error (config) at `where`.
[[noreturn]] void reject(const Where& where, std::string_view problem, std::string_view remedy);
void require_finite(std::string_view of, std::string_view name, double value, const Where& where);
void check_arguments(const GeneratorInfo& generator, std::span<const double> arguments,
                     const Where& where);
void check_options(const InitialiserOptions& options, const Where& where);

}  // namespace plexus::detail
