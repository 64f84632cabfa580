#include "plexus/core/io/npz.h"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>
#include <zip.h>

#include "plexus/core/io/byte_source.h"
#include "plexus/core/io/io_error.h"
#include "plexus/core/io/npy_format.h"

namespace plexus {
namespace {

constexpr std::string_view kSuffix = ".npy";
constexpr std::string_view kDamaged =
    "the file is incomplete or damaged: write or download it again";

struct CloseFile {
  void operator()(zip_file_t* file) const noexcept { zip_fclose(file); }
};

/// The length a member claims, once it is known to be possible.
std::uint64_t member_length(zip_t* zip, zip_uint64_t index, std::uint64_t file_length,
                            const std::string& name) {
  zip_stat_t stat;
  constexpr zip_uint64_t kNeeded = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
  if (zip_stat_index(zip, index, 0, &stat) != 0 || (stat.valid & kNeeded) != kNeeded)
    throw detail::io_error(name, "cannot be found in the archive", kDamaged);
  const bool stored = stat.comp_method == ZIP_CM_STORE;
  if (!stored && stat.comp_method != ZIP_CM_DEFLATE)
    throw detail::io_error(name, fmt::format("is packed by zip method {}", stat.comp_method),
                           "write the file with numpy.savez or numpy.savez_compressed");
  const std::uint64_t most = stored ? stat.comp_size : detail::most_unpacked(stat.comp_size);
  if (stat.comp_size > file_length || stat.size > most)
    throw detail::io_error(
        name, fmt::format("claims {} bytes in a file of {}", stat.size, file_length), kDamaged);
  return stat.size;
}

/// A member of an archive, unpacked; its checksum is tested at its end.
class MemberSource : public detail::ByteSource {
 public:
  MemberSource(zip_t* zip, zip_uint64_t index, std::uint64_t file_length, const std::string& name)
      : ByteSource(name, member_length(zip, index, file_length, name), true),
        file_(zip_fopen_index(zip, index, 0)) {
    if (!file_)
      throw detail::io_error(name, fmt::format("cannot be read: {}", zip_strerror(zip)), kDamaged);
  }

 private:
  std::size_t read_some(std::span<std::byte> into) override {
    const zip_int64_t n = zip_fread(file_.get(), into.data(), into.size());
    if (n < 0)
      throw detail::io_error(
          name(), fmt::format("cannot be read: {}", zip_file_strerror(file_.get())), kDamaged);
    return static_cast<std::size_t>(n);
  }

  std::unique_ptr<zip_file_t, CloseFile> file_;
};

}  // namespace

struct NpzReader::Archive {
  struct Discard {
    void operator()(zip_t* archive) const noexcept { zip_discard(archive); }
  };

  std::string path;
  std::uint64_t length = 0;
  std::unique_ptr<zip_t, Discard> zip;
  std::vector<std::string> names, others;
  std::vector<zip_uint64_t> name_index, other_index;  // members of the archive

  [[nodiscard]] MemberSource array(std::string_view name) const {
    const auto found = std::ranges::find(names, name);
    if (found == names.end())
      throw detail::io_error(
          path, fmt::format("there is no array '{}'", name),
          names.empty() ? "the file holds no arrays" : did_you_mean(name, names));
    return {zip.get(), name_index[static_cast<std::size_t>(found - names.begin())], length,
            fmt::format("{}: array {}", path, name)};
  }
};

NpzReader::NpzReader(const std::filesystem::path& path) : archive_(std::make_unique<Archive>()) {
  archive_->path = path.string();
  archive_->length = detail::file_length(path);
  int code = 0;
  archive_->zip.reset(zip_open(path.c_str(), ZIP_RDONLY, &code));
  if (!archive_->zip) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string reason = zip_error_strerror(&error);
    zip_error_fini(&error);
    throw detail::io_error(archive_->path, fmt::format("is not a .npz archive: {}", reason),
                           "write it with numpy.savez, or name a .npz file");
  }

  std::unordered_set<std::string_view> seen;
  const auto count = static_cast<zip_uint64_t>(zip_get_num_entries(archive_->zip.get(), 0));
  for (zip_uint64_t i = 0; i < count; ++i) {
    const char* const raw = zip_get_name(archive_->zip.get(), i, 0);
    if (raw == nullptr) throw detail::io_error(archive_->path, "a member has no name", kDamaged);
    const std::string_view member{raw};
    if (!seen.insert(member).second)
      throw detail::io_error(archive_->path, fmt::format("holds '{}' twice", member),
                             "write the file again with one array for each name");
    if (member.ends_with(kSuffix)) {
      archive_->names.emplace_back(member.substr(0, member.size() - kSuffix.size()));
      archive_->name_index.push_back(i);
    } else {
      archive_->others.emplace_back(member);
      archive_->other_index.push_back(i);
    }
  }
}

NpzReader::~NpzReader() = default;
NpzReader::NpzReader(NpzReader&&) noexcept = default;
NpzReader& NpzReader::operator=(NpzReader&&) noexcept = default;

const std::vector<std::string>& NpzReader::names() const noexcept {
  return archive_->names;
}
const std::vector<std::string>& NpzReader::others() const noexcept {
  return archive_->others;
}

ArrayHeader NpzReader::header(std::string_view name, Integers integers) const {
  MemberSource source = archive_->array(name);
  return detail::inspect_npy(source, integers);
}

Tensor NpzReader::read(std::string_view name, Integers integers) const {
  MemberSource source = archive_->array(name);
  return detail::read_npy(source, integers);
}

std::string NpzReader::text(std::string_view name) const {
  const auto& others = archive_->others;
  const auto found = std::ranges::find(others, name);
  if (found == others.end())
    throw detail::io_error(
        archive_->path, fmt::format("there is no member '{}'", name),
        others.empty() ? "the file holds arrays only" : did_you_mean(name, others));
  MemberSource source{archive_->zip.get(),
                      archive_->other_index[static_cast<std::size_t>(found - others.begin())],
                      archive_->length, fmt::format("{}: {}", archive_->path, name)};
  return source.read_rest();
}

NamedArrays read_npz(const std::filesystem::path& path, Integers integers) {
  const NpzReader reader{path};
  NamedArrays arrays;
  arrays.reserve(reader.names().size());
  for (const std::string& name : reader.names())
    arrays.emplace_back(name, reader.read(name, integers));
  return arrays;
}

}  // namespace plexus
