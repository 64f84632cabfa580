#include "plexus/core/io/io_error.h"

#include <system_error>

#include <fmt/format.h>

namespace plexus::detail {

Error io_error(std::string_view file, std::string_view problem, std::string_view remedy) {
  return Error{Error::Kind::io, {}, fmt::format("{}: {}", file, problem), remedy};
}

std::string system_reason(int code) {
  return std::generic_category().message(code);
}

}  // namespace plexus::detail
