#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plexus/core/io/array_header.h"
#include "plexus/core/tensor.h"

namespace plexus {

using NamedArrays = std::vector<std::pair<std::string, Tensor>>;

/// All arrays of a .npz file, named without their ".npy", in the file's order.
/// Other members are skipped. Throws Error (io) for a file that is missing, damaged or something
/// else.
NamedArrays read_npz(const std::filesystem::path& path, Integers integers = Integers::to_float);

using NamedTexts = std::vector<std::pair<std::string, std::string>>;

/// Writes a .npz file: the arrays, each as NAME.npy, then the texts under their own names. Equal
/// contents give equal bytes: members in the order given, not compressed, all dated 1980-01-01. An
/// old file is replaced only by a complete new one. Throws Error (io) when it cannot be written.
void write_npz(const std::filesystem::path& path,
               std::span<const std::pair<std::string, Tensor>> arrays,
               std::span<const std::pair<std::string, std::string>> texts = {});

/// A .npz file opened to be read member by member.
class NpzReader {
 public:
  explicit NpzReader(const std::filesystem::path& path);
  ~NpzReader();
  NpzReader(NpzReader&&) noexcept;
  NpzReader& operator=(NpzReader&&) noexcept;

  /// The names of the arrays, in the file's order.
  [[nodiscard]] const std::vector<std::string>& names() const noexcept;
  /// The names of the members that are no arrays, such as "provenance.json".
  [[nodiscard]] const std::vector<std::string>& others() const noexcept;

  /// Shape and type of an array, from its first bytes. An unknown name is an Error with the nearest
  /// one.
  [[nodiscard]] ArrayHeader header(std::string_view name,
                                   Integers integers = Integers::to_float) const;
  [[nodiscard]] Tensor read(std::string_view name, Integers integers = Integers::to_float) const;
  /// A member that is no array, as it is.
  [[nodiscard]] std::string text(std::string_view name) const;

 private:
  struct Archive;
  std::unique_ptr<Archive> archive_;
};

}  // namespace plexus
