#include "plexus/core/table.h"

#include <algorithm>

namespace plexus::detail {
namespace {

/// Characters of UTF-8: every byte but those of the form 10xxxxxx begins one.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

std::string aligned(std::span<const std::vector<std::string>> rows, std::string_view alignment,
                    std::string_view indent) {
  std::vector<std::size_t> widest;
  for (const auto& row : rows) {
    widest.resize(std::max(widest.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widest[i] = std::max(widest[i], width(row[i]));
  }

  std::string text;
  for (const auto& row : rows) {
    std::string line(indent);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string padding(widest[i] - width(row[i]), ' ');
      if (i > 0) line += "  ";
      const bool right = i < alignment.size() && alignment[i] == 'r';
      line += right ? padding + row[i] : row[i] + padding;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

}  // namespace plexus::detail
