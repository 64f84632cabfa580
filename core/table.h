#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace plexus::detail {

/// Lines of text whose columns are aligned, two spaces between them. `alignment` has a letter a
/// column: l for left, r for right; left where it has none. A row may have fewer cells than others.
/// Every line ends with a newline.
std::string aligned(std::span<const std::vector<std::string>> rows, std::string_view alignment = {},
                    std::string_view indent = {});

}  // namespace plexus::detail
