#include "plexus/core/io/npy.h"

#include <cmath>
#include <limits>

#include <gmock/gmock.h>

#include "tests/core/io/files.h"
#include "tests/support/error_of.h"

namespace plexus {
namespace {

namespace fs = std::filesystem;

using test::error_of;
using test::npy;
using test::npy_of;
using test::raw;
using testing::ElementsAre;
using testing::HasSubstr;

class Npy : public test::InFolder {};

/// Three values of one type, and what they become.
struct Stored {
  std::string name, descr, bytes;
  std::vector<float> floats;
  DType kept;
};

std::ostream& operator<<(std::ostream& out, const Stored& stored) {
  return out << stored.name;
}

template <typename T>
Stored stored(std::string name, std::string code, std::vector<T> values, DType kept, bool big) {
  Stored out{std::move(name), (sizeof(T) == 1 ? "|" : big ? ">" : "<") + code, {}, {}, kept};
  for (const T value : values) {
    out.bytes += raw(value, big);
    out.floats.push_back(static_cast<float>(value));
  }
  return out;
}

std::vector<Stored> every_type() {
  std::vector<Stored> all;
  for (const bool big : {false, true}) {
    const std::string order = big ? "_big" : "_little";
    const auto add = [&]<typename T>(const char* code, std::vector<T> values, DType kept) {
      all.push_back(stored(code + order, code, std::move(values), kept, big));
    };
    Stored half{"f2" + order, big ? ">f2" : "<f2", {}, {1.5F, -65504.0F, 0x1p-24F}, DType::float32};
    for (const int bits : {0x3E00, 0xFBFF, 0x0001})
      half.bytes += raw(static_cast<std::uint16_t>(bits), big);
    all.push_back(half);
    add("f4", std::vector<float>{1.5F, -3e38F, 1e-40F}, DType::float32);
    add("f8", std::vector<double>{0.1, -2.5, 1e-300}, DType::float32);
    add("u2", std::vector<std::uint16_t>{0, 258, 65535}, DType::int32);
    add("u4", std::vector<std::uint32_t>{0, 66051, 4294967295U}, DType::uint32);
    add("u8", std::vector<std::uint64_t>{0, 66051, 4294967295U}, DType::uint32);
    add("i2", std::vector<std::int16_t>{-32768, 258, 32767}, DType::int32);
    add("i4", std::vector<std::int32_t>{-2147483647, 66051, 7}, DType::int32);
    add("i8", std::vector<std::int64_t>{-2147483648LL, 66051, 2147483647}, DType::int32);
  }
  all.push_back(stored("u1", "u1", std::vector<std::uint8_t>{0, 7, 255}, DType::int32, false));
  all.push_back(stored("i1", "i1", std::vector<std::int8_t>{-128, 7, 127}, DType::int32, false));
  all.push_back(stored("b1", "b1", std::vector<std::uint8_t>{0, 1, 1}, DType::int32, false));
  return all;
}

class NpyOfType : public test::InFolder, public testing::WithParamInterface<Stored> {};

TEST_P(NpyOfType, BecomesFloats) {
  const auto path = write("a.npy", npy_of(GetParam().descr, "(3,)", GetParam().bytes));

  const Tensor array = read_npy(path);

  EXPECT_EQ(array.shape, (Shape{3}));
  EXPECT_THAT(array.floats(), testing::ElementsAreArray(GetParam().floats));
}

TEST_P(NpyOfType, KeepsIntegersWhenAsked) {
  const auto path = write("a.npy", npy_of(GetParam().descr, "(3,)", GetParam().bytes));

  const Tensor array = read_npy(path, Integers::keep);

  ASSERT_EQ(array.dtype(), GetParam().kept);
  EXPECT_EQ(inspect_npy(path, Integers::keep).dtype, GetParam().kept);
  std::visit(
      [](const auto& values) {
        for (std::size_t i = 0; i < 3; ++i)
          EXPECT_EQ(static_cast<float>(values[i]), GetParam().floats[i]) << i;
      },
      array.values);
}

INSTANTIATE_TEST_SUITE_P(Stored, NpyOfType, testing::ValuesIn(every_type()),
                         [](const auto& parameter) { return parameter.param.name; });

TEST_F(Npy, HalfPrecisionKeepsZerosInfinitiesAndNaN) {
  std::string bytes;
  for (const int bits : {0x8000, 0x7C00, 0xFC00, 0x7E01, 0x03FF, 0x0400})
    bytes += raw(static_cast<std::uint16_t>(bits));
  const Tensor array = read_npy(write("a.npy", npy_of("<f2", "(6,)", bytes)));

  const auto x = array.floats();
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  EXPECT_TRUE(x[0] == 0 && std::signbit(x[0]));
  EXPECT_EQ(x[1], kInfinity);
  EXPECT_EQ(x[2], -kInfinity);
  EXPECT_TRUE(std::isnan(x[3]));
  EXPECT_EQ(x[4], 1023 * 0x1p-24F);  // the largest subnormal
  EXPECT_EQ(x[5], 0x1p-14F);         // the smallest normal
}

TEST_F(Npy, FortranOrderIsTurnedIntoOurs) {
  std::string bytes;
  for (std::uint8_t column = 0; column < 3; ++column)
    for (std::uint8_t row = 0; row < 2; ++row)
      bytes += raw(static_cast<std::uint8_t>(10 * row + column));
  const auto path = write("a.npy", npy_of("|u1", "(2, 3)", bytes, true));

  EXPECT_THAT(read_npy(path).floats(), ElementsAre(0, 1, 2, 10, 11, 12));
}

TEST_F(Npy, FortranOrderOfThreeAxesIsTurnedIntoOurs) {
  std::string bytes;
  for (int k = 0; k < 4; ++k)
    for (int j = 0; j < 3; ++j)
      for (int i = 0; i < 2; ++i) bytes += raw(static_cast<std::uint8_t>(100 * i + 10 * j + k));
  const Tensor array = read_npy(write("a.npy", npy_of("|u1", "(2, 3, 4)", bytes, true)));

  std::size_t at = 0;
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 3; ++j)
      for (int k = 0; k < 4; ++k)
        EXPECT_EQ(array.floats()[at++], static_cast<float>(100 * i + 10 * j + k)) << i << j << k;
}

TEST_F(Npy, ScalarsAndEmptyArraysAreRead) {
  EXPECT_THAT(read_npy(write("s.npy", npy_of("<f4", "()", raw(2.5F)))).floats(), ElementsAre(2.5F));
  const Tensor empty = read_npy(write("e.npy", npy_of("<f4", "(0, 5)", "")));
  EXPECT_EQ(empty.shape, (Shape{0, 5}));
  EXPECT_EQ(empty.size(), 0U);
}

TEST_F(Npy, VersionsTwoAndThreeAreRead) {
  for (const int version : {2, 3}) {
    SCOPED_TRACE(version);
    const std::string text = "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }";
    EXPECT_THAT(read_npy(write("a.npy", npy(text, raw(4.0F), version))).floats(),
                ElementsAre(4.0F));
  }
}

TEST_F(Npy, HeadersOfOtherWritersAreRead) {
  const std::string text = R"({ "shape":(1L,2L),"fortran_order" : False,'descr':"<f4"})";
  EXPECT_EQ(read_npy(write("a.npy", npy(text, raw(4.0F) + raw(5.0F)))).shape, (Shape{1, 2}));
}

TEST_F(Npy, AnIntegerThatDoesNotFitIsNamed) {
  const auto path =
      write("a.npy", npy_of("<i8", "(2,)", raw<std::int64_t>(1) + raw<std::int64_t>(1LL << 40)));
  EXPECT_THAT(error_of([&] { read_npy(path, Integers::keep); }),
              HasSubstr("value 1099511627776 of number 1"));
  EXPECT_EQ(read_npy(path).floats()[1], 0x1p40F);
}

TEST_F(Npy, ADoubleBeyondFloatIsNamedAndInfinityIsNot) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  EXPECT_THAT(error_of([&] { read_npy(write("a.npy", npy_of("<f8", "(1,)", raw(1e300)))); }),
              HasSubstr("does not fit float32"));
  EXPECT_TRUE(
      std::isinf(read_npy(write("b.npy", npy_of("<f8", "(1,)", raw(kInfinity)))).floats()[0]));
}

