#include "plexus/compilers/model/yaml/problems.h"

#include <algorithm>

#include <fmt/format.h>

namespace plexus::model::detail {
namespace {

/// A ':' where no key can end: often the line above is the cause.
void report_colon(const Source& source, const TreeBuilder& builder, std::size_t at,
                  Diagnostics& diagnostics) {
  const Place here = source.place(at);
  const Place next = source.place(builder.skip_blanks(builder.cursor()));
  const Place before = source.place(builder.last_scalar());
  if (next.line < here.line) {
    diagnostics.error(next, "this line has no ':'", "the lines of a mapping are `key: value`");
  } else if (before.line < here.line && next.column == here.column) {
    diagnostics.error(
        source.place(source.offset(here.line - 1, 0) +
                     source.line(here.line).find_first_not_of(' ')),
        fmt::format("this line continues the value in line {}", before.line),
        "indent a key like the keys above it; a text that contains ': ' needs quotes");
  } else {
    diagnostics.error(here, "a ':' where no key can end", "a text that contains ': ' needs quotes");
  }
}

}  // namespace

void report(const YAML::Exception& problem, const Source& source, const TreeBuilder& builder,
            Diagnostics& diagnostics) {
  namespace msg = YAML::ErrorMsg;
  const std::string& text = source.text();
  const std::size_t at =
      problem.mark.is_null() ? 0 : source.offset(problem.mark.line, problem.mark.column);
  const Place here = source.place(at);

  // A tab that indents is the cause, whatever the effect.
  const int first = source.place(builder.cursor()).line;
  for (int n = first; n <= here.line; ++n) {
    const std::string_view line = source.line(n);
    const std::size_t blank = std::min(line.find_first_not_of(" \t"), line.size());
    const std::size_t tab = line.substr(0, blank).find('\t');
    if (tab == std::string_view::npos || blank == line.size()) continue;
    diagnostics.error(source.place(source.offset(n - 1, static_cast<int>(tab))),
                      "a tab indents this line",
                      "YAML indents by spaces only: put two spaces for the tab");
    return;
  }

  if (const std::size_t brace = source.line(here.line).find("${");
      brace != std::string_view::npos) {
    diagnostics.error(source.place(source.offset(here.line - 1, static_cast<int>(brace)), 2),
                      "${ does not interpolate", "write $(…), with parentheses");
    return;
  }

  const std::string& what = problem.msg;
  if (what == msg::END_OF_MAP_FLOW || what == msg::END_OF_SEQ_FLOW) {
    if (const auto bracket = builder.open_bracket()) {
      const char sign = text[source.offset(*bracket)];
      diagnostics.error(*bracket, fmt::format("this {} is not closed where it should be", sign),
                        fmt::format("a {} or a comma is missing, at the latest in line {}",
                                    sign == '[' ? ']' : '}', here.line));
      return;
    }
  }
  if (what == msg::FLOW_END) {
    const bool here_it_is = at < text.size() && (text[at] == ']' || text[at] == '}');
    diagnostics.error(source.place(at > 0 && at <= text.size() && !here_it_is ? at - 1 : at),
                      "this closing bracket has no opening one of its kind",
                      "pair [ with ] and { with }; a text that contains brackets needs quotes");
  } else if (what == msg::END_OF_MAP || what == msg::END_OF_SEQ) {
    diagnostics.error(here, "this line does not fit into what stands above it",
                      "entries of one list or mapping begin in the same column; a mapping's are "
                      "`key: value`, a list's `- value`");
  } else if (what == msg::MAP_VALUE) {
    report_colon(source, builder, at, diagnostics);
  } else if (what == msg::MAP_KEY || what == msg::BLOCK_ENTRY) {
    diagnostics.error(here, "a list or mapping cannot begin here",
                      "begin it on a line of its own, indented");
  } else if (what == msg::UNKNOWN_TOKEN) {
    diagnostics.error(
        here,
        fmt::format("a value cannot begin with {}", at < text.size() ? text.substr(at, 1) : "this"),
        "put the text in quotes");
  } else if (what == msg::TAB_IN_INDENTATION) {
    diagnostics.error(here, "a tab indents this line",
                      "YAML indents by spaces only: put two spaces for the tab");
  } else if (what.starts_with(msg::UNKNOWN_ANCHOR)) {
    const std::size_t end = std::min(text.find_first_of(" \t\n,]}", at), text.size());
    diagnostics.error(
        source.place(at, end - at),
        fmt::format("the alias {} names no anchor above it", text.substr(at, end - at)),
        "mark the value it stands for with &, before its first use; a text that begins with * "
        "needs quotes");
  } else if (what.starts_with(msg::INVALID_ESCAPE)) {
    diagnostics.error(here, what, R"(write a backslash as \\, or put the text in single quotes)");
  } else if (what == msg::EOF_IN_SCALAR || what == msg::DOC_IN_SCALAR) {
    diagnostics.error(here, "a quoted text is not closed", "look for the missing quote above");
  } else {
    diagnostics.error(here, fmt::format("this is not valid YAML: {}", what),
                      "texts with special characters (: # [ ] { } & * ! % @ `) need quotes");
  }
}

}  // namespace plexus::model::detail
