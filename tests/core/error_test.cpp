#include "plexus/core/error.h"

#include <gmock/gmock.h>

namespace plexus {
namespace {

using testing::HasSubstr;

const std::vector<std::string> kKnown{"tau_w", "tau_theta", "theta0", "w_bound"};

TEST(Nearest, FindsAMisspeltName) {
  EXPECT_EQ(nearest("tau_tetha", kKnown), "tau_theta");
  EXPECT_EQ(nearest("Tau_W", kKnown), "tau_w");
}

TEST(Nearest, GivesUpOnAFarName) {
  EXPECT_EQ(nearest("colour", kKnown), "");
}

TEST(Nearest, TakesNoSingleLetterForAnother) {
  const std::vector<std::string> letters{"W", "z"};

  EXPECT_EQ(nearest("V", letters), "");
  EXPECT_EQ(nearest("w", letters), "W");
  EXPECT_EQ(nearest("zz", letters), "z");
}

TEST(DidYouMean, ListsAllWhenNoneIsNear) {
  EXPECT_EQ(did_you_mean("colour", kKnown), "known are: tau_w, tau_theta, theta0, w_bound");
}

TEST(EditDistance, CountsATranspositionOnce) {
  EXPECT_EQ(edit_distance("htau", "thau"), 1U);
}

TEST(Error, PrintsPlaceProblemAndRemedy) {
  const Error error{
      Error::Kind::config, {"m.yaml", 3, 5, "m:W"}, "W.tau_w is -40", "give a number > 0"};
  EXPECT_STREQ(error.what(), "m.yaml:3:5: error: W.tau_w is -40\n  give a number > 0");
}

}  // namespace
}  // namespace plexus
