#include "plexus/core/plugin.h"

#include <fstream>
#include <iterator>
#include <set>

#include <dlfcn.h>
#include <fmt/format.h>

#include "plexus/core/error.h"

namespace plexus {
namespace {

// plexus_add_plugin compiles this mark, followed by the version, a hash of the headers that the
// plugin saw, and a closing bracket, into every plugin.
constexpr std::string_view kMark = "[plexus plugin for ";
constexpr std::string_view kOwnBuild = PLEXUS_VERSION ", headers " PLEXUS_HEADERS;

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& problem,
                         const std::string& remedy) {
  throw Error(Error::Kind::io, {}, fmt::format("plugin {}: {}", file.string(), problem), remedy);
}

/// What a plugin was built for; empty if it bears no mark.
std::string build_of(const std::string& bytes) {
  const auto mark = bytes.find(kMark);
  if (mark == std::string::npos) return {};
  const auto start = mark + kMark.size(), end = bytes.find(']', start);
  return end == std::string::npos || end - start > 40 ? std::string{}
                                                      : bytes.substr(start, end - start);
}

}  // namespace

std::string version() {
  return PLEXUS_VERSION;
}

void load_plugin(const std::filesystem::path& file) {
  static std::set<std::filesystem::path> loaded;
  std::error_code code;
  const auto path = std::filesystem::canonical(file, code);
  if (code)
    refuse(file, "there is no such file",
           "build it, or correct the path; it is relative to the model file");
  if (loaded.contains(path)) return;

  std::ifstream in(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (!bytes.starts_with("\177ELF"))
    refuse(file, "it is no shared library", "build one with plexus_add_plugin");
  const std::string built_for = build_of(bytes);
  if (built_for.empty())
    refuse(file, "it is a shared library, but no Plexus plugin",
           "build it with plexus_add_plugin (cmake/PlexusPlugin.cmake)");
  if (built_for != kOwnBuild)
    refuse(file, fmt::format("it was built for Plexus {}, and this is {}", built_for, kOwnBuild),
           "build it again against this version");
  if (dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL) == nullptr)
    refuse(file, fmt::format("it cannot be loaded: {}", dlerror()), "build it again");
  loaded.insert(path);
}

}  // namespace plexus
