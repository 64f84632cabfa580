#include "plexus/core/error.h"

#include <algorithm>
#include <cctype>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace plexus {
namespace {

std::string printable(const Where& where, std::string_view problem, std::string_view remedy) {
  std::string text;
  const std::string circuit = where.path.substr(0, where.path.find(':'));
  if (!where.file.empty())
    text = fmt::format("{}:{}:{}: error: ", where.file, where.line, where.column);
  else if (!circuit.empty() && !problem.starts_with(circuit + ":"))
    text = circuit + ": ";
  text += problem;
  if (!remedy.empty()) text += fmt::format("\n  {}", remedy);
  return text;
}

std::string lower(std::string_view text) {
  std::string out{text};
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return std::tolower(c); });
  return out;
}

}  // namespace

Error::Error(Kind kind, Where where, std::string_view problem, std::string_view remedy)
    : std::runtime_error(printable(where, problem, remedy)),
      kind_(kind),
      where_(std::move(where)),
      problem_(problem),
      remedy_(remedy) {}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  std::iota(above.begin(), above.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[b.size()];
}

std::string nearest(std::string_view name, std::span<const std::string> known) {
  const std::string low = lower(name);
  const auto distance = [&](const std::string& other) { return edit_distance(low, lower(other)); };
  const auto best = std::ranges::min_element(known, {}, distance);
  if (best == known.end()) return {};
  const std::size_t edits = distance(*best);
  const bool shares_a_letter = edits < std::max(name.size(), best->size());
  return edits <= 1 + name.size() / 5 && shares_a_letter ? *best : std::string{};
}

std::string did_you_mean(std::string_view name, std::span<const std::string> known) {
  if (const std::string best = nearest(name, known); !best.empty())
    return fmt::format("did you mean '{}'?", best);
  if (known.empty()) return {};
  constexpr std::size_t kShown = 12;
  const auto shown = known.first(std::min(known.size(), kShown));
  return fmt::format("known are: {}{}", fmt::join(shown, ", "), known.size() > kShown ? ", …" : "");
}

}  // namespace plexus
