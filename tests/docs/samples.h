#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace plexus::docs {

/// A fenced block of a documentation page, with what an HTML comment right before it says.
struct Sample {
  std::filesystem::path page;
  int line = 0;          // of the fence
  std::string language;  // "yaml"
  std::string text;
  std::string mark, argument;  // <!-- mark: argument -->; empty without one
};

/// README.md and the pages of docs/, in order of their names.
std::vector<std::filesystem::path> pages();

/// The bytes of a page.
std::string read_text(const std::filesystem::path& page);

/// All fenced blocks of a page, in order.
std::vector<Sample> samples_of(const std::filesystem::path& page);

}  // namespace plexus::docs
