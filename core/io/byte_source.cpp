#include "plexus/core/io/byte_source.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>

#include <fmt/format.h>
#include <zlib.h>

#include "plexus/core/io/io_error.h"

namespace plexus::detail {
namespace {

constexpr std::string_view kIncomplete =
    "the file is incomplete or damaged: write or download it again";

}  // namespace

std::size_t ByteSource::read(std::span<std::byte> into) {
  std::size_t filled = 0;
  while (filled < into.size()) {
    const std::size_t n = read_some(into.subspan(filled));
    if (n == 0) break;
    filled += n;
  }
  position_ += filled;
  return filled;
}

void ByteSource::read_exactly(std::span<std::byte> into) {
  const std::uint64_t start = position_;
  if (const std::size_t n = read(into); n < into.size())
    throw io_error(name_,
                   fmt::format("ends after {} bytes, {} expected", start + n, start + into.size()),
                   kIncomplete);
}

void ByteSource::expect(std::uint64_t n) const {
  const std::uint64_t left = most_ - std::min(position_, most_);
  if (n > left)
    throw io_error(name_,
                   fmt::format("{} bytes expected after byte {}, {}{} there", n, position_,
                               exact_ ? "" : "at most ", left),
                   kIncomplete);
  if (exact_ && n < left)
    throw io_error(name_, fmt::format("{} bytes follow the end of the array", left - n),
                   "the header does not fit the data: write the file again, one array per file");
}

void ByteSource::expect_end() {
  std::byte more{};
  if (read({&more, 1}) != 0)
    throw io_error(name_, "more bytes follow the end of the array",
                   "the header does not fit the data: write the file again, one array per file");
}

std::string ByteSource::read_rest() {
  std::string all;
  constexpr std::size_t kBlock = std::size_t{1} << 20;
  for (std::size_t n = kBlock; n == kBlock;) {
    const std::size_t before = all.size();
    all.resize(before + kBlock);
    n = read(std::as_writable_bytes(std::span{all}.subspan(before)));
    all.resize(before + n);
  }
  return all;
}

std::uint64_t file_length(const std::filesystem::path& path) {
  std::error_code failure;
  const auto status = std::filesystem::status(path, failure);
  if (!std::filesystem::exists(status))
    throw io_error(path.string(), fmt::format("cannot be read: {}", failure.message()),
                   "check the path");
  if (!std::filesystem::is_regular_file(status))
    throw io_error(
        path.string(),
        std::filesystem::is_directory(status) ? "is a directory" : "is not a regular file",
        "name a file: .npy, .npz, .csv or IDX");
  const auto length = std::filesystem::file_size(path, failure);
  if (failure)
    throw io_error(path.string(), fmt::format("cannot be read: {}", failure.message()),
                   "check the file and its permissions");
  return length;
}

std::uint64_t most_unpacked(std::uint64_t packed) noexcept {
  constexpr std::uint64_t kRatio = 1032, kMax = std::numeric_limits<std::uint64_t>::max();
  return packed > kMax / kRatio ? kMax : packed * kRatio;
}

std::unique_ptr<ByteSource> open_unpacked(const std::filesystem::path& path) {
  constexpr std::array kGzipMagic{std::byte{0x1F}, std::byte{0x8B}};
  std::array<std::byte, 2> start{};
  FileSource{path}.read(start);
  if (start == kGzipMagic) return std::make_unique<GzipSource>(path);
  return std::make_unique<FileSource>(path);
}

FileSource::FileSource(const std::filesystem::path& path)
    : ByteSource(path.string(), file_length(path), true), file_(std::fopen(path.c_str(), "rb")) {
  if (!file_)
    throw io_error(name(), fmt::format("cannot be read: {}", system_reason(errno)),
                   "check the file and its permissions");
}

std::size_t FileSource::read_some(std::span<std::byte> into) {
  const std::size_t n = std::fread(into.data(), 1, into.size(), file_.get());
  if (n == 0 && std::ferror(file_.get()) != 0)
    throw io_error(name(), fmt::format("cannot be read: {}", system_reason(errno)),
                   "check the disk the file is on");
  return n;
}

GzipSource::GzipSource(const std::filesystem::path& path)
    : ByteSource(path.string(), most_unpacked(file_length(path)), false),
      file_(gzopen(path.c_str(), "rb")) {
  if (!file_)
    throw io_error(name(), fmt::format("cannot be read: {}", system_reason(errno)),
                   "check the file and its permissions");
}

void GzipSource::Close::operator()(void* file) const noexcept {
  gzclose_r(static_cast<gzFile>(file));
}

std::size_t GzipSource::read_some(std::span<std::byte> into) {
  constexpr std::size_t kMost = std::size_t{1} << 30;  // gzread counts in int
  auto* const file = static_cast<gzFile>(file_.get());
  const int n = gzread(file, into.data(), static_cast<unsigned>(std::min(into.size(), kMost)));
  int code = Z_OK;
  const char* const reason = gzerror(file, &code);
  if (n < 0 || (n == 0 && code != Z_OK && code != Z_STREAM_END))
    throw io_error(name(), fmt::format("cannot be unpacked: {}", reason), kIncomplete);
  return static_cast<std::size_t>(n);
}

}  // namespace plexus::detail
