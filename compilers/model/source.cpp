#include "plexus/compilers/model/source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "plexus/core/error.h"

namespace plexus::model {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string with_plain_line_ends(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out += text[i];
      continue;
    }
    out += '\n';
    if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
  }
  return out;
}

}  // namespace

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Source::Source(std::string file, std::string text) : file_(std::move(file)) {
  std::string_view rest = text;
  while (rest.starts_with(kByteOrderMark)) rest.remove_prefix(kByteOrderMark.size());
  text_ = with_plain_line_ends(rest);
  starts_.push_back(0);
  for (std::size_t i = 0; i < text_.size(); ++i)
    if (text_[i] == '\n') starts_.push_back(i + 1);
}

std::shared_ptr<const Source> Source::read(const std::string& file) {
  if (std::error_code code; std::filesystem::is_directory(file, code))
    throw Error(Error::Kind::io, {}, fmt::format("{} is a directory", file),
                "name a model file in it");
  std::ifstream in(file, std::ios::binary);
  if (!in)
    throw Error(Error::Kind::io, {}, fmt::format("cannot read {}: {}", file, std::strerror(errno)),
                "check the path and its permissions");
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad())
    throw Error(Error::Kind::io, {}, fmt::format("cannot read {}: {}", file, std::strerror(errno)));
  return std::make_shared<const Source>(file, std::move(text));
}

std::string_view Source::line(int n) const {
  if (n < 1 || n > line_count()) return {};
  const auto k = static_cast<std::size_t>(n - 1);
  const std::size_t begin = starts_[k];
  const std::size_t end = k + 1 < starts_.size() ? starts_[k + 1] - 1 : text_.size();
  return std::string_view{text_}.substr(begin, end - begin);
}

Place Source::place(std::size_t at, std::size_t length) const {
  at = std::min(at, text_.size());
  const auto next = std::ranges::upper_bound(starts_, at);
  const auto index = static_cast<std::size_t>(next - starts_.begin()) - 1;
  const std::string_view text = line(static_cast<int>(index) + 1);
  const std::size_t column = std::min(at - starts_[index], text.size());
  return {.line = static_cast<int>(index) + 1,
          .column = static_cast<int>(count_characters(text.substr(0, column))) + 1,
          .length = static_cast<int>(
              std::max<std::size_t>(1, count_characters(text.substr(column, length)))),
          .source = this};
}

std::size_t Source::offset(const Place& place) const {
  const std::string_view text = line(place.line);
  if (place.line < 1 || place.line > line_count()) return text_.size();
  std::size_t byte = 0;
  for (int c = 1; c < place.column && byte < text.size(); ++c) {
    ++byte;
    while (byte < text.size() && (static_cast<unsigned char>(text[byte]) & 0xC0U) == 0x80U) ++byte;
  }
  return starts_[static_cast<std::size_t>(place.line - 1)] + byte;
}

std::size_t Source::offset(int line_from_0, int column_in_bytes) const {
  if (line_from_0 < 0) return 0;
  if (line_from_0 >= line_count()) return text_.size();
  return std::min(starts_[static_cast<std::size_t>(line_from_0)] +
                      static_cast<std::size_t>(std::max(0, column_in_bytes)),
                  text_.size());
}

}  // namespace plexus::model
