#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "plexus/compilers/model/diagnostics.h"

namespace plexus::model {

/// Maps a byte range of a text to its place in the file.
using Placer = std::function<Place(std::size_t offset, std::size_t length)>;

namespace detail {

/// Walks along a text, and says where in the file something is wrong with it: what all parsers of
/// single texts begin with.
class Scanner {
 protected:
  Scanner(std::string_view text, Placer placer, Diagnostics& diagnostics)
      : text_(text), placer_(std::move(placer)), diagnostics_(diagnostics) {}

  [[nodiscard]] Diagnostics& diagnostics() const noexcept { return diagnostics_; }
  [[nodiscard]] Place place(std::size_t at, std::size_t length = 1) const {
    return placer_(at, length);
  }

  std::nullopt_t fail(std::size_t at, std::size_t length, std::string problem,
                      std::string remedy = {}) const;
  /// The same for those that return a bool: false.
  bool refuse(std::size_t at, std::size_t length, std::string problem,
              std::string remedy = {}) const;

  [[nodiscard]] bool at_end() const noexcept { return at_ == text_.size(); }
  [[nodiscard]] bool starts_with(std::string_view sign) const;
  /// The whole UTF-8 character that stands here.
  [[nodiscard]] std::string_view character() const;
  /// The first byte from `at` on that is no blank.
  [[nodiscard]] std::size_t behind_blanks(std::size_t at) const;
  void skip() { at_ = behind_blanks(at_); }
  /// Goes over a sign and the blanks behind it, if it stands here.
  bool accept(std::string_view sign);

  std::string_view text_;
  std::size_t at_ = 0;

 private:
  Placer placer_;
  Diagnostics& diagnostics_;
};

}  // namespace detail
}  // namespace plexus::model
