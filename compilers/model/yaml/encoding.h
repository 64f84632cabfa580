#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace plexus::model::detail {

/// The first byte that no YAML text may have, or npos; `why` says what it is.
std::size_t find_bad_byte(std::string_view text, std::string& why);

}  // namespace plexus::model::detail
