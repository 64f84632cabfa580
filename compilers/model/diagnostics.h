#pragma once

#include <cstddef>
#include <string>
#include <unordered_set>
#include <vector>

#include "plexus/compilers/model/source.h"
#include "plexus/core/error.h"

namespace plexus::model {

/// One finding about a model file.
struct Problem {
  enum class Severity { error, warning };

  Severity severity = Severity::error;
  Place place{};
  std::string problem{};  // "BCMSynapse 'W' has no parameter 'tau_tetha'"
  std::string remedy{};   // may have several lines; "" for none
  std::vector<std::string>
      notes{};            // lines between the problem and its remedy, e.g. a cycle's hops
  bool show_line = true;  // print the line of the file, with a caret
};

/// All problems of a model, in one Error whose text is their print-out.
class ModelError : public Error {
 public:
  ModelError(Where first, const std::string& printed, std::size_t errors)
      : Error(Kind::config, {}, printed), first_(std::move(first)), errors_(errors) {}

  /// Where the first error sits.
  [[nodiscard]] const Where& first() const noexcept { return first_; }
  [[nodiscard]] std::size_t errors() const noexcept { return errors_; }

 private:
  Where first_;
  std::size_t errors_;
};

/// Collects what is wrong with one or more model files. Never throws while checking, and says the
/// same thing about the same place only once. The sources may go once everything is reported.
class Diagnostics {
 public:
  void error(const Place& place, std::string problem, std::string remedy = {});
  void warning(const Place& place, std::string problem, std::string remedy = {});
  void report(Problem problem);

  [[nodiscard]] std::size_t errors() const noexcept { return errors_; }
  [[nodiscard]] std::size_t warnings() const noexcept { return entries_.size() - errors_; }
  [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }

  /// Every problem as "FILE:LINE:COLUMN: error: …" with its line, caret, notes and remedy, a blank
  /// line between two. Files in the order of their first problem, lines ascending.
  [[nodiscard]] std::string print() const;

  /// The same as a JSON array of {file, line, column, severity, message, remedy}; notes are
  /// further lines of the message.
  [[nodiscard]] std::string json() const;

  /// Throws ModelError if there is an error; warnings alone do not throw.
  void throw_if_errors() const;

 private:
  struct Entry {
    Problem problem;   // its place is cut loose from the source
    std::string file;  // "" where no file is concerned
    std::string line;
    std::size_t file_index = 0;
  };

  [[nodiscard]] std::vector<const Entry*> sorted() const;

  std::vector<Entry> entries_;
  std::vector<std::string> files_;
  std::unordered_set<std::string> said_;
  std::size_t errors_ = 0;
};

}  // namespace plexus::model
