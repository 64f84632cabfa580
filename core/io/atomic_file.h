#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace plexus {

/// A file in the making. It is written under a temporary name beside its target and takes the
/// target's name when complete, so that an old file is lost only to a complete new one. A link
/// stays a link; what is no regular file (a pipe, /dev/null) gets the bytes and stays itself.
class AtomicFile {
 public:
  explicit AtomicFile(const std::filesystem::path& target);
  /// Removes what was written, unless committed.
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  /// Where to write.
  [[nodiscard]] const std::filesystem::path& temporary() const noexcept { return temporary_; }

  /// Brings what was written to disk, then under its name. Throws Error (io) when that fails.
  void commit();

 private:
  std::filesystem::path name_;    // as given, for messages
  std::filesystem::path target_;  // behind links
  std::filesystem::path temporary_;
  bool regular_ = true;
};

/// Writes a whole file at once, atomically.
void replace_file(const std::filesystem::path& path, std::span<const std::byte> bytes);

}  // namespace plexus
