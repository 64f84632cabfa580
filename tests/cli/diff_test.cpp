#include <gmock/gmock.h>

#include "plexus/core/io/npz.h"
#include "tests/cli/program.h"

namespace plexus {
namespace {

namespace fs = std::filesystem;
using test::Outcome;
using testing::HasSubstr;

class Diff : public test::ProgramTest {
 protected:
  const fs::path reference_ = golden("BCMSynapse/open_loop_from_negative_theta.npz");
  NamedArrays arrays_ = read_npz(reference_, Integers::keep);

  Tensor& array(std::string_view name) {
    return std::ranges::find(arrays_, name, &NamedArrays::value_type::first)->second;
  }
  /// Compares the arrays, as they are now, with the reference.
  Outcome diff(std::vector<std::string> options = {}) {
    write_npz(in("a.npz"), arrays_);
    options.insert(options.begin(), {"diff", "a.npz", reference_.string()});
    return plexus(options);
  }
};

TEST_F(Diff, FindsEveryGoldenFileEqualToItself) {
  int count = 0;
  for (const auto& entry : fs::recursive_directory_iterator(golden(""))) {
    if (entry.path().extension() != ".npz") continue;
    SCOPED_TRACE(entry.path());
    const Outcome same = plexus({"diff", entry.path().string(), entry.path().string()});
    EXPECT_EQ(same.status, 0);
    EXPECT_THAT(same.out, HasSubstr("\nagrees: "));
    EXPECT_EQ(same.err, "");
    ++count;
  }
  EXPECT_GT(count, 100);
}

TEST_F(Diff, NamesThePlaceOfAChangedValue) {
  array("W.weights").floats()[17] += 0.5F;  // (40, 3, 4): step 1, row 1, column 1

  const Outcome changed = diff();
  EXPECT_EQ(changed.status, 1);
  EXPECT_THAT(changed.out, HasSubstr("(1, 1, 1)"));
  EXPECT_THAT(changed.out, HasSubstr("differs: 1 of 9 array(s): W.weights"));
  EXPECT_EQ(changed.err, "");
}

TEST_F(Diff, TakesTolerances) {
  array("W.weights").floats()[17] += 1e-3F;

  EXPECT_EQ(diff().status, 1);
  EXPECT_EQ(diff({"--atol", "1e-2"}).status, 0);
  EXPECT_EQ(diff({"--rtol", "1"}).status, 0);
  EXPECT_EQ(diff({"--atol-scale", "1e-2"}).status, 0);
  EXPECT_EQ(diff({"--rtol", "0", "--atol-scale", "0"}).status, 1);
}

TEST_F(Diff, FailsForAnArrayThatIsMissing) {
  arrays_.erase(arrays_.begin());

  const Outcome missing = diff();
  EXPECT_EQ(missing.status, 1);
  EXPECT_THAT(missing.out, HasSubstr("missing"));
}

TEST_F(Diff, FailsForAnotherShape) {
  array("W.pre").shape = {40, 3};

  EXPECT_EQ(diff().status, 1);
}

TEST_F(Diff, IgnoresAndNamesWhatOnlyTheFirstHas) {
  arrays_.emplace_back("extra", Tensor{{1}, std::vector<float>{1}});

  const Outcome more = diff();
  EXPECT_EQ(more.status, 0);
  EXPECT_THAT(more.out, HasSubstr("only in A, ignored: extra"));
}

TEST_F(Diff, SaysWhichFileCannotBeRead) {
  const Outcome missing = plexus({"diff", "nothing.npz", reference_.string()});

  EXPECT_EQ(missing.status, 1);
  EXPECT_EQ(missing.out, "");
  EXPECT_THAT(missing.err, HasSubstr("nothing.npz"));
}

class Info : public test::ProgramTest {};

TEST_F(Info, TellsTheArraysOfAFile) {
  const Outcome told =
      plexus({"info", golden("BCMSynapse/open_loop_from_negative_theta.npz").string()});

  EXPECT_EQ(told.status, 0);
  EXPECT_THAT(told.out, HasSubstr("W.theta"));
  EXPECT_THAT(told.out, HasSubstr("(40, 1, 4)"));
}

TEST_F(Info, OfADirectoryTellsItsRecording) {
  fs::create_directory(in("run"));
  write_npz(in("run/recording.npz"), NamedArrays{{"x.y", Tensor{{2}, std::vector<float>{1, 5}}}});

  const Outcome told = plexus({"info", "run"});
  EXPECT_EQ(told.status, 0);
  EXPECT_THAT(told.out, HasSubstr("x.y"));
}

TEST_F(Info, OfAFileThatIsMissingSpeaksOfNoModel) {
  const Outcome missing = plexus({"info", "nothing.npz"});

  EXPECT_EQ(missing.status, 1);
  EXPECT_THAT(missing.err, HasSubstr("nothing.npz: cannot be read: No such file"));
  EXPECT_THAT(missing.err, HasSubstr("check the path\n"));
}

TEST_F(Info, SaysWhatIsNoArrayFile) {
  write("notes.npz", "nothing of the kind");

  const Outcome refused = plexus({"info", "notes.npz"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("notes.npz"));
}

}  // namespace
}  // namespace plexus