TEST_F(Npy, ErrorsNameTheFileTheProblemAndARemedy) {
  const auto message = [&](std::string_view bytes) {
    const auto path = write("bad.npy", bytes);
    const std::string text = error_of([&] { read_npy(path); });
    EXPECT_THAT(text, HasSubstr(path.string()));
    EXPECT_THAT(text, HasSubstr("\n  "));
    EXPECT_EQ(error_of([&] { inspect_npy(path); }), text);
    return text;
  };
  const std::string four(16, 'x');
  EXPECT_THAT(message("hello, world"), HasSubstr("is not in the .npy format"));
  EXPECT_THAT(message(""), HasSubstr("is not in the .npy format"));
  EXPECT_THAT(message(npy_of("<f4", "(5,)", four)),
              HasSubstr("20 bytes expected after byte 128, 16 there"));
  EXPECT_THAT(message(npy_of("<f4", "(3,)", four)), HasSubstr("4 bytes follow the end"));
  EXPECT_THAT(message(npy_of("<c8", "(2,)", four)), HasSubstr("values of type '<c8'"));
  EXPECT_THAT(message(npy_of("|O", "(2,)", four)), HasSubstr("astype('float32')"));
  EXPECT_THAT(
      message(npy("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (4,), }", four)),
      HasSubstr("named fields"));
  EXPECT_THAT(message(npy_of("<f4", "(1, 1, 1, 1, 1, 4)", four)), HasSubstr("more than 5 axes"));
  EXPECT_THAT(message(npy_of("<f4", "(-4,)", four)), HasSubstr("makes no sense"));
  EXPECT_THAT(message(npy_of("<f4", "(4", four)), HasSubstr("makes no sense"));
  EXPECT_THAT(message(npy("{'descr': '<f4', 'shape': (4,), }", four)), HasSubstr("makes no sense"));
  EXPECT_THAT(message(npy("{}", four, 9)), HasSubstr("version 9"));
}

