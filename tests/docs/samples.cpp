#include "tests/docs/samples.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

namespace plexus::docs {

namespace fs = std::filesystem;

std::vector<fs::path> pages() {
  const fs::path root = PLEXUS_SOURCE_DIR;
  std::vector<fs::path> all{root / "README.md"};
  for (const auto& entry : fs::directory_iterator(root / "docs"))
    if (entry.path().extension() == ".md") all.push_back(entry.path());
  std::ranges::sort(all.begin() + 1, all.end());
  return all;
}

std::string read_text(const fs::path& page) {
  std::ifstream in(page, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<Sample> samples_of(const fs::path& page) {
  std::vector<Sample> all;
  std::istringstream in(read_text(page));
  Sample next;
  bool inside = false;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.starts_with("```")) {
      if (!inside) {
        next.page = page;
        next.line = number;
        next.language = line.substr(3);
      } else {
        all.push_back(std::move(next));
        next = {};
      }
      inside = !inside;
    } else if (inside) {
      next.text += line + "\n";
    } else if (line.starts_with("<!-- ") && line.ends_with(" -->")) {
      const std::string comment = line.substr(5, line.size() - 9);
      const auto colon = std::min(comment.find(": "), comment.size());
      next.mark = comment.substr(0, colon);
      next.argument = comment.substr(std::min(colon + 2, comment.size()));
    } else if (!line.empty()) {
      next = {};
    }
  }
  return all;
}

}  // namespace plexus::docs
