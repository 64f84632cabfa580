#include <filesystem>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plexus/compilers/model/diagnostics.h"
#include "plexus/compilers/model/model.h"
#include "plexus/components/builtin.h"
#include "plexus/components/synapses/hebbian/bcm_synapse.h"
#include "plexus/core/kernels/text.h"

/// The error gallery of the style guide, text for text: what is wrong, where, what was expected,
/// what to do.
namespace plexus::model {
namespace {

/// A rate cell with a current for lateral synapses of its own.
class LateralCell final : public Component {
 public:
  static constexpr std::string_view type_name = "LateralCell";
  static constexpr std::string_view family = "test";
  static constexpr std::string_view about = "Relays the sum of two currents: zF = j + j_lat.";

  struct Params {
    int n_units = required;
    int batch_size = 1;
    void describe(Parameters& d) {
      d("n_units", n_units, "number of units", positive);
      d("batch_size", batch_size, "number of samples side by side", positive);
    }
  };

  LateralCell(const Setup& setup, const Params& params) : Component(setup), p_(params) {}

 private:
  struct Constants {};
  struct Relay {
    static void at(const Constants& /*k*/, auto j, auto j_lat, auto& zF) { zF = j + j_lat; }
  };
  Params p_;
  Constants k_;

 public:
  // clang-format off
  const Dim n{p_.n_units, "n_units"};
  Compartment j    {*this, "j",     plexus::Role::input,  {B, n}, "current"};
  Compartment j_lat{*this, "j_lat", plexus::Role::input,  {B, n}, "lateral current"};
  Compartment zF   {*this, "zF",    plexus::Role::output, {B, n}, "rate"};
  Method advance_state{*this, "advance_state", each_unit<Relay>(k_, reads(j, j_lat), writes(zF))};
  Method reset        {*this, "reset",         clears(j, j_lat, zF)};
  // clang-format on
};
PLEXUS_REGISTER(LateralCell);

/// What is printed without the lines of the file and their carets, which the gallery shows once.
std::string without_excerpts(std::string_view printed) {
  std::string out;
  while (!printed.empty()) {
    const std::string_view line = printed.substr(0, printed.find('\n') + 1);
    if (line.find(" | ") != 5 && line.find(" | ") != 6) out += line;
    printed.remove_prefix(line.size());
  }
  return out;
}

class ErrorGallery : public testing::Test {
 protected:
  void SetUp() override { register_builtin_components(); }
  void TearDown() override { std::filesystem::current_path(before_); }

  /// What loading v1.yaml in one of the gallery's folders prints.
  std::string printed(const std::string& folder) {
    std::filesystem::current_path(PLEXUS_SOURCE_DIR "/tests/compilers/model/gallery/" + folder);
    Diagnostics diagnostics;
    loaded_ = load_model("v1.yaml", {}, diagnostics) != nullptr;
    return diagnostics.print();
  }
  bool loaded_ = false;

 private:
  std::filesystem::path before_ = std::filesystem::current_path();
};

TEST_F(ErrorGallery, ShowsAMisspeltParameterAndTheNearestOne) {
  EXPECT_EQ(printed("misspelt"), R"(v1.yaml:14:5: error: BCMSynapse 'W' has no parameter 'tau_tetha'
   14 |     tau_tetha: 20.0
      |     ^~~~~~~~~
  did you mean 'tau_theta'? `plexus describe BCMSynapse` lists them all
)");
  EXPECT_FALSE(loaded_);
}

TEST_F(ErrorGallery, ShowsAValueOutOfRangeWithItsUnit) {
  EXPECT_EQ(without_excerpts(printed("range")),
            R"(v1.yaml:12:12: error: W.tau_w is -40; expected a number > 0, in ms
  it is the time constant of the efficacies W
)");
  EXPECT_FALSE(loaded_);
}

TEST_F(ErrorGallery, ShowsWhatARequiredParameterLooksLike) {
  EXPECT_EQ(without_excerpts(printed("missing")),
            R"(v1.yaml:11:3: error: BCMSynapse 'W' lacks the required parameter 'tau_theta'
  add e.g. `tau_theta: 20.0` (ms): the time constant of the threshold θ
)");
  EXPECT_FALSE(loaded_);
}

TEST_F(ErrorGallery, ShowsBothWaysToMakeWidthsAgree) {
  EXPECT_EQ(
      without_excerpts(printed("widths")),
      R"(v1.yaml:24:5: error: cannot wire lgn.zF (1, 64) >> W.inputs (1, 96): the widths differ
  give lgn `n_units: 96` (line 9), or W `shape: [64, 25]` (line 12)
)");
  EXPECT_FALSE(loaded_);
}

TEST_F(ErrorGallery, ShowsTheWireThatIsThereAlready) {
  EXPECT_EQ(without_excerpts(printed("double_wire")),
            R"(v1.yaml:27:5: error: W.inputs is wired already, from lgn.zF at line 24
  to add both, write one wire: lgn.zF + retina.zF >> W.inputs
)");
  EXPECT_FALSE(loaded_);
}

TEST_F(ErrorGallery, ShowsTheWireThatForbidsAnUpdate) {
  EXPECT_EQ(
      without_excerpts(printed("update")),
      R"(v1.yaml:31:5: error: W1.evolve updates W1.weights, which is wired from shared.weights (line 22)
  drop the wire, or leave W1.evolve out of 'learn'
)");
  EXPECT_FALSE(loaded_);
}

TEST_F(ErrorGallery, ShowsACycleHopByHopAndWhereItIsCut) {
  EXPECT_EQ(
      printed("cycle"),
      R"(v1.yaml:26:5: warning: command 'advance_state' runs in a cycle; cut at the wire declared last
    cell.advance_state  -> cell.zF       -> W_lat.advance_state
    W_lat.advance_state -> W_lat.outputs -> cell.advance_state     <- cut: the value of the step before
  write `{wire: W_lat.outputs >> cell.j_lat, delayed: true}` to choose the cut yourself
)");
  EXPECT_TRUE(loaded_);
}

TEST_F(ErrorGallery, ShowsTheShapesOfAnArrayThatDoesNotFit) {
  Context v1{"v1", {.seed = 1}};
  auto& W = v1.add<BCMSynapse>("W", {.shape = {169, 25}, .tau_w = 40, .tau_theta = 20});
  try {
    W.weights.set(Tensor{{25, 169}, std::vector<float>(25 * 169)});
    FAIL() << "a transposed array was taken";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "v1: W.weights.set: got (25, 169), expected (169, 25) = (n_pre, n_post)\n"
                 "  the array looks transposed");
  }
}

}  // namespace
}  // namespace plexus::model
