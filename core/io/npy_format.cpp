#include "plexus/core/io/npy_format.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <variant>

#include <fmt/format.h>

#include "plexus/core/io/io_error.h"

namespace plexus::detail {
namespace {

static_assert(std::endian::native == std::endian::little,
              "arrays are written as they lie in memory");

constexpr std::string_view kDamaged = "the file is damaged: write it again with numpy.save";

/// Reads the Python literal a header is: {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4),
/// }
class HeaderText {
 public:
  HeaderText(std::string_view text, std::string_view file) : rest_(text), file_(file) {}

  NpyHeader parse() {
    NpyHeader header;
    bool descr = false, order = false, shape = false;
    need('{');
    while (!take('}')) {
      const std::string_view key = quoted();
      need(':');
      if (key == "descr" && !descr) {
        header.element = element();
        descr = true;
      } else if (key == "fortran_order" && !order) {
        header.fortran = boolean();
        order = true;
      } else if (key == "shape" && !shape) {
        header.shape = extents();
        shape = true;
      } else {
        fail();
      }
      if (!take(',')) {
        need('}');
        break;
      }
    }
    skip_space();
    if (!rest_.empty() || !descr || !order || !shape) fail();
    return header;
  }

 private:
  [[noreturn]] void fail() const {
    throw io_error(file_, "the .npy header makes no sense", kDamaged);
  }

  void skip_space() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
  }
  bool take(char c) {
    skip_space();
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take(std::string_view word) {
    skip_space();
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  void need(char c) {
    if (!take(c)) fail();
  }

  std::string_view quoted() {
    const char quote = take('\'') ? '\'' : '"';
    if (quote == '"') need('"');
    const std::size_t end = rest_.find(quote);
    if (end == std::string_view::npos) fail();
    const std::string_view text = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return text;
  }

  Element element() {
    skip_space();
    if (rest_.starts_with('[') || rest_.starts_with('('))
      throw io_error(file_, "holds records with named fields",
                     "save one field: numpy.save(path, a['field'])");
    const std::string_view descr = quoted();
    const auto known = parse_element(descr);
    if (!known)
      throw io_error(file_, fmt::format("holds values of type '{}'", printable(descr)),
                     "save real numbers: numpy.save(path, a.astype('float32'))");
    return *known;
  }

  bool boolean() {
    if (take("True")) return true;
    if (!take("False")) fail();
    return false;
  }

  Shape extents() {
    Shape shape;
    need('(');
    while (!take(')')) {
      skip_space();
      std::int64_t extent = 0;
      const auto [end, code] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), extent);
      if (code != std::errc{} || extent < 0) fail();
      rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
      take('L');  // written by Python 2
      if (shape.rank() == Shape::kMaxRank)
        throw io_error(file_, fmt::format("the array has more than {} axes", Shape::kMaxRank),
                       "save it with fewer: numpy.save(path, a.reshape(...))");
      shape.push_back(extent);
      if (!take(',')) {
        need(')');
        break;
      }
    }
    return shape;
  }

  static std::string printable(std::string_view text) {
    std::string out{text.substr(0, 40)};
    std::ranges::replace_if(
        out, [](char c) { return c < ' ' || c > '~'; }, '?');
    return out;
  }

  std::string_view rest_, file_;
};

std::size_t little_endian(std::span<const std::byte> bytes) {
  std::size_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;)
    value = value << 8U | std::to_integer<std::size_t>(bytes[i]);
  return value;
}

}  // namespace

NpyHeader read_npy_header(ByteSource& source) {
  std::array<std::byte, 8> start{};  // magic, major and minor version
  const std::size_t n = source.read(start);
  if (n < start.size() || !std::equal(kNpyMagic.begin(), kNpyMagic.end(), start.begin(),
                                      [](char c, std::byte b) { return std::byte(c) == b; }))
    throw io_error(source.name(), "is not in the .npy format",
                   "write it with numpy.save or numpy.savez");
  const auto version = std::to_integer<unsigned>(start[6]);
  if (version < 1 || version > 3)
    throw io_error(source.name(), fmt::format(".npy format version {} is not known", version),
                   "write it with numpy.save, which uses versions 1 to 3");

  std::array<std::byte, 4> count{};
  const auto digits = std::span{count}.first(version == 1 ? 2 : 4);
  source.read_exactly(digits);
  constexpr std::size_t kLongest = std::size_t{1} << 20;
  const std::size_t length = little_endian(digits);
  if (length > kLongest)
    throw io_error(source.name(), fmt::format("claims a header of {} bytes", length), kDamaged);
  std::string text(length, ' ');
  source.read_exactly(std::as_writable_bytes(std::span{text}));

  NpyHeader header = HeaderText{text, source.name()}.parse();
  source.expect(byte_size(header.shape, header.element, source.name()));
  return header;
}

Tensor read_npy(ByteSource& source, Integers integers) {
  const NpyHeader header = read_npy_header(source);
  return read_elements(source, header.element, header.shape, header.fortran, integers);
}

ArrayHeader inspect_npy(ByteSource& source, Integers integers) {
  const NpyHeader header = read_npy_header(source);
  return {header.shape, dtype_of(header.element, integers), to_string(header.element)};
}

std::string npy_header(const Shape& shape, DType dtype) {
  const char* const descr = dtype == DType::float32  ? "<f4"
                            : dtype == DType::uint32 ? "<u4"
                                                     : "<i4";
  std::string text = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': {}, }}", descr,
                                 to_string(shape));
  // NumPy leaves room for the first extent to grow to 21 digits.
  if (shape.rank() > 0) text.append(21 - fmt::formatted_size("{}", shape[0]), ' ');
  constexpr std::size_t kStart = 10, kAlign = 64;  // the values begin at a multiple of 64
  const std::size_t used = kStart + text.size() + 1;
  text.append((kAlign - used % kAlign) % kAlign, ' ');
  text += '\n';
  std::string header{kNpyMagic};
  header += {'\x01', '\x00', static_cast<char>(text.size() & 0xFFU),
             static_cast<char>(text.size() >> 8U)};
  return header + text;
}

std::span<const std::byte> value_bytes(const Tensor& array, std::string_view file) {
  return std::visit(
      [&](const auto& values) {
        if (values.size() != array.size())
          throw io_error(file,
                         fmt::format("{} values for an array of shape {}", values.size(),
                                     to_string(array.shape)),
                         "give as many values as the shape has");
        return std::as_bytes(std::span{values});
      },
      array.values);
}

}  // namespace plexus::detail
