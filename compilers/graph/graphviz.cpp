#include "plexus/compilers/graph/graphviz.h"

#include <cerrno>
#include <fstream>
#include <vector>

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plexus/core/error.h"
#include "plexus/core/io/atomic_file.h"

namespace plexus::detail {
namespace {

constexpr const char* kRemedy =
    "install Debian's package graphviz; .dot and .json need no other program";

/// Runs `dot`; its exit status, or 127 where there is no such program.
int run(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  const int problem =
      posix_spawnp(&child, arguments[0], nullptr, nullptr, arguments.data(), environ);
  if (problem != 0) return 127;
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return 127;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

/// A file that is gone when this is.
struct Scratch {
  std::filesystem::path path;
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
  }
};

}  // namespace

void render_dot(const std::string& graph, const std::string& format,
                const std::filesystem::path& file) {
  AtomicFile picture(file);
  const Scratch text{picture.temporary().string() + ".dot"};
  std::ofstream(text.path) << graph;
  const int status =
      run({"dot", "-T" + format, "-o", picture.temporary().string(), text.path.string()});
  if (status == 127)
    throw Error(Error::Kind::io, {}, "there is no program 'dot' to draw the picture with", kRemedy);
  if (status != 0)
    throw Error(Error::Kind::io, {},
                fmt::format("{}: Graphviz's 'dot' failed with status {}", file.string(), status),
                "write the picture's text with `-o FILE.dot` to see what it was given");
  picture.commit();
}

}  // namespace plexus::detail
