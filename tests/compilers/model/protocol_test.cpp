#include <gmock/gmock.h>

#include "tests/compilers/model/parsing.h"

namespace plexus::model {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string protocol(const std::string& statements) {
  return model_with("parameters: {T: 3}\nprotocol:\n" + statements);
}

/// The only statement of a protocol, which has to be a T.
template <typename T>
class Only {
 public:
  explicit Only(const std::string& statement) : parsed_(protocol(statement)) {
    EXPECT_EQ(parsed_.said(), "");
  }
  const T* operator->() const { return &std::get<T>(parsed_.model.protocol.at(0).what); }

 private:
  ParsedModel parsed_;
};

TEST(ProtocolRun, HasStepsTimesKeywordsAndClamps) {
  const Only<model::Run> run{
      "  - {run: step, steps: $(T * 2), dt: 0.5, t: continue, eta: 0.1, clamp: {lgn.j: x}}\n"};

  EXPECT_EQ(run->process.text, "step");
  EXPECT_EQ(run->steps.at(), 6);
  EXPECT_EQ(run->dt->at(), 0.5);
  EXPECT_TRUE(std::holds_alternative<ContinueTime>(run->t));
  EXPECT_EQ(run->keywords.at(0).name, "eta");
  EXPECT_EQ(run->keywords.at(0).value.at(), 0.1);
  EXPECT_EQ(run->clamps.at(0).compartment.text, "lgn.j");
}

TEST(ProtocolRun, TakesOneStepFromTimeZeroUnlessToldOtherwise) {
  const Only<model::Run> run{"  - run: reset\n"};

  EXPECT_EQ(run->steps.at(), 1);
  EXPECT_FALSE(run->dt.has_value());
  EXPECT_TRUE(std::holds_alternative<std::monostate>(run->t));
}

TEST(ProtocolRun, TakesZeroStepsAndAHeldTime) {
  const Only<model::Run> run{"  - {run: step, steps: 0, t: 1.5, dt: 1}\n"};

  EXPECT_EQ(run->steps.at(), 0);
  EXPECT_EQ(std::get<Real>(run->t).at(), 1.5);
}

TEST(ProtocolClamp, TakesNumbersListsDataAndInitialisers) {
  const Only<ClampOnce> clamp{
      "  - clamp: {lgn.j: 2, W.pre: [[1, 2.5]], W.post: x, lgn.z: {uniform: {low: 0, high: "
      "$(T)}}}\n"};

  EXPECT_EQ(clamp->clamps.at(0).source, Clamp::Source::number);
  EXPECT_EQ(clamp->clamps.at(0).value.real(), 2);
  EXPECT_EQ(clamp->clamps.at(1).source, Clamp::Source::list);
  EXPECT_EQ(clamp->clamps.at(2).source, Clamp::Source::data);
  EXPECT_EQ(clamp->clamps.at(2).data, "x");
  EXPECT_EQ(clamp->clamps.at(3).source, Clamp::Source::initialiser);
  EXPECT_EQ(clamp->clamps.at(3).value.find("uniform")->find("high")->integer(), 3);
}

TEST(ProtocolClamp, TakesTheAxisOfTheStepsForOneOrForAll) {
  const Only<ClampOnce> one{"  - clamp: {lgn.j: {data: x, steps_axis: 1}, lgn.z: y}\n"};
  const Only<ClampOnce> all{"  - clamp: {lgn.j: x, lgn.z: y, steps_axis: 1}\n"};

  EXPECT_EQ(one->clamps.at(0).steps_axis, 1);
  EXPECT_EQ(one->clamps.at(1).steps_axis, std::nullopt);
  EXPECT_EQ(all->clamps.size(), 2U);
  EXPECT_EQ(all->clamps.at(1).steps_axis, 1);
}

TEST(ProtocolFor, WalksOneOrSeveralData) {
  const Only<For> one{"  - {for: x, do: [{run: step}]}\n"};
  EXPECT_EQ(one->data.at(0).text, "x");
  EXPECT_EQ(one->batch.at(), 1);
  EXPECT_EQ(one->epochs.at(), 1);
  EXPECT_FALSE(one->shuffle);
  EXPECT_FALSE(one->limit.has_value());
  EXPECT_EQ(one->remainder, For::Remainder::refuse);

  const Only<For> two{
      "  - {for: [x, y], batch: 5, shuffle: true, limit: 7, epochs: 2, remainder: fill, do: []}\n"};
  EXPECT_EQ(two->data.at(1).text, "y");
  EXPECT_EQ(two->batch.at(), 5);
  EXPECT_EQ(two->limit->at(), 7);
  EXPECT_EQ(two->epochs.at(), 2);
  EXPECT_TRUE(two->shuffle);
  EXPECT_EQ(two->remainder, For::Remainder::fill);
}

TEST(ProtocolLoop, GivesItsTurnToWhatIsInside) {
  const Only<Repeat> repeat{
      "  - repeat: $(T)\n"
      "    do:\n"
      "      - {run: step, steps: $(i + 1), dt: $(0.5 ** i), eta: $(i / T)}\n"
      "      - log: \"turn $(i) of $(T)\"\n"
      "      - set: {W.eta: $(0.1 * i) * W.eta}\n"
      "      - clamp: {lgn.j: $(i), lgn.z: [$(i), 1]}\n"
      "      - every: 2\n"
      "        do: [{record: [W.weights]}]\n"
      "      - repeat: $(i)\n"
      "        do: []\n"};

  const auto& body = repeat->body;
  ASSERT_EQ(body.size(), 6U);
  const auto& run = std::get<model::Run>(body[0].what);
  EXPECT_EQ(run.steps.at(4), 5);
  EXPECT_EQ(run.dt->at(1), 0.5);
  EXPECT_EQ(run.keywords[0].value.at(6), 2.0);
  EXPECT_EQ(std::get<Log>(body[1].what).at(2), "turn 2 of 3");
  EXPECT_DOUBLE_EQ(std::get<Assign>(body[2].what).assignments[0].value.operands[0].number_at(3),
                   0.3);
  EXPECT_EQ(std::get<ClampOnce>(body[3].what).clamps[0].value.at(7).integer(), 7);
  EXPECT_EQ(std::get<ClampOnce>(body[3].what).clamps[1].value.at(7).items()[0].integer(), 7);
  EXPECT_EQ(std::get<Record>(std::get<Every>(body[4].what).body[0].what).compartments[0].text,
            "W.weights");
  EXPECT_EQ(std::get<Repeat>(body[5].what).times.at(2), 2);
}

TEST(ProtocolLoop, ThrowsWithItsPlaceWhereATurnGivesAWrongValue) {
  const Only<Repeat> repeat{
      "  - repeat: 3\n"
      "    do:\n"
      "      - {run: step, steps: $(1 - i), dt: $(2.0 - i)}\n"};
  const auto& run = std::get<model::Run>(repeat->body[0].what);

  EXPECT_EQ(run.steps.at(1), 0);
  EXPECT_THAT([&] { (void)run.steps.at(2); },
              testing::ThrowsMessage<Error>(StartsWith(
                  "m.yaml:13:28: error: steps is -1 in turn i = 2; expected an integer >= 0")));
  EXPECT_THAT(
      [&] { (void)run.dt->at(2); },
      testing::ThrowsMessage<Error>(HasSubstr("dt is 0 in turn i = 2; expected a number > 0")));
}

TEST(ProtocolNormalize, HasOrderAxisAndNorm) {
  const Only<Normalize> normalize{
      "  - normalize: {W.weights: {order: 2, axis: 1, norm: 78.4}, W.theta: {norm: 1}}\n"};

  EXPECT_EQ(normalize->matrices.at(0).compartment.text, "W.weights");
  EXPECT_EQ(normalize->matrices.at(0).order, 2);
  EXPECT_EQ(normalize->matrices.at(0).axis, 1);
  EXPECT_EQ(normalize->matrices.at(0).norm.at(), 78.4);
  EXPECT_EQ(normalize->matrices.at(1).order, 1);
  EXPECT_EQ(normalize->matrices.at(1).axis, 0);
}

TEST(ProtocolSet, AssignsExpressions) {
  const Only<Assign> assign{
      "  - set: {W.weights: transpose(W.weights), W.eta: 0.5, W.theta: $(T)}\n"};

  EXPECT_EQ(assign->assignments.at(0).value.name, "transpose");
  EXPECT_EQ(assign->assignments.at(1).value.number, 0.5);
  EXPECT_EQ(assign->assignments.at(2).value.number, 3);
}

/// A statement and the first line that is said about it.
struct WrongStatement {
  const char* name;
  const char* text;
  const char* said;
};

class WrongProtocol : public testing::TestWithParam<WrongStatement> {};

TEST_P(WrongProtocol, IsReportedOnceAtItsPlace) {
  const ParsedModel parsed{protocol(std::string("  - ") + GetParam().text + '\n')};

  const std::string said = parsed.said();
  EXPECT_EQ(said.substr(0, said.find('\n')), std::string("m.yaml:11:") + GetParam().said);
  EXPECT_EQ(parsed.diagnostics.errors(), 1U) << said;
}

INSTANTIATE_TEST_SUITE_P(
    Protocol, WrongProtocol,
    testing::Values(
        WrongStatement{"NoMapping", "run step",
                       "5: error: this statement is 'run step'; expected a mapping"},
        WrongStatement{"Unknown", "rum: step", "5: error: there is no statement 'rum'"},
        WrongStatement{"TwoInOne", "{record: [W.a], log: b}",
                       "21: error: 'log' is a statement of its own, not a part of 'record'"},
        WrongStatement{"TwoInOneRun", "{run: step, record: [W.a]}",
                       "17: error: 'record' is a statement of its own, not a part of 'run'"},
        WrongStatement{"UnknownProcess", "run: stpe", "10: error: there is no process 'stpe'"},
        WrongStatement{"NegativeSteps", "{run: step, steps: -1}",
                       "24: error: steps is -1; expected an integer >= 0"},
        WrongStatement{"BrokenSteps", "{run: step, steps: 1.5}",
                       "24: error: steps is 1.5; expected an integer >= 0"},
        WrongStatement{"ZeroDt", "{run: step, dt: 0}", "21: error: dt is 0; expected a number > 0"},
        WrongStatement{"NanDt", "{run: step, dt: .nan}",
                       "21: error: dt is .nan; expected a finite number > 0"},
        WrongStatement{"Time", "{run: step, t: contnue}",
                       "20: error: t is 'contnue'; expected a number or `continue`"},
        WrongStatement{"Keyword", "{run: step, eta: fast}",
                       "22: error: the keyword 'eta' is 'fast'; expected a number"},
        WrongStatement{"EveryOutside", "{every: 2, do: []}",
                       "6: error: 'every' stands outside of any loop"},
        WrongStatement{"TurnOutside", "log: $(i)",
                       "12: error: 'i' is the turn of a loop, and there is no loop here"},
        WrongStatement{"TurnOfItself", "{repeat: $(i), do: []}",
                       "16: error: 'i' is the turn of a loop, and there is no loop here"},
        WrongStatement{"NoDo", "repeat: 3", "5: error: this 'repeat' lacks the key 'do'"},
        WrongStatement{"DoWithoutList", "{repeat: 3, do: {run: step}}",
                       "21: error: do is a mapping; expected a list"},
        WrongStatement{"ForUnknown", "{for: [x, z1], do: []}", "15: error: there is no data 'z1'"},
        WrongStatement{"ForTwice", "{for: [x, x], do: []}",
                       "15: error: 'x' comes twice in this 'for'"},
        WrongStatement{"ForKey", "{for: x, bacth: 3, do: []}",
                       "14: error: unknown key 'bacth' in a 'for'"},
        WrongStatement{"Remainder", "{for: x, remainder: pad, do: []}",
                       "25: error: remainder is 'pad'; expected drop or fill"},
        WrongStatement{"Shuffle", "{for: x, shuffle: 1, do: []}",
                       "23: error: shuffle is 1; expected true or false"},
        WrongStatement{"Batch", "{for: x, batch: 0, do: []}",
                       "21: error: batch is 0; expected an integer >= 1"},
        WrongStatement{"ClampUnknown", "clamp: {lgn.j: pathces}",
                       "20: error: there is no data 'pathces'"},
        WrongStatement{"ClampName", "clamp: {lgn: 3}", "13: error: 'lgn' names no compartment"},
        WrongStatement{"ClampList", "clamp: {lgn.j: [1, [a]]}",
                       "25: error: a value of lgn.j is 'a'; expected a number"},
        WrongStatement{"ClampBoolean", "clamp: {lgn.j: true}",
                       "20: error: lgn.j is true; expected a number, a list, the name of data, or "
                       "an initialiser"},
        WrongStatement{"ClampAxis", "clamp: {lgn.j: 3, steps_axis: 1}",
                       "23: error: 'steps_axis' concerns data, and this clamp has none"},
        WrongStatement{"RecordText", "record: W.weights",
                       "13: error: record is 'W.weights'; expected a list"},
        WrongStatement{"RecordExpression", "record: [W.a + W.b]",
                       "18: error: '+' is not expected here"},
        WrongStatement{"SetList", "set: {W.weights: [1, 2]}",
                       "22: error: the value of W.weights is a list; expected an expression"},
        WrongStatement{"SetNothing", "set: {W.weights: }", "11: error: the expression is nothing"},
        WrongStatement{"Norm", "normalize: {W.weights: {order: 1}}",
                       "17: error: the norm of W.weights is missing"},
        WrongStatement{"Order", "normalize: {W.weights: {order: 3, norm: 1}}",
                       "36: error: order is 3; expected 1 or 2"},
        WrongStatement{"Save", "save: runs/a",
                       "5: error: this version of Plexus does not write saves yet"},
        WrongStatement{"Load", "load: runs/a",
                       "5: error: this version of Plexus does not load saves yet"},
        WrongStatement{"Checkpoint", "{checkpoint: a, every: 5}",
                       "6: error: this version of Plexus does not write checkpoints yet"}),
    [](const auto& test) { return std::string{test.param.name}; });

TEST(ProtocolRun, NamesTheNearestProcessOrHowToDeclareACommand) {
  EXPECT_THAT(ParsedModel{protocol("  - run: stpe\n")}.said(), HasSubstr("did you mean 'step'?"));
  EXPECT_THAT(ParsedModel{protocol("  - run: evolve\n")}.said(),
              HasSubstr("a command is declared too: `processes: {evolve: {command: evolve}}`"));
}

}  // namespace
}  // namespace plexus::model
