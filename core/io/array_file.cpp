#include "plexus/core/io/array_file.h"

#include <array>
#include <string>

#include <fmt/format.h>

#include "plexus/core/io/byte_source.h"
#include "plexus/core/io/csv.h"
#include "plexus/core/io/idx.h"
#include "plexus/core/io/io_error.h"
#include "plexus/core/io/npy_format.h"
#include "plexus/core/io/npz.h"

namespace plexus {
namespace {

enum class FileKind { npy, npz, idx, text };

FileKind recognise(const std::filesystem::path& path) {
  const auto source = detail::open_unpacked(path);
  std::string start(512, '\0');
  start.resize(source->read(std::as_writable_bytes(std::span{start})));

  if (start.empty())
    throw detail::io_error(source->name(), "is empty", "give a .npy, .npz, .csv or IDX file");
  if (start.starts_with(detail::kNpyMagic)) return FileKind::npy;
  if (start.starts_with("PK\x03\x04") || start.starts_with("PK\x05\x06")) return FileKind::npz;
  constexpr std::string_view kTwoZeros{"\0\0", 2};
  constexpr std::string_view kIdxTypes = "\x08\x09\x0B\x0C\x0D\x0E";
  if (start.size() >= 4 && start.starts_with(kTwoZeros) &&
      kIdxTypes.find(start[2]) != std::string_view::npos)
    return FileKind::idx;
  if (start.find('\0') != std::string::npos)
    throw detail::io_error(source->name(), "is not an array file",
                           "give a .npy, .npz, .csv or IDX file");
  return FileKind::text;
}

void expect_no_name(const std::filesystem::path& path, std::string_view array) {
  if (!array.empty())
    throw detail::io_error(path.string(),
                           fmt::format("there is no array '{}': the file is no .npz", array),
                           "leave the array's name out");
}

/// The array named, or the first.
std::string_view chosen(const NpzReader& reader, const std::filesystem::path& path,
                        std::string_view array) {
  if (!array.empty()) return array;
  if (reader.names().empty())
    throw detail::io_error(path.string(), "the file holds no arrays", "write it with numpy.savez");
  return reader.names().front();
}

Tensor read_text(const std::filesystem::path& path) {
  const auto source = detail::open_unpacked(path);
  return parse_csv(source->read_rest(), source->name());
}

}  // namespace

bool is_npz(const std::filesystem::path& path) {
  return recognise(path) == FileKind::npz;
}

Tensor read_array(const std::filesystem::path& path, std::string_view array, Integers integers) {
  const FileKind kind = recognise(path);
  if (kind == FileKind::npz) {
    const NpzReader reader{path};
    return reader.read(chosen(reader, path, array), integers);
  }
  expect_no_name(path, array);
  if (kind == FileKind::idx) return read_idx(path, integers);
  if (kind == FileKind::text) return read_text(path);
  const auto source = detail::open_unpacked(path);
  return detail::read_npy(*source, integers);
}

ArrayHeader inspect_array(const std::filesystem::path& path, std::string_view array,
                          Integers integers) {
  const FileKind kind = recognise(path);
  if (kind == FileKind::npz) {
    const NpzReader reader{path};
    return reader.header(chosen(reader, path, array), integers);
  }
  expect_no_name(path, array);
  if (kind == FileKind::idx) return inspect_idx(path, integers);
  if (kind == FileKind::text) return {read_text(path).shape, DType::float32, "text"};
  const auto source = detail::open_unpacked(path);
  return detail::inspect_npy(*source, integers);
}

}  // namespace plexus