TEST_F(Npy, ImpossibleShapesAreRefusedBeforeMemoryIsAsked) {
  for (const char* const shape : {"(4611686018427387904, 4)", "(9223372036854775807,)",
                                  "(4294967296, 4294967296, 0)", "(1000000000000,)"}) {
    SCOPED_TRACE(shape);
    EXPECT_NE(error_of([&] { read_npy(write("a.npy", npy_of("<f4", shape, ""))); }), "");
  }
}

TEST_F(Npy, AMissingFileAndAFolderAreRefused) {
  EXPECT_THAT(error_of([&] { read_npy(in("none.npy")); }), HasSubstr("No such file"));
  EXPECT_THAT(error_of([&] { read_npy(in("")); }), HasSubstr("is a directory"));
}

TEST_F(Npy, WritesTheBytesThatNumPyWrote) {
  const fs::path original = fs::path{PLEXUS_SOURCE_DIR} / "tests/data/digits/test_x.npy";

  write_npy(in("a.npy"), read_npy(original));

  EXPECT_EQ(test::bytes_of(in("a.npy")), test::bytes_of(original));
}

TEST_F(Npy, WhatIsWrittenIsReadBack) {
  const Tensor keys{Shape{2, 2}, std::vector<std::uint32_t>{0, 1, 2147483648U, 4294967295U}};
  const Tensor labels{Shape{2}, std::vector<std::int32_t>{-1, 2147483647}};

  write_npy(in("k.npy"), keys);
  write_npy(in("l.npy"), labels);

  EXPECT_EQ(read_npy(in("k.npy"), Integers::keep), keys);
  EXPECT_EQ(read_npy(in("l.npy"), Integers::keep), labels);
}

}  // namespace
}  // namespace plexus
