#include "plexus/core/io/idx.h"

#include <array>
#include <limits>
#include <optional>

#include <fmt/format.h>

#include "plexus/core/io/byte_source.h"
#include "plexus/core/io/element.h"
#include "plexus/core/io/io_error.h"

namespace plexus {
namespace {

std::optional<detail::Element> element_of(std::byte code) {
  switch (std::to_integer<unsigned>(code)) {
    case 0x08: return detail::Element{'u', 1, true};
    case 0x09: return detail::Element{'i', 1, true};
    case 0x0B: return detail::Element{'i', 2, true};
    case 0x0C: return detail::Element{'i', 4, true};
    case 0x0D: return detail::Element{'f', 4, true};
    case 0x0E: return detail::Element{'f', 8, true};
    default: return {};
  }
}

struct IdxHeader {
  detail::Element element;
  Shape shape;
};

/// Two zero bytes, type, number of axes; the extents, big-endian; the values.
IdxHeader read_header(detail::ByteSource& source) {
  std::array<std::byte, 4> magic{};
  const std::size_t n = source.read(magic);
  const auto element = element_of(magic[2]);
  if (n < magic.size() || magic[0] != std::byte{0} || magic[1] != std::byte{0} || !element)
    throw detail::io_error(source.name(), "is not in the IDX format",
                           "name an IDX, .npy, .npz or .csv file");
  const auto rank = std::to_integer<unsigned>(magic[3]);
  if (rank == 0)
    throw detail::io_error(source.name(), "is an IDX file without axes",
                           "the first axis counts the samples");

  Shape shape;
  for (unsigned axis = 0; axis < rank; ++axis) {
    std::array<std::byte, 4> digits{};
    source.read_exactly(digits);
    std::int64_t extent = 0;
    for (const std::byte digit : digits)
      extent = extent << 8U | std::to_integer<std::int64_t>(digit);
    if (axis < 2) {
      shape.push_back(extent);
    } else if (extent > 0 && shape[1] > std::numeric_limits<std::int64_t>::max() / extent) {
      throw detail::io_error(source.name(), "claims an impossible shape",
                             "the file is damaged: write or download it again");
    } else {
      shape[1] *= extent;
    }
  }
  source.expect(detail::byte_size(shape, *element, source.name()));
  return {*element, shape};
}

}  // namespace

Tensor read_idx(const std::filesystem::path& path, Integers integers) {
  const auto source = detail::open_unpacked(path);
  const IdxHeader header = read_header(*source);
  return detail::read_elements(*source, header.element, header.shape, false, integers);
}

ArrayHeader inspect_idx(const std::filesystem::path& path, Integers integers) {
  const auto source = detail::open_unpacked(path);
  const IdxHeader header = read_header(*source);
  return {header.shape, detail::dtype_of(header.element, integers),
          detail::to_string(header.element)};
}

}  // namespace plexus
