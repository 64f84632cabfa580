#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include <gmock/gmock.h>

#include "tests/compilers/model/parsing.h"

namespace plexus::model {
namespace {

std::string read_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

TEST(GoldenModels, ParseWithoutAWord) {
  int seen = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(PLEXUS_SOURCE_DIR "/tests/golden")) {
    if (entry.path().extension() != ".yaml") continue;
    SCOPED_TRACE(entry.path().string());
    const ParsedModel parsed{read_text(entry.path())};
    EXPECT_EQ(parsed.said(), "");
    EXPECT_TRUE(parsed.model.has_protocol);
    ++seen;
  }
  EXPECT_GE(seen, 50);
}

/// One of: flip a bit, drop, double or swap a stretch, or put in a sign that YAML knows.
std::string mutate(std::string text, std::mt19937& rng) {
  const auto below = [&](std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(rng);
  };
  const std::string signs = "{}[]:,-#&*!|>'\"%@`$()\n\t .0\\~<=+/\xff";
  for (std::size_t count = 1 + below(4); count > 0; --count) {
    const std::size_t at = below(text.size());
    const std::size_t length = std::min(1 + below(12), text.size() - at);
    switch (below(6)) {
      case 0:
        text[at] = static_cast<char>(static_cast<unsigned char>(text[at]) ^ (1U << below(8)));
        break;
      case 1:
        if (length < text.size()) text.erase(at, length);
        break;
      case 2: text.insert(below(text.size()), text.substr(at, length)); break;
      case 3: std::swap(text[at], text[below(text.size())]); break;
      case 4: text.insert(at, 1, signs[below(signs.size())]); break;
      default: text[at] = signs[below(signs.size())];
    }
  }
  return text;
}

/// Everything that a caller may ask of a place, lest a wrong one goes unnoticed.
void look_at(const Node& node) {
  if (node.is(Node::Kind::text) && !node.text().empty()) {
    const Place place = node.place_at(node.text().size() - 1);
    EXPECT_GE(place.line, node.place().line);
    EXPECT_LE(place.line, node.place().source->line_count());
  }
  if (node.is(Node::Kind::list))
    for (const Node& item : node.items()) look_at(item);
  if (node.is(Node::Kind::mapping))
    for (const Node::Entry& entry : node.entries()) look_at(entry.value);
}

TEST(MutatedModels, ParseOrAreDiagnosed) {
  const std::string original =
      read_text(PLEXUS_SOURCE_DIR "/tests/golden/circuits/bcm_orientation_short.yaml");
  const std::string rich = original +
                           "output: {mosaic: {W.weights: {tile: [13, 13]}}}\n"
                           "contexts: {l: {model: \"l.yaml\", with: {n: $(n_in ** 2)}}}\n"
                           "defaults: &d {batch_size: 1, <<: {a: 'it''s', b: \"\\u00e9\\n\"}}\n"
                           "plugins:\n- |\n  one\n- >-\n  two\n  three\n- *d\n";
  std::mt19937 rng{20240607};
  int good = 0, diagnosed = 0;
  for (int k = 0; k < 2'000; ++k) {
    const std::string mutant = mutate(rich, rng);
    SCOPED_TRACE(mutant);
    const ParsedModel parsed{mutant, {"n_in=64"}};
    ASSERT_EQ(parsed.said().empty(),
              parsed.diagnostics.errors() + parsed.diagnostics.warnings() == 0);
    (parsed.diagnostics.errors() == 0 ? good : diagnosed) += 1;
    (void)parsed.diagnostics.json();
    const ReadText read{mutant};
    if (!read.root.is(Node::Kind::invalid)) look_at(read.root);
  }
  EXPECT_GT(diagnosed, 500);
  EXPECT_EQ(good + diagnosed, 2'000);
}

TEST(MutatedModels, OfRandomBytesAreDiagnosed) {
  std::mt19937 rng{7};
  std::uniform_int_distribution<int> byte(0, 255), size(0, 60);
  for (int k = 0; k < 2'000; ++k) {
    std::string text(static_cast<std::size_t>(size(rng)), ' ');
    for (char& c : text) c = static_cast<char>(byte(rng));
    EXPECT_GT(ParsedModel{text}.diagnostics.errors(), 0U);
  }
}

}  // namespace
}  // namespace plexus::model
