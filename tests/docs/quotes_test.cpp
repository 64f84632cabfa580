// What a page quotes from a source stands there still.
#include <gmock/gmock.h>

#include "tests/docs/samples.h"

namespace plexus {
namespace {

TEST(QuotedSources, SayWhatThePagesSay) {
  int quotes = 0;
  for (const auto& page : docs::pages())
    for (const docs::Sample& sample : docs::samples_of(page)) {
      if (sample.mark != "from") continue;
      ++quotes;
      EXPECT_THAT(docs::read_text(std::filesystem::path(PLEXUS_SOURCE_DIR) / sample.argument),
                  testing::HasSubstr(sample.text))
          << page.filename() << ":" << sample.line;
    }
  EXPECT_GE(quotes, 5);
}

}  // namespace
}  // namespace plexus
