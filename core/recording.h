#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "plexus/core/tensor.h"

namespace plexus {

/// What was watched and recorded: for each name an
/// array with one row a sample, in order of first use.
class Recording {
 public:
  struct Series {
    std::string name;
    Shape row;
    DType dtype = DType::float32;
    std::vector<std::uint32_t> words;  // rows, one after the other
    std::size_t count = 0;             // of rows, which may be empty

    [[nodiscard]] std::size_t rows() const noexcept { return count; }
    [[nodiscard]] Tensor tensor() const;  // shape (rows, row…)
    void append(const std::uint32_t* values);
  };

  /// The series of that name, made when needed. Throws
  /// Error: shape, if it has rows of another shape.
  Series& series(const std::string& name, const Shape& row, DType dtype);
  /// Adds one row to the series of that name.
  void append(const std::string& name, const Tensor& row);
  [[nodiscard]] const Series* find(const std::string& name) const;
  [[nodiscard]] const std::vector<std::unique_ptr<Series>>& all() const noexcept { return all_; }
  /// The array of that name. Throws Error: config, with the nearest name.
  [[nodiscard]] Tensor operator[](const std::string& name) const;
  [[nodiscard]] bool empty() const noexcept { return all_.empty(); }

  /// Writes all arrays to an .npz file, replaced only when the new one is complete; `texts` are
  /// further members, such as provenance.json. Throws Error: io.
  void save(const std::filesystem::path& file,
            const std::vector<std::pair<std::string, std::string>>& texts = {}) const;

 private:
  std::vector<std::unique_ptr<Series>> all_;
};

}  // namespace plexus
