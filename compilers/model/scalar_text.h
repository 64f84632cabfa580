#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace plexus::model::detail {

/// How a scalar's value lies in the text of its file.
struct Written {
  std::size_t end = 0;             // the byte behind its last one
  bool closed = true;              // false: a quote is missing
  std::vector<std::size_t> bytes;  // where each byte of the value comes from
};

/// Finds the value of a scalar, plain, quoted, literal or folded, in the text from byte `begin` on.
/// Where lines were folded, the blanks that were joined stand for the one that came of them.
Written locate(std::string_view text, std::size_t begin, std::string_view value);

/// Only its end, and whether it is closed.
Written measure(std::string_view text, std::size_t begin, std::string_view value);

}  // namespace plexus::model::detail
