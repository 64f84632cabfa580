#pragma once

// RapidCheck within GoogleTest, with the number of cases in the test's own hands.

#include <algorithm>
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace plexus::test {

/// Fewer cases where each one is slow: sanitizers, and builds that verify every access.
#ifdef NDEBUG
constexpr int kCaseDivisor = 1;
#else
constexpr int kCaseDivisor = 20;
#endif

/// Checks `property` on `cases` random inputs; a failure is shrunk and shown.
template <class Property>
void check_property(int cases, Property property) {
  rc::detail::TestParams params;
  params.seed = 20240607;
  params.maxSuccess = std::max(1, cases / kCaseDivisor);
  int tried = 0;
  const auto counted = [&] {
    ++tried;
    property();
  };
  const auto result = rc::detail::checkTestable(counted, rc::detail::TestMetadata{}, params);
  if (result.template is<rc::detail::SuccessResult>()) {
    EXPECT_GE(tried, params.maxSuccess);
    return;
  }
  std::ostringstream text;
  rc::detail::printResultMessage(result, text);
  ADD_FAILURE() << text.str();
}

}  // namespace plexus::test
