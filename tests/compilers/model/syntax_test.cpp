#include "plexus/compilers/model/syntax.h"

#include <gmock/gmock.h>

#include "tests/compilers/model/parsing.h"

namespace plexus::model {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

const char* const kOrientation =
    "plexus: 1\n"
    "name: orientation\n"
    "description: BCM cells.\n"
    "seed: 1234\n"
    "plugins: [build/libmycells.so]\n"
    "parameters:\n"
    "  n_in: 169\n"
    "  n_out: 25\n"
    "defaults: {batch_size: 1}\n"
    "components:\n"
    "  lgn:  {type: RateCell, n_units: $(n_in), tau_m: 0, act_fx: identity}\n"
    "  W:\n"
    "    type: BCMSynapse\n"
    "    shape: [$(n_in), $(n_out)]\n"
    "    weight_init: {uniform: {low: 0.0, high: 0.05}}\n"
    "contexts:\n"
    "  layer1: {model: layer.yaml, with: {n_in: $(n_in * 2)}}\n"
    "wires:\n"
    "  - lgn.zF >> W.inputs\n"
    "  - {wire: W.outputs >> W.post, delayed: true}\n"
    "processes:\n"
    "  advance: lgn.advance_state >> W.advance_state\n"
    "  learn:   [W.evolve]\n"
    "  step:    {join: [advance, learn, later]}\n"
    "  later:   {command: [advance_state, evolve], only: [lgn], except: [layer1.W]}\n"
    "data:\n"
    "  patches: {file: data/patches.npz, array: p, scale: 0.5}\n"
    "watch: [lgn.z, {compartment: W.theta, every: 10, process: step}]\n"
    "output: {directory: runs/orientation, report: false, mosaic: {W.weights: {tile: [13, 13], "
    "axis: rows}}}\n";

TEST(ModelSyntaxTest, HoldsEverySectionOfAModel) {
  const ParsedModel parsed{kOrientation};
  const ModelSyntax& model = parsed.model;

  EXPECT_EQ(parsed.said(), "");
  EXPECT_EQ(model.name, "orientation");
  EXPECT_EQ(model.description, "BCM cells.");
  EXPECT_EQ(model.seed, 1234U);
  EXPECT_EQ(model.plugins.at(0).text, "build/libmycells.so");
  EXPECT_EQ(model.defaults.at(0).key, "batch_size");
  EXPECT_EQ(model.data.at(0).file.text, "data/patches.npz");
  EXPECT_EQ(model.data.at(0).array->text, "p");
  EXPECT_EQ(model.data.at(0).scale, 0.5);
  EXPECT_EQ(model.watches.at(0).compartment.text, "lgn.z");
  EXPECT_EQ(model.watches.at(1).every, 10);
  EXPECT_EQ(model.watches.at(1).process->text, "step");
  EXPECT_EQ(model.output.directory->text, "runs/orientation");
  EXPECT_EQ(model.output.mosaics.at(0).tile_columns, 13);
  EXPECT_TRUE(model.output.mosaics.at(0).by_rows);
  EXPECT_FALSE(model.has_protocol);
}

TEST(ModelSyntaxTest, KeepsComponentsAsTypesAndParameters) {
  const ParsedModel parsed{kOrientation};

  const ComponentSyntax* W = parsed.model.component("W");
  ASSERT_NE(W, nullptr);
  EXPECT_EQ(W->type.text, "BCMSynapse");
  EXPECT_EQ(at(W->place), "12:3+1");
  ASSERT_EQ(W->parameters.size(), 2U);
  EXPECT_EQ(W->parameters[0].key, "shape");
  EXPECT_EQ(W->parameters[0].value.items()[1].integer(), 25);
  EXPECT_EQ(at(W->parameters[0].value.items()[1].place()), "14:22+8");
  EXPECT_EQ(W->parameters[1].value.find("uniform")->find("high")->real(), 0.05);
}

TEST(ModelSyntaxTest, KeepsDeclarationsInTheOrderOfTheirSections) {
  const ParsedModel parsed{kOrientation};

  ASSERT_EQ(parsed.model.declarations.size(), 3U);
  const auto& layer = std::get<ContextSyntax>(parsed.model.declarations[2]);
  EXPECT_EQ(layer.model.text, "layer.yaml");
  EXPECT_EQ(overrides_of(layer).at(0).value.integer(), 338);

  const ParsedModel other{
      "plexus: 1\ncontexts: {l: {model: l.yaml}}\ncomponents: {a: {type: A}}\n"};
  EXPECT_TRUE(std::holds_alternative<ContextSyntax>(other.model.declarations.at(0)));
}

TEST(ModelSyntaxTest, ReadsWiresAndProcesses) {
  const ParsedModel parsed{kOrientation};
  const ModelSyntax& model = parsed.model;

  EXPECT_EQ(model.wires.at(0).source.name, "lgn.zF");
  EXPECT_FALSE(model.wires.at(0).delayed);
  EXPECT_EQ(model.wires.at(1).destination.text, "W.post");
  EXPECT_TRUE(model.wires.at(1).delayed);
  EXPECT_EQ(std::get<Chain>(model.process("advance")->steps).methods.at(1).text, "W.advance_state");
  EXPECT_EQ(std::get<Chain>(model.process("learn")->steps).methods.size(), 1U);
  EXPECT_EQ(std::get<Join>(model.process("step")->steps).processes.at(2).text, "later");
  const auto& command = std::get<Command>(model.process("later")->steps);
  EXPECT_EQ(command.methods.at(1).text, "evolve");
  EXPECT_EQ(command.only.at(0).text, "lgn");
  EXPECT_EQ(command.except.at(0).text, "layer1.W");
}

TEST(ModelSyntaxTest, IsNamedByItsFile) {
  Diagnostics diagnostics;
  const auto source = std::make_shared<const Source>("some/where/bars.yaml", model_with(""));

  EXPECT_EQ(parse_model(source, {}, diagnostics).name, "bars");
}

TEST(ModelParameters, AreOverriddenAndSeenByLaterOnes) {
  const std::string text =
      model_with("parameters: {n: 4, m: $(n * 2), act: tanh}\nname: m$(m)_$(act)\n");

  EXPECT_EQ(ParsedModel(text).model.name, "m8_tanh");
  const ParsedModel parsed{text, {"n=1e1", "act=relu", "n=5"}};
  EXPECT_EQ(parsed.said(), "");
  EXPECT_EQ(parsed.model.name, "m10_relu");
  EXPECT_TRUE(parsed.model.parameters.at(0).overridden);
  EXPECT_FALSE(parsed.model.parameters.at(1).overridden);
}

TEST(ModelParameters, RefuseSettingsThatDoNotFit) {
  const std::string text = model_with("parameters: {n_out: 4}\n");

  EXPECT_THAT(ParsedModel(text, {"n_uot=3"}).said(),
              StartsWith("--set:1:1: error: the model 'm.yaml' has no parameter 'n_uot'\n"
                         "    1 | n_uot=3\n"
                         "      | ^~~~~\n"
                         "  did you mean 'n_out'?\n"));
  EXPECT_THAT(
      ParsedModel(text, {"n_out=abc"}).said(),
      StartsWith(
          "--set:1:7: error: parameter 'n_out' is set to 'abc', but it is a number in the model"));
  EXPECT_THAT(ParsedModel(text, {"n_out"}).said(), HasSubstr("a setting is NAME=VALUE"));
  EXPECT_THAT(ParsedModel(text, {"n_out=[1]"}).said(),
              HasSubstr("--set:1:7: error: the value of 'n_out' is a list"));
}

TEST(ModelParameters, OfANestedModelComeFromItsContext) {
  const ParsedModel outer{kOrientation};
  Diagnostics diagnostics;
  const auto source =
      std::make_shared<const Source>("layer.yaml", model_with("parameters: {n_out: 3}\nseed: 3\n"));

  parse_model(source, overrides_of(std::get<ContextSyntax>(outer.model.declarations[2])),
              diagnostics, Role::nested);

  EXPECT_THAT(diagnostics.print(),
              HasSubstr("m.yaml:17:38: error: the model 'layer.yaml' has no parameter 'n_in'"));
  EXPECT_THAT(diagnostics.print(), HasSubstr("warning: the 'seed' of a nested model is ignored"));
  EXPECT_THAT(diagnostics.print(), HasSubstr("warning: the 'data' of a nested model is ignored"));
  EXPECT_EQ(diagnostics.errors(), 1U);
}

/// A model and the first line that is said about it.
struct WrongModel {
  const char* name;
  std::string text;
  const char* said;
};

class WrongSyntax : public testing::TestWithParam<WrongModel> {};

TEST_P(WrongSyntax, IsReportedOnceAtItsPlace) {
  const ParsedModel parsed{GetParam().text};

  const std::string said = parsed.said();
  EXPECT_EQ(said.substr(0, said.find('\n')), GetParam().said);
  EXPECT_EQ(parsed.diagnostics.errors() + parsed.diagnostics.warnings(), 1U) << said;
}

std::string components(const std::string& text) {
  return "plexus: 1\ncomponents:\n  " + text + '\n';
}
std::string wires(const std::string& text) {
  return model_with("wires:\n  - " + text + '\n');
}
std::string processes(const std::string& text) {
  return "plexus: 1\ncomponents: {a: {type: A}}\nprocesses:\n  " + text + '\n';
}

INSTANTIATE_TEST_SUITE_P(
    Model, WrongSyntax,
    testing::Values(
        WrongModel{"Empty", "# nothing\n", "m.yaml:1:1: error: the file is empty"},
        WrongModel{"List", "[1]", "m.yaml:1:1: error: the file is a list; expected a mapping"},
        WrongModel{"NoVersion", "components: {a: {type: A}}\n",
                   "m.yaml:1:1: error: the format's version is missing"},
        WrongModel{"LateVersion", "components: {a: {type: A}}\nplexus: 1\n",
                   "m.yaml:2:1: error: 'plexus' must be the first key"},
        WrongModel{"OtherVersion", "plexus: 2\ncomponents: {a: {type: A}}\n",
                   "m.yaml:1:9: error: the format's version is 2; this program reads version 1"},
        WrongModel{"QuotedVersion", "plexus: '1'\ncomponents: {a: {type: A}}\n",
                   "m.yaml:1:9: error: plexus is '1'; expected the format's version, 1"},
        WrongModel{"UnknownSection", model_with("protocoll: []\n"),
                   "m.yaml:9:1: error: unknown key 'protocoll' in a model"},
        WrongModel{"Extension", model_with("constraints: []\n"),
                   "m.yaml:9:1: error: unknown key 'constraints' in a model"},
        WrongModel{"NoComponents", "plexus: 1\n", "m.yaml:1:1: error: the model has no components"},
        WrongModel{"NegativeSeed", model_with("seed: -1\n"),
                   "m.yaml:9:7: error: seed is -1; expected an integer from 0 to 4294967295"},
        WrongModel{
            "LargeSeed", model_with("seed: 4294967296\n"),
            "m.yaml:9:7: error: seed is 4294967296; expected an integer from 0 to 4294967295"},
        WrongModel{"Name", model_with("name: a:b\n"),
                   "m.yaml:9:7: error: 'a:b' cannot be the name of a model"},
        WrongModel{"ParameterName", model_with("parameters: {2n: 1}\n"),
                   "m.yaml:9:14: error: '2n' cannot be the name of a parameter"},
        WrongModel{"ParameterI", model_with("parameters: {i: 1}\n"),
                   "m.yaml:9:14: error: a parameter cannot be named 'i'"},
        WrongModel{"LaterParameter", model_with("parameters: {a: $(b), b: $(a)}\n"),
                   "m.yaml:9:19: error: parameter 'b' is declared further down, in line 9"},
        WrongModel{"ListParameter", model_with("parameters: {a: [1]}\n"),
                   "m.yaml:9:17: error: parameter 'a' is a list; expected a number, a text, true, "
                   "false or null"},
        WrongModel{"UnknownParameter", components("a: {type: A, n: $(m)}"),
                   "m.yaml:3:21: error: there is no parameter 'm'"},
        WrongModel{"BareComponent", components("a: RateCell"),
                   "m.yaml:3:6: error: component 'a' is 'RateCell'; expected a mapping"},
        WrongModel{"NoType", components("a: {tipe: A}"),
                   "m.yaml:3:3: error: component 'a' has no type"},
        WrongModel{"ComponentName", components("a-b: {type: A}"),
                   "m.yaml:3:3: error: 'a-b' cannot be the name of a component"},
        WrongModel{"TwoComponents", components("a: {type: A}\n  a: {type: B}"),
                   "m.yaml:4:3: error: the key 'a' comes twice, first in line 3"},
        WrongModel{"ContextLikeComponent",
                   components("a: {type: A}\ncontexts: {a: {model: m.yaml}}"),
                   "m.yaml:4:12: error: the name 'a' is taken, in line 3"},
        WrongModel{"ContextWithoutModel", components("a: {type: A}\ncontexts: {b: {with: {n: 1}}}"),
                   "m.yaml:4:12: error: context 'b' names no model"},
        WrongModel{"ContextKey",
                   components("a: {type: A}\ncontexts: {b: {model: m.yaml, wiht: {n: 1}}}"),
                   "m.yaml:4:31: error: unknown key 'wiht' in a context"},
        WrongModel{"WireKey", wires("{wire: lgn.z >> W.j, delay: true}"),
                   "m.yaml:10:26: error: unknown key 'delay' in a wire"},
        WrongModel{"WireDelayed", wires("{wire: lgn.z >> W.j, delayed: yes}"),
                   "m.yaml:10:35: error: delayed is 'yes'; expected true or false"},
        WrongModel{"WireCut", wires("{wire: Sum(a.z, b.z) >> W.j, delayed: true}"),
                   "m.yaml:10:21: error: the expression is cut at a comma"},
        WrongModel{"WireInBraces", wires("{lgn.z >> W.j}"),
                   "m.yaml:10:6: error: this wire is a mapping"},
        WrongModel{"WireNumber", wires("3"), "m.yaml:10:5: error: this wire is 3; expected a text"},
        WrongModel{"JoinOfUnknown", processes("p: {join: [a, q]}\n  q: a.step\n  r: {join: [q]}"),
                   "m.yaml:4:14: error: there is no process 'a'"},
        WrongModel{"JoinOfMethod", processes("p: {join: [a.step]}"),
                   "m.yaml:4:14: error: a join takes processes, and 'a.step' is a method"},
        WrongModel{"JoinOfItself", processes("p: {join: [q]}\n  q: {join: [p]}"),
                   "m.yaml:5:14: error: process 'p' joins itself: p -> q -> p"},
        WrongModel{"EmptyProcess", processes("p: []"),
                   "m.yaml:4:6: error: process 'p' is a list; expected at least one method"},
        WrongModel{"ProcessKind", processes("p: {}"),
                   "m.yaml:4:3: error: process 'p' is neither a join nor a command"},
        WrongModel{"CommandKey", processes("p: {command: reset, onyl: [a]}"),
                   "m.yaml:4:23: error: unknown key 'onyl' in a command"},
        WrongModel{"CommandName", processes("p: {command: a.reset}"),
                   "m.yaml:4:16: error: 'a.reset' cannot be the name of a command"},
        WrongModel{"BareData", components("a: {type: A}\ndata: {x: x.npy}"),
                   "m.yaml:4:11: error: data 'x' is 'x.npy'; expected a mapping"},
        WrongModel{"DataWithoutFile", components("a: {type: A}\ndata: {x: {array: x}}"),
                   "m.yaml:4:8: error: data 'x' names no file"},
        WrongModel{"DataScale", components("a: {type: A}\ndata: {x: {file: x.npy, scale: '2'}}"),
                   "m.yaml:4:32: error: scale is '2'; expected a number"},
        WrongModel{"WatchTwice",
                   model_with("watch: [lgn.z, {compartment: lgn.z, process: step}]\n"),
                   "m.yaml:9:30: error: lgn.z is watched already, in line 9"},
        WrongModel{"WatchUnknownProcess",
                   model_with("watch: [{compartment: lgn.z, process: stp}]\n"),
                   "m.yaml:9:39: error: there is no process 'stp'"},
        WrongModel{"WatchNothing", model_with("watch: [{every: 3}]\n"),
                   "m.yaml:9:9: error: this watch names no compartment"},
        WrongModel{"WatchEvery", model_with("watch: [{compartment: lgn.z, every: 0}]\n"),
                   "m.yaml:9:37: error: every is 0; expected an integer >= 1"},
        WrongModel{"Report", model_with("output: {report: true}\n"),
                   "m.yaml:9:18: error: this version of Plexus does not write reports yet"},
        WrongModel{"OutputKey", model_with("output: {dir: a}\n"),
                   "m.yaml:9:10: error: unknown key 'dir' in output"},
        WrongModel{"MosaicTile", model_with("output: {mosaic: {W.weights: {tile: [3]}}}\n"),
                   "m.yaml:9:37: error: tile is a list; expected two integers"},
        WrongModel{"PartlyInterpolated",
                   components("a: {type: A}\nparameters: {n: 3}\nseed: -$(n)"),
                   "m.yaml:5:7: error: seed is '-3'; expected an integer from 0 to 4294967295"}),
    [](const auto& test) { return std::string{test.param.name}; });

TEST(ModelWatch, OfAResetIsSeparateFromThatOfEveryRun) {
  EXPECT_EQ(
      ParsedModel{model_with("watch: [lgn.z, {compartment: lgn.z, process: reset}]\n")}.said(), "");
}

TEST(ModelProblems, AreAllReportedInOneGo) {
  const ParsedModel parsed{
      "plexus: 1\n"
      "sede: 3\n"
      "components: {lgn: {typ: RateCell}}\n"
      "wires: [lgn.z > W.j]\n"
      "protocol: [{run: step, steps: -1}]\n"};

  EXPECT_EQ(parsed.diagnostics.errors(), 5U) << parsed.said();
}

}  // namespace
}  // namespace plexus::model
