#pragma once

#include <string>
#include <string_view>

#include "plexus/core/error.h"

namespace plexus::detail {

/// An `Error` about a file: "FILE: problem" and what to do about it.
Error io_error(std::string_view file, std::string_view problem, std::string_view remedy);

/// "No such file or directory" and its like, for an `errno`.
std::string system_reason(int code);

}  // namespace plexus::detail
