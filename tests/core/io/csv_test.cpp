#include "plexus/core/io/csv.h"

#include <cmath>

#include <gmock/gmock.h>

#include "tests/core/io/files.h"
#include "tests/support/error_of.h"

namespace plexus {
namespace {

using test::error_of;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

TEST(Csv, NumbersMayBeSeparatedInThreeWays) {
  for (const char* const text :
       {"1,2\n3,4\n", "1; 2\r\n3 ;4", "  1\t2  \n\n3   4\n", "1 , 2\n3,\t4\n"}) {
    SCOPED_TRACE(text);
    const Tensor table = parse_csv(text, "t.csv");
    EXPECT_EQ(table.shape, (Shape{2, 2}));
    EXPECT_THAT(table.floats(), ElementsAre(1, 2, 3, 4));
  }
}

TEST(Csv, NumbersHaveAnyUsualForm) {
  const Tensor table = parse_csv("-1.5 +2e-3 .5 1. inf -inf nan\n", "t.csv");

  const auto x = table.floats();
  EXPECT_THAT(std::vector(x.begin(), x.begin() + 4), ElementsAre(-1.5F, 2e-3F, 0.5F, 1.0F));
  EXPECT_TRUE(std::isinf(x[4]) && x[4] > 0);
  EXPECT_TRUE(std::isinf(x[5]) && x[5] < 0);
  EXPECT_TRUE(std::isnan(x[6]));
}

TEST(Csv, AHeadingAndCommentsAreSkipped) {
  const Tensor table =
      parse_csv("\xEF\xBB\xBF# made by hand\n\n\"x (mV)\",y\n1,2 # first\n#3,4\n5,6\n", "t.csv");
  EXPECT_THAT(table.floats(), ElementsAre(1, 2, 5, 6));
}

TEST(Csv, OneColumnIsATableOfOneColumn) {
  EXPECT_EQ(parse_csv("1\n2\n3\n", "t").shape, (Shape{3, 1}));
}

TEST(Csv, AWordAmongNumbersIsNamedWithItsPlace) {
  const std::string text = error_of([] { parse_csv("x,y\n1,2\n3, four\n", "t.csv"); });
  EXPECT_THAT(text, StartsWith("t.csv:3:4: error: 'four' is not a number\n  "));
}

TEST(Csv, AFirstLineWithOneNumberIsNoHeading) {
  EXPECT_THAT(error_of([] { parse_csv("1,two\n3,4\n", "t.csv"); }),
              StartsWith("t.csv:1:3: error: 'two'"));
}

TEST(Csv, ColumnsCountCharactersNotBytes) {
  EXPECT_THAT(error_of([] { parse_csv("1 2\n\u00B5\u00B5 3\n", "t.csv"); }),
              StartsWith("t.csv:2:1:"));
  EXPECT_THAT(error_of([] { parse_csv("1,2,3\n1,\u00B5,\n", "t.csv"); }), StartsWith("t.csv:2:3:"));
}

TEST(Csv, RowsOfAnotherLengthAreRefused) {
  EXPECT_THAT(error_of([] { parse_csv("1,2\n3\n", "t.csv"); }),
              StartsWith("t.csv:2:2: error: only 1 numbers, 2 in the rows before"));
  EXPECT_THAT(error_of([] { parse_csv("1,2\n3,4,5\n", "t.csv"); }),
              StartsWith("t.csv:2:5: error: more than the 2 numbers"));
}

TEST(Csv, AMissingNumberIsRefused) {
  EXPECT_THAT(error_of([] { parse_csv("1,,2\n", "t.csv"); }),
              StartsWith("t.csv:1:3: error: a number is missing"));
  EXPECT_THAT(error_of([] { parse_csv("1,2,\n", "t.csv"); }),
              StartsWith("t.csv:1:5: error: a number is missing"));
}

TEST(Csv, DecimalCommasAreRefused) {
  EXPECT_THAT(error_of([] { parse_csv("1,5;2,5\n", "t.csv"); }), HasSubstr("both ',' and ';'"));
}

TEST(Csv, ANumberBeyondFloatIsRefused) {
  EXPECT_THAT(error_of([] { parse_csv("1 1e39\n", "t.csv"); }),
              StartsWith("t.csv:1:3: error: 1e39 is beyond float32"));
}

TEST(Csv, ATableWithoutNumbersIsRefused) {
  for (const char* const text : {"", "\n\n", "# nothing\n", "x,y\n"}) {
    SCOPED_TRACE(text);
    EXPECT_THAT(error_of([&] { parse_csv(text, "t.csv"); }), HasSubstr("t.csv: holds no numbers"));
  }
}

}  // namespace
}  // namespace plexus
