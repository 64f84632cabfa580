#pragma once

#include <string>

#include "plexus/core/error.h"

namespace plexus::test {

/// The text of the Error that `f` throws; "" if it throws none.
template <class F>
std::string error_of(F f) {
  try {
    f();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace plexus::test
