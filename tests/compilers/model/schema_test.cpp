#include "plexus/compilers/model/schema.h"

#include <set>
#include <string>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "plexus/plexus.h"

namespace plexus::model {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class SchemaTest : public testing::Test {
 protected:
  const json schema_ = json::parse(json_schema());
  const json& defs_ = schema_["$defs"];

  /// Every value of "$ref" below.
  static void collect(const json& node, std::set<std::string>& refs) {
    if (node.is_object() && node.contains("$ref")) refs.insert(node["$ref"].get<std::string>());
    if (node.is_structured())
      for (const json& child : node) collect(child, refs);
  }
};

TEST_F(SchemaTest, NamesItsDraftAndTheSectionsOfAModel) {
  EXPECT_EQ(schema_["$schema"], "https://json-schema.org/draft/2020-12/schema");
  for (const char* section :
       {"plexus", "name", "description", "seed", "plugins", "parameters", "defaults", "components",
        "contexts", "wires", "processes", "data", "protocol", "watch", "output"})
    EXPECT_TRUE(schema_["properties"].contains(section)) << section;
  EXPECT_EQ(schema_["properties"].size(), 15U);
  EXPECT_EQ(schema_["additionalProperties"], false);
}

TEST_F(SchemaTest, DefinesWhateverItRefersTo) {
  std::set<std::string> refs;
  collect(schema_, refs);

  EXPECT_GT(refs.size(), 15U);
  for (const std::string& ref : refs) {
    SCOPED_TRACE(ref);
    EXPECT_TRUE(schema_.contains(json::json_pointer(ref.substr(1))));
  }
}

TEST_F(SchemaTest, TellsComponentsApartByTheirType) {
  std::set<std::string> types;
  for (const json& one : defs_["component"]["oneOf"])
    types.insert(one["$ref"].get<std::string>().substr(std::string("#/$defs/").size()));

  EXPECT_EQ(types.size(), component_types().size());
  for (const ComponentType* type : component_types()) {
    SCOPED_TRACE(type->name);
    EXPECT_TRUE(types.contains(std::string(type->name)));
    EXPECT_EQ(defs_[std::string(type->name)]["properties"]["type"]["const"], type->name);
  }
}

TEST_F(SchemaTest, HasEveryParameterOfEveryTypeWithItsMeaning) {
  for (const ComponentType* type : component_types()) {
    SCOPED_TRACE(type->name);
    const json& properties = defs_[std::string(type->name)]["properties"];
    const auto parameters = type->parameters();
    const Parameters described = parameters->describe();
    std::size_t expected = 2 + described.retired().size();  // type and key
    std::set<std::string> groups;
    for (const Parameter& p : described.all()) {
      SCOPED_TRACE(p.name);
      if (const auto dot = p.name.find('.'); dot != std::string::npos) {
        groups.insert(p.name.substr(0, dot));
        const json& group = properties[p.name.substr(0, dot)]["anyOf"][0]["properties"];
        EXPECT_THAT(group[p.name.substr(dot + 1)]["description"].get<std::string>(),
                    HasSubstr(p.doc));
        continue;
      }
      ASSERT_TRUE(properties.contains(p.name));
      EXPECT_THAT(properties[p.name]["description"].get<std::string>(), HasSubstr(p.doc));
      expected += 1 + p.aliases.size();
    }
    EXPECT_EQ(properties.size(), expected + groups.size());
  }
}

TEST_F(SchemaTest, GivesRangesDefaultsAndUnits) {
  const json& bcm = defs_["BCMSynapse"]["properties"];

  EXPECT_EQ(bcm["tau_w"]["anyOf"][0], json({{"type", "number"}, {"exclusiveMinimum", 0.0}}));
  EXPECT_THAT(bcm["tau_w"]["description"].get<std::string>(), HasSubstr("[ms]; > 0"));
  EXPECT_FALSE(bcm["tau_w"].contains("default"));
  EXPECT_EQ(bcm["theta0"]["default"], -1.0);
  EXPECT_EQ(bcm["theta_floor"]["default"], nullptr);
  EXPECT_EQ(bcm["one_release"]["default"], false);
  EXPECT_EQ(bcm["resist_scale"]["deprecated"], true);
}

TEST_F(SchemaTest, TakesNullForAWordThatMayBeNone) {
  EXPECT_THAT(defs_["RateCell"]["properties"]["fx_lat"]["anyOf"][0]["enum"],
              testing::Contains(json(nullptr)));
  EXPECT_THAT(defs_["RateCell"]["properties"]["act_fx"]["anyOf"][0]["enum"],
              testing::Not(testing::Contains(json(nullptr))));
}

TEST_F(SchemaTest, TakesArithmeticInPlaceOfNumbers) {
  EXPECT_THAT(defs_["BCMSynapse"]["properties"]["tau_w"]["anyOf"],
              testing::Contains(json({{"$ref", "#/$defs/formula"}})));
}

TEST_F(SchemaTest, HasEveryInitialiserWithItsArgumentsAndOptions) {
  std::set<std::string> names;
  for (const json& one : defs_["initialiser"]["anyOf"])
    if (one.contains("properties")) names.insert(one["properties"].begin().key());

  EXPECT_EQ(names.size(), generators().size());
  for (const GeneratorInfo& generator : generators())
    EXPECT_TRUE(names.contains(std::string(generator.name))) << generator.name;
  const json& constant = defs_["initialiser"]["anyOf"][1]["properties"]["constant"];
  EXPECT_EQ(constant["required"], json({"value"}));
  EXPECT_TRUE(constant["properties"].contains("hollow"));
}

TEST_F(SchemaTest, HasEveryStatementThatThisVersionHas) {
  std::set<std::string> words;
  for (const json& one : defs_["statements"]["items"]["oneOf"]) words.insert(one["required"][0]);

  EXPECT_EQ(words, (std::set<std::string>{"run", "clamp", "for", "repeat", "every", "normalize",
                                          "set", "record", "log"}));
}

TEST_F(SchemaTest, TellsOfEveryOperator) {
  for (const OperatorType* type : operators())
    EXPECT_THAT(defs_["wire"]["description"].get<std::string>(), HasSubstr(type->name + ": "));
}

}  // namespace
}  // namespace plexus::model
