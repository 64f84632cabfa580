#include "plexus/compilers/model/diagnostics.h"

#include <gmock/gmock.h>

namespace plexus::model {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kModel =
    "plexus: 1\n"
    "W:\n"
    "    tau_tetha: 20.0\n"
    "    größe: 3\n";

class DiagnosticsTest : public testing::Test {
 protected:
  Source source_{"v1.yaml", kModel};
  Diagnostics diagnostics_;
};

TEST_F(DiagnosticsTest, PrintsThePlaceTheLineWithACaretAndTheRemedy) {
  diagnostics_.error(source_.place(kModel.find("tau_tetha"), 9),
                     "BCMSynapse 'W' has no parameter 'tau_tetha'",
                     "did you mean 'tau_theta'? `plexus describe BCMSynapse` lists them all");

  EXPECT_EQ(diagnostics_.print(),
            "v1.yaml:3:5: error: BCMSynapse 'W' has no parameter 'tau_tetha'\n"
            "    3 |     tau_tetha: 20.0\n"
            "      |     ^~~~~~~~~\n"
            "  did you mean 'tau_theta'? `plexus describe BCMSynapse` lists them all\n");
}

TEST_F(DiagnosticsTest, SortsByLineWithABlankLineBetween) {
  diagnostics_.error(source_.place(kModel.find("größe"), 7), "second");
  diagnostics_.warning(source_.place(0, 6), "first", "one\ntwo");

  EXPECT_EQ(diagnostics_.print(),
            "v1.yaml:1:1: warning: first\n"
            "    1 | plexus: 1\n"
            "      | ^~~~~~\n"
            "  one\n"
            "  two\n"
            "\n"
            "v1.yaml:4:5: error: second\n"
            "    4 |     größe: 3\n"
            "      |     ^~~~~\n");
}

TEST_F(DiagnosticsTest, PrintsNotesAndLeavesTheLineOutWhereAsked) {
  Problem problem;
  problem.severity = Problem::Severity::warning;
  problem.place = source_.place(0);
  problem.problem = "a cycle";
  problem.notes = {"a -> b", "b -> a"};
  problem.remedy = "cut it";
  problem.show_line = false;
  diagnostics_.report(problem);

  EXPECT_EQ(diagnostics_.print(),
            "v1.yaml:1:1: warning: a cycle\n"
            "    a -> b\n"
            "    b -> a\n"
            "  cut it\n");
}

TEST_F(DiagnosticsTest, CutsALongLineAroundTheCaret) {
  const std::string text = std::string(150, 'a') + "HERE" + std::string(150, 'b');
  const Source source{"long.yaml", text};

  diagnostics_.error(source.place(150, 4), "too long");

  EXPECT_EQ(diagnostics_.print(),
            "long.yaml:1:151: error: too long\n"
            "    1 | …" +
                std::string(50, 'a') + "HERE" + std::string(46, 'b') + "…\n" + "      |  " +
                std::string(50, ' ') + "^~~~\n");
}

TEST_F(DiagnosticsTest, SaysTheSameThingOnce) {
  diagnostics_.error(source_.place(0), "wrong");
  diagnostics_.error(source_.place(0), "wrong");
  diagnostics_.error(source_.place(1), "wrong");

  EXPECT_EQ(diagnostics_.errors(), 2U);
}

TEST_F(DiagnosticsTest, OutlivesItsSources) {
  {
    const Source gone{"gone.yaml", "x: 1"};
    diagnostics_.error(gone.place(0), "wrong");
  }
  EXPECT_THAT(diagnostics_.print(), HasSubstr("    1 | x: 1"));
}

TEST_F(DiagnosticsTest, ThrowsTheWholePrintOutAsOneError) {
  diagnostics_.warning(source_.place(0), "a warning");
  EXPECT_NO_THROW(diagnostics_.throw_if_errors());

  diagnostics_.error(source_.place(kModel.find("W:")), "an error", "a remedy");
  try {
    diagnostics_.throw_if_errors();
    FAIL() << "nothing was thrown";
  } catch (const ModelError& error) {
    EXPECT_EQ(std::string{error.what()} + '\n', diagnostics_.print());
    EXPECT_EQ(error.first().line, 2);
    EXPECT_EQ(error.errors(), 1U);
  }
}

TEST_F(DiagnosticsTest, GivesJsonForEditors) {
  diagnostics_.error(source_.place(kModel.find("W:")), "an \"error\"", "a remedy");

  EXPECT_EQ(diagnostics_.json(),
            "[\n"
            "  {\n"
            "    \"file\": \"v1.yaml\",\n"
            "    \"line\": 2,\n"
            "    \"column\": 1,\n"
            "    \"severity\": \"error\",\n"
            "    \"message\": \"an \\\"error\\\"\",\n"
            "    \"remedy\": \"a remedy\"\n"
            "  }\n"
            "]");
}

TEST_F(DiagnosticsTest, PrintsBytesThatAreNoTextWithoutBreakingTheTerminal) {
  const Source source{"odd.yaml", "a\x1b[31m\xff\tb"};

  diagnostics_.error(source.place(0), "odd");

  EXPECT_THAT(diagnostics_.print(), HasSubstr("a [31m\xEF\xBF\xBD b"));
  EXPECT_THAT(diagnostics_.print(), Not(HasSubstr("\x1b")));
  EXPECT_THAT(diagnostics_.json(), HasSubstr("odd"));
}

TEST(SourceTest, CountsColumnsInCharacters) {
  const Source source{"m.yaml", "größe: 3"};
  const Place place = source.place(source.text().find('3'));

  EXPECT_EQ(place.column, 8);
  EXPECT_EQ(source.offset(place), source.text().find('3'));
}

TEST(SourceTest, DropsTheByteOrderMarkAndForeignLineEnds) {
  const Source source{"m.yaml",
                      "\xEF\xBB\xBF"
                      "a\r\nb\rc"};

  EXPECT_EQ(source.text(), "a\nb\nc");
  EXPECT_EQ(source.line(2), "b");
  EXPECT_EQ(source.line(4), "");
}

TEST(SourceTest, SaysWhyAFileCannotBeRead) {
  EXPECT_THAT(
      [] { Source::read("/nowhere/m.yaml"); },
      testing::ThrowsMessage<Error>(HasSubstr("cannot read /nowhere/m.yaml: No such file")));
  EXPECT_THAT([] { Source::read("/"); },
              testing::ThrowsMessage<Error>(HasSubstr("is a directory")));
}

}  // namespace
}  // namespace plexus::model
