#include "plexus/core/io/npz.h"

#include <bit>
#include <csignal>
#include <cstdlib>

#include <gmock/gmock.h>
#include <rapidcheck.h>
#include <sys/resource.h>
#include <zip.h>

#include "tests/core/io/files.h"
#include "tests/support/error_of.h"

namespace plexus {
namespace {

namespace fs = std::filesystem;

using test::bytes_of;
using test::error_of;
using testing::ElementsAre;
using testing::HasSubstr;

class Npz : public test::InFolder {};

const NamedArrays kArrays{
    {"cell.z", {Shape{2, 3}, std::vector<float>{0, 1, 2, 3, 4, 5}}},
    {"cell.key", {Shape{2}, std::vector<std::uint32_t>{7, 4294967295U}}},
    {"W.weights", {Shape{}, std::vector<float>{-0.5F}}},
    {"labels", {Shape{0}, std::vector<std::int32_t>{}}},
};

/// An archive made by libzip alone, its members deflated.
void write_zip(const std::filesystem::path& path,
               const std::vector<std::pair<std::string, std::string>>& members,
               zip_int32_t method = ZIP_CM_DEFLATE) {
  int code = 0;
  zip_t* const zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
  for (const auto& [name, bytes] : members) {
    zip_source_t* const source = zip_source_buffer(zip, bytes.data(), bytes.size(), 0);
    const auto index = static_cast<zip_uint64_t>(zip_file_add(zip, name.c_str(), source, 0));
    ASSERT_EQ(zip_set_file_compression(zip, index, method, 0), 0);
  }
  ASSERT_EQ(zip_close(zip), 0);
}

TEST_F(Npz, ArraysComeBackInOrderWithTheirTypes) {
  write_npz(in("a.npz"), kArrays);

  EXPECT_EQ(read_npz(in("a.npz"), Integers::keep), kArrays);
}

TEST_F(Npz, AnyArraysSurviveARoundTripBitForBit) {
  const auto path = in("a.npz");
  const bool ok = rc::check("read(write(x)) == x", [&] {
    NamedArrays arrays;
    const auto count = *rc::gen::inRange(0, 5);
    for (int i = 0; i < count; ++i) {
      Tensor array;
      const auto rank = *rc::gen::inRange(0, 6);
      for (int axis = 0; axis < rank; ++axis) array.shape.push_back(*rc::gen::inRange(0, 4));
      const auto words = *rc::gen::container<std::vector<std::uint32_t>>(
          array.size(), rc::gen::arbitrary<std::uint32_t>());
      switch (*rc::gen::inRange(0, 3)) {
        case 0: {
          std::vector<float> values;
          for (const auto word : words) values.push_back(std::bit_cast<float>(word));
          array.values = values;
          break;
        }
        case 1: array.values = words; break;
        default: array.values = std::vector<std::int32_t>(words.begin(), words.end());
      }
      arrays.emplace_back("array" + std::to_string(i), std::move(array));
    }

    write_npz(path, arrays);
    const NamedArrays again = read_npz(path, Integers::keep);

    RC_ASSERT(again.size() == arrays.size());
    for (std::size_t i = 0; i < arrays.size(); ++i) {
      RC_ASSERT(again[i].first == arrays[i].first);
      RC_ASSERT(again[i].second.shape == arrays[i].second.shape);
      RC_ASSERT(again[i].second.dtype() == arrays[i].second.dtype());
      const auto same = std::visit(
          [&](const auto& values) {
            const auto& others = std::get<std::decay_t<decltype(values)>>(again[i].second.values);
            return values.size() == others.size() &&
                   (values.empty() ||
                    std::memcmp(values.data(), others.data(), 4 * values.size()) == 0);
          },
          arrays[i].second.values);
      RC_ASSERT(same);
    }
  });
  EXPECT_TRUE(ok);
}

TEST_F(Npz, EqualContentsGiveEqualBytesWhateverClockAndZone) {
  const NamedArrays arrays = kArrays;
  const std::vector<std::pair<std::string, std::string>> texts{
      {"provenance.json", R"({"seed": 1})"}};
  write_npz(in("a.npz"), arrays, texts);

  ::setenv("TZ", "Pacific/Auckland", 1);
  ::tzset();
  write_npz(in("b.npz"), arrays, texts);
  ::unsetenv("TZ");
  ::tzset();

  EXPECT_EQ(bytes_of(in("a.npz")), bytes_of(in("b.npz")));
  EXPECT_EQ(bytes_of(in("a.npz")).substr(10, 4),
            std::string("\0\0\x21\0", 4));  // 00:00, 1980-01-01
}

TEST_F(Npz, TextsStandBesideArrays) {
  const std::vector<std::pair<std::string, std::string>> texts{{"provenance.json", "{}"},
                                                               {"empty.txt", ""}};
  write_npz(in("a.npz"), kArrays, texts);

  const NpzReader reader{in("a.npz")};

  EXPECT_THAT(reader.names(), ElementsAre("cell.z", "cell.key", "W.weights", "labels"));
  EXPECT_THAT(reader.others(), ElementsAre("provenance.json", "empty.txt"));
  EXPECT_EQ(reader.text("provenance.json"), "{}");
  EXPECT_EQ(reader.text("empty.txt"), "");
  EXPECT_THAT(error_of([&] { return reader.text("provenance.jsn"); }),
              HasSubstr("did you mean 'provenance.json'?"));
}

TEST_F(Npz, HeadersTellShapeAndTypeWithoutLoading) {
  write_npz(in("a.npz"), kArrays);
  const NpzReader reader{in("a.npz")};

  const ArrayHeader header = reader.header("cell.key", Integers::keep);

  EXPECT_EQ(header.shape, (Shape{2}));
  EXPECT_EQ(header.dtype, DType::uint32);
  EXPECT_EQ(header.stored, "uint32");
  EXPECT_EQ(reader.header("cell.key").dtype, DType::float32);
}

TEST_F(Npz, AnUnknownArrayGetsTheNearestName) {
  write_npz(in("a.npz"), kArrays);
  const NpzReader reader{in("a.npz")};

  const std::string text = error_of([&] { return reader.read("W.wieghts"); });

  EXPECT_THAT(text, HasSubstr("there is no array 'W.wieghts'"));
  EXPECT_THAT(text, HasSubstr("did you mean 'W.weights'?"));
}

TEST_F(Npz, DeflatedMembersAreRead) {
  const std::string zeros(4'000'000, '\0');
  write_zip(in("a.npz"),
            {{"z.npy", test::npy_of("<f4", "(1000000,)", zeros)}, {"readme", "hello"}});
  ASSERT_LT(fs::file_size(in("a.npz")), 10'000U);

  const NamedArrays arrays = read_npz(in("a.npz"));

  ASSERT_EQ(arrays.size(), 1U);
  EXPECT_EQ(arrays[0].second.size(), 1'000'000U);
}

TEST_F(Npz, AMemberThatIsNoArrayInSpiteOfItsNameIsRefused) {
  write_zip(in("a.npz"), {{"z.npy", "no array"}});

  EXPECT_THAT(error_of([&] { read_npz(in("a.npz")); }),
              HasSubstr("a.npz: array z: is not in the .npy format"));
}

TEST_F(Npz, AChangedValueFailsItsChecksum) {
  write_npz(in("a.npz"), kArrays);
  std::string bytes = bytes_of(in("a.npz"));
  const std::size_t values = bytes.find("\x93NUMPY") + 128;
  bytes[values + 4] = static_cast<char>(bytes[values + 4] ^ 1);
  write("b.npz", bytes);

  EXPECT_THAT(error_of([&] { read_npz(in("b.npz")); }), HasSubstr("cell.z"));
}

TEST_F(Npz, AMemberThatClaimsToBeHugeIsRefused) {
  write_npz(in("a.npz"), kArrays);
  std::string bytes = bytes_of(in("a.npz"));
  const std::size_t entry = bytes.find("PK\x01\x02");  // sizes at 20 and 24
  bytes.replace(entry + 20, 8, test::raw(0xFFFFFFF0U) + test::raw(0xFFFFFFF0U));
  write("b.npz", bytes);

  EXPECT_NE(error_of([&] { read_npz(in("b.npz")); }), "");
}

TEST_F(Npz, WhatIsNoArchiveIsRefused) {
  EXPECT_THAT(error_of([&] { read_npz(write("a.npz", "x,y\n1,2\n")); }),
              HasSubstr("is not a .npz archive"));
  EXPECT_THAT(error_of([&] { read_npz(in("none.npz")); }), HasSubstr("No such file"));
}

TEST_F(Npz, TwoArraysOfOneNameAreRefusedAndTheOldFileStays) {
  write_npz(in("a.npz"), kArrays);
  const std::string before = bytes_of(in("a.npz"));
  NamedArrays twice = kArrays;
  twice.push_back(twice.front());

  EXPECT_THAT(error_of([&] { write_npz(in("a.npz"), twice); }),
              HasSubstr("two members are named 'cell.z.npy'"));

  EXPECT_EQ(bytes_of(in("a.npz")), before);
  EXPECT_EQ(files(), 1U);
}

TEST_F(Npz, ValuesThatDoNotFillTheShapeAreRefused) {
  const NamedArrays wrong{{"W", {Shape{2, 2}, std::vector<float>{1, 2, 3}}}};

  EXPECT_THAT(error_of([&] { write_npz(in("a.npz"), wrong); }),
              HasSubstr("3 values for an array of shape (2, 2)"));

  EXPECT_EQ(files(), 0U);
}

TEST_F(Npz, AFullDiskLeavesTheOldFileAndNothingElse) {
  write_npz(in("a.npz"), kArrays);
  const std::string before = bytes_of(in("a.npz"));
  const NamedArrays large{{"W", {Shape{100'000}, std::vector<float>(100'000)}}};

  // No file may grow beyond 50 kB: to the writer the same as a full disk.
  rlimit old{};
  ::getrlimit(RLIMIT_FSIZE, &old);
  const rlimit small{50'000, old.rlim_max};
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  ::setrlimit(RLIMIT_FSIZE, &small);
  const std::string text = error_of([&] { write_npz(in("a.npz"), large); });
  ::setrlimit(RLIMIT_FSIZE, &old);
  std::signal(SIGXFSZ, handler);

  EXPECT_THAT(text, HasSubstr("a.npz: cannot be written"));
  EXPECT_EQ(bytes_of(in("a.npz")), before);
  EXPECT_EQ(files(), 1U);
}

TEST_F(Npz, AFolderThatIsNotThereIsNamed) {
  EXPECT_THAT(error_of([&] { write_npz(in("runs/a.npz"), kArrays); }),
              HasSubstr("there is no folder"));
}

}  // namespace
}  // namespace plexus
