#include "plexus/compilers/model/yaml.h"

#include <cmath>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "plexus/compilers/model/words.h"
#include "tests/compilers/model/parsing.h"

namespace plexus::model {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(YamlScalar, FollowsTheCoreSchemaOfYaml12) {
  const auto is_text = [](std::string_view text) {
    return resolve_plain(text) == Scalar{std::string{text}};
  };
  EXPECT_EQ(resolve_plain("010"), Scalar{std::int64_t{10}});
  EXPECT_EQ(resolve_plain("0o10"), Scalar{std::int64_t{8}});
  EXPECT_EQ(resolve_plain("0xFf"), Scalar{std::int64_t{255}});
  EXPECT_EQ(resolve_plain("+7"), Scalar{std::int64_t{7}});
  EXPECT_EQ(resolve_plain("-9223372036854775808"),
            Scalar{std::numeric_limits<std::int64_t>::min()});
  EXPECT_EQ(resolve_plain("9223372036854775808"), Scalar{9223372036854775808.0});
  EXPECT_EQ(resolve_plain("1e-4"), Scalar{1e-4});
  EXPECT_EQ(resolve_plain("-.5"), Scalar{-0.5});
  EXPECT_EQ(resolve_plain("5."), Scalar{5.0});
  EXPECT_EQ(resolve_plain("1e-999"), Scalar{0.0});
  EXPECT_EQ(resolve_plain("-.inf"), Scalar{-std::numeric_limits<double>::infinity()});
  EXPECT_TRUE(std::isnan(std::get<double>(*resolve_plain(".nan"))));
  EXPECT_EQ(resolve_plain("TRUE"), Scalar{true});
  EXPECT_EQ(resolve_plain("~"), Scalar{});
  for (const char* text :
       {"on", "yes", "off", "1_000", "0b1", "1:30", "inf", "nan", ".", "1e", "-", "0x", "-0x1"})
    EXPECT_TRUE(is_text(text)) << text;
  EXPECT_FALSE(resolve_plain("1e999").has_value());
  EXPECT_FALSE(resolve_plain("0xfffffffffffffffff").has_value());
}

TEST(YamlScalar, IsATextInQuotes) {
  const ReadText read{"a: '5'\nb: \"true\"\nc: |\n  5\nd: 5\n"};

  EXPECT_EQ(read["a"].text(), "5");
  EXPECT_EQ(read["b"].text(), "true");
  EXPECT_EQ(read["c"].text(), "5\n");
  EXPECT_EQ(read["d"].integer(), 5);
}

TEST(YamlScalar, TakesTheStandardTagsAndRefusesOthers) {
  const ReadText read{"a: !!str 5\nb: !!float 5\nc: !mine 5\nd: !!int x\n"};

  EXPECT_EQ(read["a"].text(), "5");
  EXPECT_EQ(read["b"].kind(), Node::Kind::real);
  EXPECT_TRUE(read["c"].is(Node::Kind::invalid));
  EXPECT_THAT(read.said(), HasSubstr("m.yaml:3:10: error: unknown tag '!mine'"));
  EXPECT_THAT(read.said(), HasSubstr("m.yaml:4:10: error: 'x' is no integer, as its tag says"));
}

TEST(YamlScalar, ServesAsAnIntegerWhereItIsAWholeReal) {
  const ReadText read{"a: 32.0\nb: 0.5\nc: 1e300\nd: .nan\n"};

  EXPECT_EQ(read["a"].whole(), 32);
  EXPECT_EQ(read["b"].whole(), std::nullopt);
  EXPECT_EQ(read["c"].whole(), std::nullopt);
  EXPECT_EQ(read["d"].whole(), std::nullopt);
}

TEST(YamlPlace, IsThatOfEachKeyAndValueInCharacters) {
  const ReadText read{"größe: &x  12\nb: [ü, \"q\"]\nc: {d: *x}\n"};

  EXPECT_EQ(at(read.root.entry("größe")->place), "1:1+5");
  EXPECT_EQ(at(read["größe"].place()), "1:12+2");
  EXPECT_EQ(at(read["b"].place()), "2:4+1");
  EXPECT_EQ(at(read["b"].items()[1].place()), "2:8+3");
  EXPECT_EQ(at(read["c"].find("d")->place()), "1:12+2");
}

TEST(YamlPlace, OfAnEmptyValueIsThatOfItsKey) {
  const ReadText read{"a:\nnull: 1\nb: ~\nc:\n  # none\n  -\n  - x\n  -\nd: {e, f: }\n"};

  EXPECT_TRUE(read["a"].is(Node::Kind::null));
  EXPECT_EQ(at(read["a"].place()), "1:1+1");
  EXPECT_EQ(at(read["b"].place()), "3:4+1");
  EXPECT_EQ(at(read["c"].items()[0].place()), "6:3+1");
  EXPECT_EQ(at(read["c"].items()[2].place()), "8:3+1");
  EXPECT_EQ(at(read["d"].find("e")->place()), "9:5+1");
  EXPECT_EQ(read.said(), "");
}

TEST(YamlPlace, InsideATextIsFoundWhateverItsStyle) {
  const ReadText read{
      "plain: one\n"
      "  two  three\n"
      "single: 'it''s\n"
      "\n"
      "  two three'\n"
      "double: \"\\u00e9\\t\\\n"
      "   two\\x21 three\"\n"
      "folded: >-  # a comment\n"
      "  one\n"
      "  two\n"
      "\n"
      "  three\n"
      "literal: |+2\n"
      "    two\n"
      "  three\n"};
  const auto place_of = [&](const char* key, std::string_view word) {
    const Node& node = read[key];
    return at(node.place_at(node.text().find(word), word.size()));
  };
  EXPECT_EQ(place_of("plain", "two"), "2:3+3");
  EXPECT_EQ(place_of("plain", "three"), "2:8+5");
  EXPECT_EQ(place_of("single", "s\n"), "3:14+1");
  EXPECT_EQ(place_of("single", "three"), "5:7+5");
  EXPECT_EQ(place_of("double", "two"), "7:4+3");
  EXPECT_EQ(place_of("double", "three"), "7:12+5");
  EXPECT_EQ(place_of("folded", "two"), "10:3+3");
  EXPECT_EQ(place_of("folded", "three"), "12:3+5");
  EXPECT_EQ(place_of("literal", "two"), "14:5+3");
  EXPECT_EQ(place_of("literal", "three"), "15:3+5");
  EXPECT_EQ(read["single"].text(), "it's\ntwo three");
  EXPECT_EQ(read["double"].text(), "\u00e9\ttwo! three");
}

TEST(YamlMapping, KeepsTheOrderAndRefusesAKeyThatComesTwice) {
  const ReadText read{"b: 1\na: 2\n\"b\": 3\n"};

  EXPECT_EQ(read.root.entries().size(), 2U);
  EXPECT_EQ(read.root.entries()[0].key, "b");
  EXPECT_EQ(read["b"].integer(), 1);
  EXPECT_THAT(read.said(),
              StartsWith("m.yaml:3:1: error: the key 'b' comes twice, first in line 1"));
}

TEST(YamlMapping, MergesOthersButExplicitKeysWin) {
  const ReadText read{
      "one: &one {a: 1, b: 1}\n"
      "two: &two {b: 2, c: 2}\n"
      "both: {x: 0, <<: [*one, *two], a: 9}\n"
      "text: {\"<<\": *one}\n"};

  const Node& both = read["both"];
  EXPECT_EQ(both.entries().size(), 4U);
  EXPECT_EQ(both.find("a")->integer(), 9);
  EXPECT_EQ(both.find("b")->integer(), 1);
  EXPECT_EQ(both.find("c")->integer(), 2);
  EXPECT_NE(read["text"].find("<<"), nullptr);
  EXPECT_EQ(read.said(), "");
}

TEST(YamlMapping, RefusesToMergeWhatIsNoMapping) {
  EXPECT_THAT(ReadText{"a: {<<: 3}\n"}.said(), HasSubstr("<< merges mappings, but here is 3"));
}

TEST(YamlMapping, RefusesKeysThatAreNoWords) {
  EXPECT_THAT(ReadText{"[a]: 1\n"}.said(), HasSubstr("m.yaml:1:1: error: a list cannot be a key"));
  EXPECT_THAT(ReadText{"a: 1\n: 2\n"}.said(),
              HasSubstr("m.yaml:2:1: error: there is no key before this ':'"));
  EXPECT_THAT(ReadText{"'': 2\n"}.said(), HasSubstr("a key is empty"));
}

TEST(YamlAlias, StandsForItsValue) {
  const ReadText read{"a: &x [1, {b: 2}]\nc: *x\n"};

  EXPECT_EQ(read["c"].items()[1].find("b")->integer(), 2);
  EXPECT_EQ(at(read["c"].items()[0].place()), "1:8+1");
}

TEST(YamlAlias, CannotContainItself) {
  EXPECT_THAT(ReadText{"a: &x [*x]\n"}.said(),
              HasSubstr("m.yaml:1:8: error: an alias inside the value"));
  EXPECT_THAT(ReadText{"a: *x\n"}.said(),
              HasSubstr("m.yaml:1:4: error: the alias *x names no anchor"));
}

TEST(YamlAlias, CannotUnfoldWithoutEnd) {
  std::string bomb = "a0: &a0 [x]\n";
  std::string tower = bomb;
  for (int k = 1; k < 40; ++k) bomb += fmt::format("a{0}: &a{0} [*a{1}, *a{1}]\n", k, k - 1);
  for (int k = 1; k < 100; ++k) tower += fmt::format("a{0}: &a{0} [[[*a{1}]]]\n", k, k - 1);

  EXPECT_THAT(ReadText{bomb}.said(), HasSubstr("the aliases unfold to too large a model"));
  EXPECT_THAT(ReadText{tower}.said(), HasSubstr("the aliases unfold to too large a model"));
}

TEST(Yaml, LimitsTheDepthOfNesting) {
  EXPECT_THAT(ReadText{"a: " + std::string(10'000, '[')}.said(),
              HasSubstr("the nesting is too deep"));
  EXPECT_EQ(ReadText{"a: " + std::string(60, '[') + std::string(60, ']')}.said(), "");
}

TEST(Yaml, ReadsJson) {
  const ReadText read{"{\"a\": [1, 2.5, null, true], \"b\": {\"c\": \"x\"}}"};

  EXPECT_EQ(read["a"].items()[1].real(), 2.5);
  EXPECT_EQ(read["b"].find("c")->text(), "x");
  EXPECT_EQ(read.said(), "");
}

/// What a broken text is told, up to the first line's end.
struct BrokenText {
  const char* name;
  std::string text;
  const char* said;
};

class BrokenYaml : public testing::TestWithParam<BrokenText> {};

TEST_P(BrokenYaml, IsToldWhereTheCauseIs) {
  const ReadText read{GetParam().text};

  EXPECT_TRUE(read.root.is(Node::Kind::invalid));
  EXPECT_EQ(read.said().substr(0, read.said().find('\n')), GetParam().said);
}

INSTANTIATE_TEST_SUITE_P(
    Yaml, BrokenYaml,
    testing::Values(
        BrokenText{"Tab", "a:\n\tb: 1\n", "m.yaml:2:1: error: a tab indents this line"},
        BrokenText{"TabBelow", "a:\n  b: 1\n\tc: 1\n",
                   "m.yaml:3:1: error: a tab indents this line"},
        BrokenText{"Indentation", "a:\n  b: 1\n c: 1\n",
                   "m.yaml:3:2: error: this line does not fit into what stands above it"},
        BrokenText{"DeeperKey", "a: 1\n  b: 1\n",
                   "m.yaml:2:3: error: this line continues the value in line 1"},
        BrokenText{"NoColon", "a: 1\nb\nc: 2\n", "m.yaml:2:1: error: this line has no ':'"},
        BrokenText{"TwoColons", "a: b: c\n", "m.yaml:1:5: error: a ':' where no key can end"},
        BrokenText{"OpenList", "a: [1, 2\nb: 3\n",
                   "m.yaml:1:4: error: this [ is not closed where it should be"},
        BrokenText{"OpenMapping", "a: {x: 1\nb: 3\n",
                   "m.yaml:1:4: error: this { is not closed where it should be"},
        BrokenText{"WrongBracket", "a: [1, 2}\n",
                   "m.yaml:1:9: error: this closing bracket has no opening one of its kind"},
        BrokenText{"OpenQuote", "a: \"b\nc: 1\n", "m.yaml:1:4: error: this \" is not closed"},
        BrokenText{"Braces", "a: {n: ${x}}\n", "m.yaml:1:8: error: ${ does not interpolate"},
        BrokenText{"At", "a: @x\n", "m.yaml:1:4: error: a value cannot begin with @"},
        BrokenText{"Dash", "a: - 1\n", "m.yaml:1:4: error: a list or mapping cannot begin here"},
        BrokenText{"Escape", "a: \"\\q\"\n", "m.yaml:1:7: error: unknown escape character: q"},
        BrokenText{"TwoDocuments", "a: 1\n---\nb: 2\n",
                   "m.yaml:2:1: error: a second YAML document starts here"},
        BrokenText{"NoUtf8", "a: \xff\n",
                   "m.yaml:1:4: error: the file contains the byte 0xff, which is no UTF-8"},
        BrokenText{"Overlong", "a: \xc0\xaf\n",
                   "m.yaml:1:4: error: the file contains the byte 0xc0, which is no UTF-8"},
        BrokenText{"Surrogate", "a: \xed\xa0\x80\n",
                   "m.yaml:1:4: error: the file contains the byte 0xed, which is no UTF-8"},
        BrokenText{"Nul", std::string("a: 1\0", 5),
                   "m.yaml:1:5: error: the file contains the control character 0x00"}),
    [](const auto& test) { return std::string{test.param.name}; });

}  // namespace
}  // namespace plexus::model
