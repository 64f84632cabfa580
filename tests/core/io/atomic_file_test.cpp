#include "plexus/core/io/atomic_file.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "tests/core/io/files.h"
#include "tests/support/error_of.h"

namespace plexus {
namespace {

namespace fs = std::filesystem;

class AtomicFileTest : public test::InFolder {
 protected:
  static void replace(const fs::path& path, const std::string& text) {
    replace_file(path, std::as_bytes(std::span{text}));
  }
};

TEST_F(AtomicFileTest, ReplacesAFileOfAnyLength) {
  write("a", "something old");

  replace(in("a"), "new");

  EXPECT_EQ(test::bytes_of(in("a")), "new");
  EXPECT_EQ(files(), 1U);
}

TEST_F(AtomicFileTest, TheOldFileStaysUntilTheNewOneIsCommitted) {
  write("a", "old");
  {
    const AtomicFile file{in("a")};
    std::ofstream{file.temporary()} << "half of the n";
    EXPECT_EQ(file.temporary().parent_path(), in("a").parent_path());
    EXPECT_EQ(files(), 2U);
  }

  EXPECT_EQ(test::bytes_of(in("a")), "old");
  EXPECT_EQ(files(), 1U);
}

TEST_F(AtomicFileTest, TwoWritersOfOneTargetDoNotMeet) {
  const AtomicFile one{in("a")}, two{in("a")};
  EXPECT_NE(one.temporary(), two.temporary());
}

TEST_F(AtomicFileTest, ALinkStaysALink) {
  fs::create_directory(in("store"));
  fs::create_symlink("store/a", in("a"));

  replace(in("a"), "new");
  replace(in("a"), "newer");

  EXPECT_TRUE(fs::is_symlink(in("a")));
  EXPECT_EQ(test::bytes_of(in("store/a")), "newer");
}

TEST_F(AtomicFileTest, ADeviceStaysADevice) {
  // A null device of our own, so that a failure costs nothing; not everyone may make one.
  if (::mknod(in("null").c_str(), S_IFCHR | 0600, makedev(1, 3)) != 0) GTEST_SKIP() << "needs root";

  ASSERT_EQ(test::error_of([&] { replace(in("null"), "gone"); }), "");

  EXPECT_TRUE(fs::is_character_file(in("null")));
  EXPECT_EQ(files(), 1U);
}

TEST_F(AtomicFileTest, AFolderIsRefused) {
  fs::create_directory(in("a"));
  EXPECT_THAT(test::error_of([&] { replace(in("a"), "new"); }),
              testing::HasSubstr("it is a directory"));
}

}  // namespace
}  // namespace plexus
