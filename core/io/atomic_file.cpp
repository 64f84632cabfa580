#include "plexus/core/io/atomic_file.h"

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <memory>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "plexus/core/io/io_error.h"

namespace plexus {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kUnwritable =
    "check the folder, its permissions and the space on its disk";

Error cannot_write(const fs::path& path, std::string_view reason) {
  return detail::io_error(path.string(), fmt::format("cannot be written: {}", reason), kUnwritable);
}

/// The file behind a chain of links, which need not exist yet.
fs::path behind_links(const fs::path& path) {
  constexpr int kLongestChain = 40;  // as Linux counts before it gives up
  fs::path target = path;
  std::error_code none;
  for (int i = 0; i < kLongestChain && fs::is_symlink(target, none); ++i) {
    const fs::path next = fs::read_symlink(target, none);
    target = next.is_absolute() ? next : target.parent_path() / next;
  }
  return target;
}

/// Waits until the bytes of a file are on the disk.
void synchronize(const fs::path& file, const fs::path& name) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw cannot_write(name, detail::system_reason(errno));
  const int result = ::fsync(descriptor), code = errno;
  ::close(descriptor);
  // EINVAL: a file system that cannot, which is no failure of ours.
  if (result != 0 && code != EINVAL) throw cannot_write(name, detail::system_reason(code));
}

struct CloseFile {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

}  // namespace

AtomicFile::AtomicFile(const fs::path& target) : name_(target), target_(behind_links(target)) {
  std::error_code none;
  const auto status = fs::status(target_, none);
  if (fs::is_directory(status)) throw cannot_write(name_, "it is a directory");
  regular_ = !fs::exists(status) || fs::is_regular_file(status);
  const fs::path folder = regular_ ? target_.parent_path() : fs::temp_directory_path();
  if (!folder.empty() && !fs::is_directory(folder, none))
    throw detail::io_error(name_.string(), fmt::format("there is no folder {}", folder.string()),
                           "make the folder first");
  static std::atomic<unsigned> count = 0;
  temporary_ = folder / fmt::format(".plexus-{}-{}.tmp", ::getpid(), count++);
}

AtomicFile::~AtomicFile() {
  std::error_code none;
  if (!temporary_.empty()) fs::remove(temporary_, none);
}

void AtomicFile::commit() {
  if (regular_) {
    synchronize(temporary_, name_);
    if (std::rename(temporary_.c_str(), target_.c_str()) != 0)
      throw cannot_write(name_, detail::system_reason(errno));
    temporary_.clear();
    return;
  }
  std::ifstream from{temporary_, std::ios::binary};
  std::ofstream to{target_, std::ios::binary};
  if (from.peek() != std::ifstream::traits_type::eof()) to << from.rdbuf();
  to.close();
  if (!to) throw cannot_write(name_, "the device does not take it");
}

void replace_file(const fs::path& path, std::span<const std::byte> bytes) {
  AtomicFile file{path};
  std::unique_ptr<std::FILE, CloseFile> stream{std::fopen(file.temporary().c_str(), "wb")};
  if (!stream) throw cannot_write(path, detail::system_reason(errno));
  const bool written =
      bytes.empty() || std::fwrite(bytes.data(), bytes.size(), 1, stream.get()) == 1;
  if (!written || std::fflush(stream.get()) != 0)
    throw cannot_write(path, detail::system_reason(errno));
  stream.reset();
  file.commit();
}

}  // namespace plexus
