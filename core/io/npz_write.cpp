#include <array>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_set>

#include <fmt/format.h>
#include <zip.h>

#include "plexus/core/io/atomic_file.h"
#include "plexus/core/io/io_error.h"
#include "plexus/core/io/npy_format.h"
#include "plexus/core/io/npz.h"

namespace plexus {
namespace {

/// An archive being composed; libzip reads the members' bytes only when it is closed.
class Archive {
 public:
  Archive(const std::filesystem::path& temporary, std::string name) : name_(std::move(name)) {
    int code = 0;
    zip_ = zip_open(temporary.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (zip_ != nullptr) return;
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string reason = zip_error_strerror(&error);
    zip_error_fini(&error);
    fail(reason);
  }
  ~Archive() {
    if (zip_ != nullptr) zip_discard(zip_);
  }
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  /// Adds a member whose bytes are `head`, then `body`; both must live until close.
  void add(const std::string& member, std::span<const std::byte> head,
           std::span<const std::byte> body) {
    if (!members_.insert(member).second)
      throw detail::io_error(name_, fmt::format("two members are named '{}'", member),
                             "give every array a name of its own");
    std::array<zip_buffer_fragment_t, 2> parts{};
    std::size_t count = 0;
    for (const auto bytes : {head, body})  // libzip 1.7 reads past the end of an empty part
      if (!bytes.empty()) parts[count++] = fragment(bytes);
    zip_source_t* const source =
        zip_source_buffer_fragment(zip_, count == 0 ? nullptr : parts.data(), count, 0);
    if (source == nullptr) fail(zip_strerror(zip_));
    const zip_int64_t index = zip_file_add(zip_, member.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      zip_source_free(source);
      fail(zip_strerror(zip_));
    }
    const auto i = static_cast<zip_uint64_t>(index);
    constexpr zip_uint16_t kMidnight = 0, kFirstOf1980 = (1U << 5U) | 1U;
    if (zip_set_file_compression(zip_, i, ZIP_CM_STORE, 0) != 0 ||
        zip_file_set_dostime(zip_, i, kMidnight, kFirstOf1980, 0) != 0)
      fail(zip_strerror(zip_));
  }

  void close() {
    if (zip_close(zip_) != 0) fail(zip_strerror(zip_));
    zip_ = nullptr;
  }

 private:
  [[noreturn]] void fail(std::string_view reason) const {
    throw detail::io_error(name_, fmt::format("cannot be written: {}", reason),
                           "check the folder, its permissions and the space on its disk");
  }

  static zip_buffer_fragment_t fragment(std::span<const std::byte> bytes) {
    // libzip's type serves for reading and writing; these are only read.
    auto* const data = reinterpret_cast<zip_uint8_t*>(const_cast<std::byte*>(bytes.data()));
    return {data, bytes.size()};
  }

  zip_t* zip_ = nullptr;
  std::string name_;
  std::unordered_set<std::string> members_;
};

}  // namespace

void write_npz(const std::filesystem::path& path,
               std::span<const std::pair<std::string, Tensor>> arrays,
               std::span<const std::pair<std::string, std::string>> texts) {
  if (arrays.empty() && texts.empty()) {  // libzip would write no file at all
    std::string empty = "PK\x05\x06";
    empty.resize(22);
    return replace_file(path, std::as_bytes(std::span{empty}));
  }
  AtomicFile file{path};
  std::deque<std::string> headers;  // a deque: their addresses stay
  Archive archive{file.temporary(), path.string()};
  for (const auto& [name, array] : arrays) {
    const auto values =
        detail::value_bytes(array, fmt::format("{}: array {}", path.string(), name));
    const std::string& header =
        headers.emplace_back(detail::npy_header(array.shape, array.dtype()));
    archive.add(name + ".npy", std::as_bytes(std::span{header}), values);
  }
  for (const auto& [name, text] : texts) archive.add(name, {}, std::as_bytes(std::span{text}));
  archive.close();
  file.commit();
}

}  // namespace plexus
