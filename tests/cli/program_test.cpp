#include "tests/cli/program.h"

#include <gmock/gmock.h>

namespace plexus {
namespace {

using test::Outcome;
using testing::HasSubstr;
using testing::Not;

class Program : public test::ProgramTest {};

class EveryCommand : public test::ProgramTest, public testing::WithParamInterface<std::string> {};

TEST_P(EveryCommand, HasHelpWithAnExampleOnStdout) {
  const Outcome help = plexus({GetParam(), "--help"});

  EXPECT_EQ(help.status, 0);
  EXPECT_THAT(help.out, HasSubstr("Example"));
  EXPECT_THAT(help.out, HasSubstr("plexus " + GetParam()));
  EXPECT_THAT(help.out, HasSubstr("--quiet"));
  EXPECT_EQ(help.err, "");
}

TEST_P(EveryCommand, IsListedInTheProgramsHelp) {
  EXPECT_THAT(plexus({"--help"}).out, HasSubstr("\n  " + GetParam() + " "));
}

TEST_P(EveryCommand, RefusesAnOptionThatItDoesNotHaveWithTheNearest) {
  const Outcome refused = plexus({GetParam(), "--quite"});

  EXPECT_EQ(refused.status, 2);
  EXPECT_EQ(refused.out, "");
  EXPECT_THAT(refused.err, HasSubstr("did you mean '--quiet'?"));
}

INSTANTIATE_TEST_SUITE_P(Commands, EveryCommand,
                         testing::Values("run", "check", "describe", "schema", "graph", "explain",
                                         "diff", "info"),
                         [](const auto& command) { return command.param; });

TEST_F(Program, TellsItsVersion) {
  const Outcome version = plexus({"--version"});

  EXPECT_EQ(version.status, 0);
  EXPECT_THAT(version.out, testing::MatchesRegex("plexus [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST_F(Program, TakesItsOwnOptionsBeforeTheCommand) {
  EXPECT_EQ(plexus({"--quiet", "describe", "BCMSynapse"}).status, 0);
  EXPECT_EQ(plexus({"--version", "describe"}).status, 0);
}

TEST_F(Program, SaysHowToUseItWithoutArguments) {
  const Outcome nothing = plexus({});

  EXPECT_EQ(nothing.status, 2);
  EXPECT_EQ(nothing.out, "");
  EXPECT_THAT(nothing.err, HasSubstr("Usage: plexus"));
}

TEST_F(Program, NamesTheNearestOfItsCommands) {
  const Outcome refused = plexus({"expalin", "model.yaml"});

  EXPECT_EQ(refused.status, 2);
  EXPECT_EQ(refused.out, "");
  EXPECT_THAT(refused.err, HasSubstr("there is no command 'expalin'"));
  EXPECT_THAT(refused.err, HasSubstr("did you mean 'explain'?"));
}

TEST_F(Program, SaysOfPlannedCommandsThatThisVersionLacksThem) {
  for (const char* command : {"report", "reproduce", "import", "export", "new"}) {
    SCOPED_TRACE(command);
    const Outcome refused = plexus({command, "x"});
    EXPECT_EQ(refused.status, 2);
    EXPECT_THAT(refused.err, HasSubstr("this version of Plexus does not have the command"));
    EXPECT_THAT(refused.err, HasSubstr(command));
  }
}

TEST_F(Program, SaysOfPlannedOptionsThatThisVersionLacksThem) {
  const std::string model = golden("BCMSynapse/open_loop_from_negative_theta.yaml").string();
  for (const std::vector<std::string>& option :
       {std::vector<std::string>{"--report"}, {"--resume", "x.checkpoint"}}) {
    SCOPED_TRACE(option[0]);
    std::vector<std::string> arguments{"run", model};
    arguments.insert(arguments.end(), option.begin(), option.end());
    const Outcome refused = plexus(arguments);
    EXPECT_EQ(refused.status, 2);
    EXPECT_THAT(refused.err, HasSubstr("this version of Plexus does not"));
    EXPECT_THAT(refused.err, HasSubstr(option[0]));
  }
  EXPECT_EQ(files(), 0U);
}

TEST_F(Program, SendsCommandsOfTheScriptThere) {
  const Outcome refused = plexus({"bench"});

  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("the script ./plexus"));
}

TEST_F(Program, RefusesValuesThatAnOptionCannotHave) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
      {{"run", "m.yaml", "--threads", "0"}, "'0' is not a number >= 1"},
      {{"run", "m.yaml", "--seed", "-1"}, "'-1' is not an integer from 0 to 4294967295"},
      {{"run", "m.yaml", "--set", "n"}, "'n' is no NAME=VALUE"},
      {{"run", "m.yaml", "--dt", "0"}, "'0' is not a number > 0"},
      {{"run", "m.yaml", "--steps", "-2"}, "'-2' is not a number >= 0"},
      {{"run", "m.yaml", "--quiet", "--verbose"}, "exclude each other"},
      {{"diff", "a.npz", "b.npz", "--rtol", "-1"}, "'-1' is not a number >= 0"},
      {{"run"}, "MODEL is required"},
      {{"run", "m.yaml", "n.yaml"}, "'n.yaml' is one argument too many"},
  };
  for (const auto& [arguments, problem] : cases) {
    SCOPED_TRACE(problem);
    const Outcome refused = plexus(arguments);
    EXPECT_EQ(refused.status, 2);
    EXPECT_EQ(refused.out, "");
    EXPECT_THAT(refused.err, HasSubstr(problem));
  }
}

TEST_F(Program, SaysWhenStdoutCannotBeWritten) {
  const std::string command =
      std::string(PLEXUS_PROGRAM) + " describe > /dev/full 2> " + in("err").string();

  EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 1);
  EXPECT_THAT(test::bytes_of(in("err")), HasSubstr("cannot write to stdout"));
}

TEST_F(Program, ColoursProblemsOnATerminalUnlessToldNot) {
  const std::vector<std::string> arguments{"run", "nothing.yaml"};

  EXPECT_THAT(plexus_on_terminal(arguments).err, HasSubstr("\x1b[1;31merror:\x1b[0m"));
  EXPECT_THAT(plexus_on_terminal(arguments, {{"NO_COLOR", "1"}}).err, Not(HasSubstr("\x1b")));
  EXPECT_THAT(plexus(arguments).err, Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace plexus
