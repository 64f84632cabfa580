#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace plexus::model {

class Source;

/// A stretch of one line of a text. It points into its source, which must outlive it
/// (a ModelSyntax keeps the sources of all its places).
struct Place {
  int line = 0;    // 1-based; 0: the file as a whole
  int column = 0;  // 1-based, in characters
  int length = 0;  // in characters
  const Source* source = nullptr;

  [[nodiscard]] bool known() const noexcept { return source != nullptr && line > 0; }
};

/// The text of a model with its file's name, split into lines.
///
/// A byte order mark is dropped, and line ends of other systems become '\n'. Any bytes are
/// accepted: what is wrong with them is the reader's business (yaml.h).
class Source {
 public:
  Source(std::string file, std::string text);
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  /// Reads a file. Throws Error: io.
  static std::shared_ptr<const Source> read(const std::string& file);

  [[nodiscard]] const std::string& file() const noexcept { return file_; }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] int line_count() const noexcept { return static_cast<int>(starts_.size()); }

  /// The n-th line (from 1) without its end, or "" where there is none.
  [[nodiscard]] std::string_view line(int n) const;

  /// The place of `length` bytes from byte `offset`, cut at the end of the line.
  [[nodiscard]] Place place(std::size_t offset, std::size_t length = 1) const;

  /// The byte at which a place starts.
  [[nodiscard]] std::size_t offset(const Place& place) const;

  /// The byte of a line and a column that count from 0, the column in bytes.
  [[nodiscard]] std::size_t offset(int line, int column_in_bytes) const;

 private:
  std::string file_, text_;
  std::vector<std::size_t> starts_;  // of each line
};

/// Characters of an UTF-8 text; a stray byte counts as one character if it opens one.
std::size_t count_characters(std::string_view text);

}  // namespace plexus::model
