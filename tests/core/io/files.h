// What the tests of files share: a folder of their own, bytes made by hand, damage done at random.
#pragma once

#include <bit>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include "plexus/core/error.h"

namespace plexus::test {

namespace fs = std::filesystem;

/// A test with an empty folder, removed at its end.
class InFolder : public testing::Test {
 protected:
  InFolder() {
    const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
    std::string name = std::string{test->test_suite_name()} + '-' + test->name();
    for (char& c : name)
      if (c == '/') c = '-';
    folder_ = fs::temp_directory_path() / ("plexus-" + std::to_string(::getpid()) + '-' + name);
    fs::create_directories(folder_);
  }
  ~InFolder() override { fs::remove_all(folder_); }

  [[nodiscard]] fs::path in(std::string_view name) const { return folder_ / name; }
  fs::path write(std::string_view name, std::string_view bytes) const {
    std::ofstream{in(name), std::ios::binary} << bytes;
    return in(name);
  }
  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator{folder_}, {}));
  }

 private:
  fs::path folder_;
};

inline std::string bytes_of(const fs::path& path) {
  std::ostringstream all;
  all << std::ifstream{path, std::ios::binary}.rdbuf();
  return all.str();
}

/// A value as it lies in memory, or the other way round.
template <typename T>
std::string raw(T value, bool reversed = false) {
  std::string bytes(sizeof(T), '\0');
  std::memcpy(bytes.data(), &value, sizeof(T));
  return reversed ? std::string{bytes.rbegin(), bytes.rend()} : bytes;
}

/// A .npy file around a header's text and the values' bytes.
inline std::string npy(std::string text, std::string_view values, int version = 1) {
  const std::size_t start = version == 1 ? 10 : 12;
  while ((start + text.size() + 1) % 64 != 0) text += ' ';
  text += '\n';
  std::string bytes = "\x93NUMPY";
  bytes += static_cast<char>(version);
  bytes += '\0';
  const auto length = static_cast<std::uint32_t>(text.size());
  bytes += raw(length).substr(0, version == 1 ? 2 : 4);
  return bytes + text + std::string{values};
}

inline std::string npy_of(std::string_view descr, std::string_view shape, std::string_view values,
                          bool fortran = false) {
  return npy("{'descr': '" + std::string{descr} + "', 'fortran_order': " +
                 (fortran ? "True" : "False") + ", 'shape': " + std::string{shape} + ", }",
             values);
}

inline std::string gzip(const fs::path& scratch, std::string_view bytes) {
  gzFile file = gzopen(scratch.c_str(), "wb");
  gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
  gzclose(file);
  return bytes_of(scratch);
}

/// `original` cut, or with a few bytes changed, inserted, removed or doubled.
inline std::string damaged(const std::string& original, std::mt19937& random) {
  const auto below = [&](std::size_t n) {
    return std::uniform_int_distribution<std::size_t>{0, n - 1}(random);
  };
  std::string bytes = original;
  if (below(4) == 0) bytes.resize(below(bytes.size()));
  for (std::size_t times = below(4) + (bytes.size() == original.size());
       times > 0 && !bytes.empty(); --times) {
    // Half of the damage is done near the start, where headers are.
    const std::size_t at =
        below(below(2) == 0 ? std::min<std::size_t>(bytes.size(), 140) : bytes.size());
    switch (below(4)) {
      case 0: bytes[at] = static_cast<char>(below(256)); break;
      case 1: bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8))); break;
      case 2: bytes.insert(at, 1, "0123456789,()'\xFF"[below(15)]); break;
      default: bytes.erase(at, below(8) + 1); break;
    }
  }
  return bytes;
}

}  // namespace plexus::test
