#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "plexus/compilers/model/schema.h"
#include "plexus/plexus.h"
#include "tests/cli/program.h"
#include "tests/support/specimen.h"

namespace plexus {
namespace {

using nlohmann::json;
using test::Outcome;
using testing::HasSubstr;

class Describe : public test::ProgramTest {};

TEST_F(Describe, ListsEveryTypeAndOperator) {
  const Outcome all = plexus({"describe"});

  EXPECT_EQ(all.status, 0);
  for (const std::string& name : component_type_names()) EXPECT_THAT(all.out, HasSubstr(name));
  for (const OperatorType* type : operators()) EXPECT_THAT(all.out, HasSubstr(type->name));
  EXPECT_EQ(all.err, "");
}

class DescribeType : public test::ProgramTest, public testing::WithParamInterface<std::string> {};

TEST_P(DescribeType, TellsItsParametersCompartmentsAndMethods) {
  const Outcome told = plexus({"describe", GetParam()});

  EXPECT_EQ(told.status, 0);
  EXPECT_THAT(told.out, testing::StartsWith(GetParam()));
  for (const char* part : {"\nParameters\n", "\nCompartments\n", "\nMethods\n"})
    EXPECT_THAT(told.out, HasSubstr(part));
  const auto parameters = find_component_type(GetParam())->parameters();
  const Parameters described = parameters->describe();
  for (const Parameter& p : described.all())
    EXPECT_THAT(told.out, HasSubstr("\n  " + p.name + " "));
}

TEST_P(DescribeType, TellsWhatAComponentsHelpTells) {
  Context circuit("v", {.seed = 1});

  EXPECT_EQ(test::add_specimen(circuit, GetParam()).help(), plexus({"describe", GetParam()}).out);
}

TEST_P(DescribeType, IsJsonWhenAskedFor) {
  const json told = json::parse(plexus({"describe", GetParam(), "--json"}).out);

  EXPECT_EQ(told["name"], GetParam());
  EXPECT_FALSE(told["compartments"].empty());
  EXPECT_FALSE(told["methods"].empty());
}

INSTANTIATE_TEST_SUITE_P(Registry, DescribeType, testing::ValuesIn(component_type_names()),
                         [](const auto& type) { return type.param; });

TEST_F(Describe, TellsOfAnOperator) {
  EXPECT_THAT(plexus({"describe", "Delay"}).out, HasSubstr("Delay(a, n=1)"));
  const json told = json::parse(plexus({"describe", "Delay", "--json"}).out);
  EXPECT_EQ(told["arguments"][0], json({{"name", "n"}, {"required", false}, {"default", 1.0}}));
}

TEST_F(Describe, GivesAllAsJson) {
  const json all = json::parse(plexus({"describe", "--json"}).out);

  EXPECT_EQ(all["components"].size(), component_types().size());
  EXPECT_EQ(all["operators"].size(), operators().size());
}

TEST_F(Describe, NamesTheNearestType) {
  const Outcome refused = plexus({"describe", "BMCSynapse"});

  EXPECT_EQ(refused.status, 1);
  EXPECT_EQ(refused.out, "");
  EXPECT_THAT(refused.err, HasSubstr("did you mean 'BCMSynapse'?"));
}

TEST_F(Describe, SaysWhatIsWrongWithAPlugin) {
  const Outcome refused = plexus({"describe", "--plugin", "no.so"});

  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("no.so"));
}

TEST_F(Describe, SchemaIsThatOfTheLibrary) {
  const Outcome schema = plexus({"schema"});

  EXPECT_EQ(schema.status, 0);
  EXPECT_EQ(schema.out, model::json_schema());
  EXPECT_EQ(schema.err, "");
}

}  // namespace
}  // namespace plexus
