#include "plexus/core/io/csv.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "plexus/core/error.h"
#include "plexus/core/io/byte_source.h"
#include "plexus/core/io/io_error.h"

namespace plexus {
namespace {

constexpr std::string_view kSpace = " \t\r\v\f";
constexpr std::string_view kSeparators = ",; \t\r\v\f";

std::string_view skip_space(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
  return text;
}

/// Takes the field that `rest` begins with.
std::string_view take_field(std::string_view& rest) {
  const std::string_view field = rest.substr(0, rest.find_first_of(kSeparators));
  rest.remove_prefix(field.size());
  return field;
}

std::optional<double> parse_number(std::string_view field) {
  if (field.starts_with('+') && !field.starts_with("+-")) field.remove_prefix(1);
  double value = 0;
  const auto [end, code] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (code != std::errc{} || end != field.data() + field.size()) return {};
  return value;
}

/// At most 40 characters of a field, with what cannot be printed replaced.
std::string shown(std::string_view field) {
  std::string text{field.substr(0, 40)};
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; }, '?');
  return text;
}

class Table {
 public:
  explicit Table(std::string_view file) : file_(file) {}

  void add_line(std::string_view line) {
    ++line_;
    line_text_ = line;
    const std::string_view rest = skip_space(line.substr(0, line.find('#')));
    if (rest.empty()) return;
    const bool first = !begun_;
    begun_ = true;
    if (first && is_heading(rest)) return;
    add_row(rest);
  }

  Tensor finish() && {
    if (rows_ == 0)
      throw detail::io_error(file_, "holds no numbers", "give at least one line of them");
    return {Shape{rows_, columns_}, std::move(values_)};
  }

 private:
  [[noreturn]] void fail(std::string_view place, std::string_view problem,
                         std::string_view remedy) const {
    const auto before =
        line_text_.substr(0, static_cast<std::size_t>(place.data() - line_text_.data()));
    // UTF-8: every byte but those of the form 10xxxxxx begins a character.
    const auto characters = std::ranges::count_if(
        before, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    throw Error{Error::Kind::io,
                {std::string{file_}, line_, static_cast<int>(characters) + 1, {}},
                problem,
                remedy};
  }

  static bool is_heading(std::string_view rest) {
    while (!rest.empty()) {
      if (parse_number(take_field(rest))) return false;
      rest.remove_prefix(std::min<std::size_t>(1, rest.size()));  // the separator
    }
    return true;
  }

  void add_row(std::string_view rest) {
    std::int64_t fields = 0;
    char separator = '\0';
    while (true) {
      const std::string_view place = rest;
      const std::string_view field = take_field(rest);
      if (rows_ > 0 && fields == columns_)
        fail(place, fmt::format("more than the {} numbers of the rows before", columns_), kRemedy);
      values_.push_back(number(place, field));
      ++fields;

      rest = skip_space(rest);
      if (rest.empty()) break;
      if (rest.front() != ',' && rest.front() != ';') continue;
      if (separator != '\0' && separator != rest.front())
        fail(rest, "a line with both ',' and ';'",
             "use one of them between numbers, and '.' before decimals");
      separator = rest.front();
      rest = skip_space(rest.substr(1));
    }
    if (rows_ > 0 && fields < columns_)
      fail(rest, fmt::format("only {} numbers, {} in the rows before", fields, columns_), kRemedy);
    columns_ = fields;
    ++rows_;
  }

  [[nodiscard]] float number(std::string_view place, std::string_view field) const {
    if (field.empty()) fail(place, "a number is missing", "write nan for an unknown value");
    const auto value = parse_number(field);
    if (!value)
      fail(place, fmt::format("'{}' is not a number", shown(field)), "write it as 1, -0.5 or 2e-3");
    const auto narrow = static_cast<float>(*value);
    if (std::isinf(narrow) && !std::isinf(*value))
      fail(place, fmt::format("{} is beyond float32", shown(field)), "scale the values");
    return narrow;
  }

  static constexpr std::string_view kRemedy = "every row needs the same number of columns";

  std::string_view file_, line_text_;
  int line_ = 0;
  bool begun_ = false;  // a line other than blanks and comments was seen
  std::int64_t rows_ = 0, columns_ = 0;
  std::vector<float> values_;
};

}  // namespace

Tensor parse_csv(std::string_view text, std::string_view file) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  Table table{file};
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    table.add_line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return std::move(table).finish();
}

Tensor read_csv(const std::filesystem::path& path) {
  detail::FileSource source{path};
  return parse_csv(source.read_rest(), source.name());
}

}  // namespace plexus
