#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace plexus::detail {

/// Bytes read from front to back, out of a file or a compressed part of one. It knows how many
/// there can be at most, so that no size written in a header is believed before memory is asked
/// for.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;

  /// What messages call it: "runs/a.npz: array W.weights".
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

  /// Fills `into` as far as the bytes reach, and says how far.
  std::size_t read(std::span<std::byte> into);
  /// Fills `into`; throws Error when the bytes end before.
  void read_exactly(std::span<std::byte> into);
  /// Throws Error when `n` more bytes cannot follow, or when it is certain that more than `n` do.
  void expect(std::uint64_t n) const;
  /// Throws Error when bytes are left, or when what was read fails its checksum.
  void expect_end();
  /// All bytes that are left.
  std::string read_rest();

 protected:
  /// `most`: an upper bound of the length, which `exact` says is the length.
  ByteSource(std::string name, std::uint64_t most, bool exact)
      : name_(std::move(name)), most_(most), exact_(exact) {}

 private:
  virtual std::size_t read_some(std::span<std::byte> into) = 0;  // 0 at the end only

  std::string name_;
  std::uint64_t most_;
  bool exact_;
  std::uint64_t position_ = 0;
};

/// A plain file.
class FileSource : public ByteSource {
 public:
  explicit FileSource(const std::filesystem::path& path);

 private:
  std::size_t read_some(std::span<std::byte> into) override;

  struct Close {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
};

/// A file compressed by gzip, unpacked.
class GzipSource : public ByteSource {
 public:
  explicit GzipSource(const std::filesystem::path& path);

 private:
  std::size_t read_some(std::span<std::byte> into) override;

  struct Close {
    void operator()(void* file) const noexcept;
  };
  std::unique_ptr<void, Close> file_;  // a gzFile
};

/// The bytes of a file, unpacked when it is one that gzip made.
std::unique_ptr<ByteSource> open_unpacked(const std::filesystem::path& path);

/// The length of a regular file. Throws Error when there is none under this path.
std::uint64_t file_length(const std::filesystem::path& path);

/// The most that `packed` bytes of a deflate stream can unpack to (1032 : 1).
std::uint64_t most_unpacked(std::uint64_t packed) noexcept;

}  // namespace plexus::detail
