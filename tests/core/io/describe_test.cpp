#include "plexus/core/io/describe.h"

#include <limits>

#include <gmock/gmock.h>

#include "plexus/core/io/npz.h"
#include "tests/core/io/files.h"

namespace plexus {
namespace {

class DescribeArrays : public test::InFolder {};

TEST_F(DescribeArrays, ShowsRangesAndProvenance) {
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  const NamedArrays arrays{
      {"cell.z", {Shape{2, 2}, std::vector<float>{0.5F, -1.25F, kNaN, 3}}},
      {"cell.key", {Shape{2}, std::vector<std::uint32_t>{4294967294U, 4294967295U}}},
      {"none", {Shape{0, 3}, std::vector<float>{}}}};
  const std::vector<std::pair<std::string, std::string>> texts{
      {"provenance.json",
       R"({"plexus": 1, "version": "0.1.0", "model": "plexus: 1\nseed: 7\n\nwires: []\n",
                              "overrides": {"n_out": 36, "tau": null}, "seed": 7})"},
      {"notes.txt", "x"}};
  write_npz(in("a.npz"), arrays, texts);

  EXPECT_EQ(describe_arrays(in("a.npz")),
            "array     shape   type            min         max         mean  NaN\n"
            "cell.z    (2, 2)  float32       -1.25           3         0.75  25%\n"
            "cell.key  (2,)    uint32   4294967294  4294967295  4.29497e+09    0\n"
            "none      (0, 3)  float32           -           -            -    0\n"
            "\n"
            "provenance:\n"
            "  plexus: 1\n"
            "  version: 0.1.0\n"
            "  model:\n"
            "    plexus: 1\n"
            "    seed: 7\n"
            "\n"
            "    wires: []\n"
            "  overrides:\n"
            "    n_out: 36\n"
            "    tau: null\n"
            "  seed: 7\n"
            "\n"
            "also holds: notes.txt\n");
}

TEST_F(DescribeArrays, ShowsProvenanceThatIsNoJsonAsItIs) {
  const std::vector<std::pair<std::string, std::string>> texts{{"provenance.json", "{broken"}};
  write_npz(in("a.npz"), {}, texts);

  EXPECT_EQ(describe_arrays(in("a.npz")),
            "no arrays\n\nprovenance (not a JSON object):\n  {broken\n");
}

TEST_F(DescribeArrays, DescribesEveryKindOfArrayFile) {
  EXPECT_EQ(describe_arrays(write("a.csv", "1 2\n3 4\n")),
            "array  shape   type  min  max  mean  NaN\n"
            "-      (2, 2)  text    1    4   2.5    0\n");
  const std::string large = test::raw<std::int64_t>(1LL << 40);
  EXPECT_THAT(describe_arrays(write("a.npy", test::npy_of("<i8", "(1,)", large))),
              testing::HasSubstr("int64"));
}

}  // namespace
}  // namespace plexus
