// Whatever happens to a file, it is read or refused by an Error: nothing else, and no sanitizer's
// report.
#include <functional>

#include <gmock/gmock.h>

#include "plexus/core/io/array_file.h"
#include "plexus/core/io/npz.h"
#include "tests/core/io/files.h"

namespace plexus {
namespace {

using Original = std::function<std::string(const std::filesystem::path& scratch)>;

std::string archive(const std::filesystem::path& scratch) {
  const NamedArrays arrays{{"a", {Shape{2, 3}, std::vector<float>{1, 2, 3, 4, 5, 6}}},
                           {"b", {Shape{2}, std::vector<std::uint32_t>{1, 2}}}};
  const std::vector<std::pair<std::string, std::string>> texts{{"provenance.json", "{}"}};
  write_npz(scratch, arrays, texts);
  return test::bytes_of(scratch);
}

std::string deflated_archive(const std::filesystem::path&) {
  return test::bytes_of(std::filesystem::path{PLEXUS_SOURCE_DIR} /
                        "tests/golden/BCMSynapse/inputs.npz");
}

std::string idx(const std::filesystem::path&) {
  return std::string("\0\0\x0D\x03\0\0\0\x02\0\0\0\x02\0\0\0\x01", 16) + std::string(16, '\x3F');
}

struct Kind {
  const char* name;
  Original original;
};
std::ostream& operator<<(std::ostream& out, const Kind& kind) {
  return out << kind.name;
}

class DamagedFile : public test::InFolder, public testing::WithParamInterface<Kind> {};

TEST_P(DamagedFile, IsReadOrRefused) {
  std::mt19937 random{20240607};
  const std::string original = GetParam().original(in("scratch"));
  int read = 0, refused = 0;

  for (int i = 0; i < 2'000; ++i) {
    const auto path = write("damaged", test::damaged(original, random));
    SCOPED_TRACE(i);
    try {
      inspect_array(path);
      read_array(path, {}, Integers::keep);
      if (is_npz(path)) {
        read_npz(path);
        const NpzReader reader{path};
        for (const auto& name : reader.others()) (void)reader.text(name);
      }
      ++read;
    } catch (const Error& error) {
      ASSERT_EQ(error.kind(), Error::Kind::io);
      ASSERT_NE(error.remedy(), "");
      ++refused;
    }
  }

  EXPECT_GT(refused, 100);
  EXPECT_GT(read, 0);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, DamagedFile,
    testing::Values(
        Kind{"npy",
             [](const auto&) { return test::npy_of("<f8", "(2, 3)", std::string(48, '\x3F')); }},
        Kind{"npy_of_version_2",
             [](const auto&) {
               return test::npy("{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }",
                                std::string(12, 'x'), 2);
             }},
        Kind{"npz", archive}, Kind{"deflated_npz", deflated_archive}, Kind{"idx", idx},
        Kind{"gzipped_idx", [](const auto& scratch) { return test::gzip(scratch, idx(scratch)); }},
        Kind{"csv", [](const auto&) { return "x, y\n1, 2.5\n-3e2, 4 # four\n5, nan\n"; }}),
    [](const auto& parameter) { return parameter.param.name; });

}  // namespace
}  // namespace plexus
