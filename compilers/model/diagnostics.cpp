#include "plexus/compilers/model/diagnostics.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace plexus::model {
namespace {

constexpr std::size_t kShownWidth = 100;  // of a line of the file, in characters

/// A line as characters, each of one column: control characters and tabs become spaces, and bytes
/// that are no UTF-8 a replacement mark.
std::vector<std::string> printable_characters(std::string_view line) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < line.size();) {
    const auto lead = static_cast<unsigned char>(line[i]);
    if (lead < 0x80U) {
      out.emplace_back(1, lead < 0x20U || lead == 0x7FU ? ' ' : line[i]);
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) ++end;
    const std::size_t expected = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3 : 2;
    out.emplace_back(lead >= 0xC2U && lead < 0xF5U && end - i == expected ? line.substr(i, end - i)
                                                                          : "\xEF\xBF\xBD");
    i = end;
  }
  return out;
}

std::string join(const std::vector<std::string>& characters, std::size_t begin, std::size_t end) {
  std::string out;
  for (std::size_t i = begin; i < end; ++i) out += characters[i];
  return out;
}

/// The line and the caret under it; a long line is cut around the caret.
std::string excerpt(const Place& place, std::string_view line) {
  const auto characters = printable_characters(line);
  const std::size_t column =
      std::min(static_cast<std::size_t>(place.column - 1), characters.size());
  std::size_t begin = 0, end = characters.size();
  if (characters.size() > kShownWidth) {
    begin = column > kShownWidth / 2 ? std::min(column - kShownWidth / 2, end - kShownWidth) : 0;
    end = begin + kShownWidth;
  }
  const std::string before = begin > 0 ? "…" : "", after = end < characters.size() ? "…" : "";
  std::string shown = before + join(characters, begin, end) + after;
  shown.erase(shown.find_last_not_of(' ') + 1);

  const std::size_t indent = column - begin + (begin > 0 ? 1 : 0);
  const std::size_t room = std::max<std::size_t>(1, end - std::min(end, column));
  const std::size_t length =
      std::clamp<std::size_t>(static_cast<std::size_t>(std::max(1, place.length)), 1, room);
  return fmt::format("{:5} | {}\n      | {}^{}\n", place.line, shown, std::string(indent, ' '),
                     std::string(length - 1, '~'));
}

std::string indented(std::string_view text, std::size_t by) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out += fmt::format("{}{}\n", std::string(by, ' '), text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string_view word(Problem::Severity severity) {
  return severity == Problem::Severity::error ? "error" : "warning";
}

}  // namespace

void Diagnostics::error(const Place& place, std::string problem, std::string remedy) {
  report({.place = place, .problem = std::move(problem), .remedy = std::move(remedy)});
}

void Diagnostics::warning(const Place& place, std::string problem, std::string remedy) {
  report({.severity = Problem::Severity::warning,
          .place = place,
          .problem = std::move(problem),
          .remedy = std::move(remedy)});
}

void Diagnostics::report(Problem problem) {
  Entry entry;
  if (const Source* source = problem.place.source) {
    entry.file = source->file();
    entry.line = source->line(problem.place.line);
  }
  const auto known = std::ranges::find(files_, entry.file);
  entry.file_index = static_cast<std::size_t>(known - files_.begin());
  if (known == files_.end()) files_.push_back(entry.file);
  problem.place.source = nullptr;
  entry.problem = std::move(problem);

  const std::string identity =
      fmt::format("{}:{}:{}:{}:{}", entry.file_index, entry.problem.place.line,
                  entry.problem.place.column, word(entry.problem.severity), entry.problem.problem);
  if (!said_.insert(identity).second) return;
  errors_ += entry.problem.severity == Problem::Severity::error ? 1 : 0;
  entries_.push_back(std::move(entry));
}

std::vector<const Diagnostics::Entry*> Diagnostics::sorted() const {
  std::vector<const Entry*> out;
  for (const Entry& entry : entries_) out.push_back(&entry);
  std::ranges::stable_sort(out, {}, [](const Entry* e) {
    return std::tuple{e->file_index, e->problem.place.line, e->problem.place.column};
  });
  return out;
}

std::string Diagnostics::print() const {
  std::string out;
  for (const Entry* entry : sorted()) {
    const Problem& problem = entry->problem;
    const Place& place = problem.place;
    if (!out.empty()) out += '\n';
    if (!entry->file.empty()) out += entry->file + ':';
    if (place.line > 0) out += fmt::format("{}:{}:", place.line, place.column);
    if (!entry->file.empty() || place.line > 0) out += ' ';
    out += fmt::format("{}: {}\n", word(problem.severity), problem.problem);
    if (problem.show_line && place.line > 0) out += excerpt(place, entry->line);
    for (const std::string& note : problem.notes) out += indented(note, 4);
    out += indented(problem.remedy, 2);
  }
  return out;
}

std::string Diagnostics::json() const {
  auto out = nlohmann::ordered_json::array();
  for (const Entry* entry : sorted()) {
    std::string message = entry->problem.problem;
    for (const std::string& note : entry->problem.notes) message += '\n' + note;
    out.push_back({{"file", entry->file},
                   {"line", entry->problem.place.line},
                   {"column", entry->problem.place.column},
                   {"severity", word(entry->problem.severity)},
                   {"message", message},
                   {"remedy", entry->problem.remedy}});
  }
  return out.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

void Diagnostics::throw_if_errors() const {
  if (errors_ == 0) return;
  const auto all = sorted();
  const Entry* first = *std::ranges::find_if(
      all, [](const Entry* e) { return e->problem.severity == Problem::Severity::error; });
  std::string text = print();
  text.pop_back();  // the last line's end: an Error's text has none
  throw ModelError({first->file, first->problem.place.line, first->problem.place.column, {}}, text,
                   errors_);
}

}  // namespace plexus::model
