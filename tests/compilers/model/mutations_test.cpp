#include <algorithm>
#include <array>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "plexus/compilers/model/diagnostics.h"
#include "plexus/compilers/model/model.h"
#include "plexus/components/builtin.h"
#include "plexus/core/error.h"
#include "plexus/core/log.h"
#include "tests/core/io/files.h"

/// A model that was spoilt at random is refused with a diagnosis, or runs: nothing else, whatever
/// was done to it.
namespace plexus::model {
namespace {

namespace fs = std::filesystem;

const fs::path kOriginals = PLEXUS_SOURCE_DIR "/tests/compilers/model/mutations";

/// Spoils a text in one to three places.
class Mutator {
 public:
  explicit Mutator(std::uint32_t seed) : rng_(seed) {}

  std::string operator()(std::string text) {
    for (std::size_t n = 1 + below(3); n > 0; --n) switch (below(4)) {
        case 0: byte(text); break;
        case 1: line(text); break;
        case 2: token(text); break;
        default: number(text); break;
      }
    return text;
  }

 private:
  std::size_t below(std::size_t n) { return n == 0 ? 0 : rng_() % n; }

  void byte(std::string& text) {
    using namespace std::string_view_literals;
    static constexpr auto kMeaningful =
        " \t\n\r:,.-[]{}()$'\"#&*!|>%@`?<0159aeinxz\\/+~\0\xC3\xFF"sv;
    const std::size_t at = below(text.size());
    const char c =
        below(2) == 0 ? kMeaningful[below(kMeaningful.size())] : static_cast<char>(below(256));
    switch (below(3)) {
      case 0: text.insert(at, 1, c); break;
      case 1: text.erase(at, 1); break;
      default: text[at] = c; break;
    }
  }

  /// Lines go, come twice, change places, or move to the right or left.
  void line(std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
      lines.push_back(text.substr(at, end - at));
      at = end;
    }
    const std::size_t i = below(lines.size()), j = below(lines.size());
    switch (below(6)) {
      case 0: lines[i].clear(); break;
      case 1: lines[i] += lines[i]; break;
      case 2: std::swap(lines[i], lines[j]); break;
      case 3: lines[i].insert(0, 1 + below(3), ' '); break;
      case 4: lines[i].insert(0, 1, '\t'); break;
      default: lines[i].erase(0, std::min(lines[i].find_first_not_of(' '), 1 + below(3))); break;
    }
    text.clear();
    for (const std::string& l : lines) text += l;
  }

  struct Span {
    std::size_t at, length;
  };
  /// Words, numbers and single signs.
  static std::vector<Span> tokens(const std::string& text, std::string_view first,
                                  std::string_view rest) {
    std::vector<Span> all;
    for (std::size_t at = 0; (at = text.find_first_of(first, at)) != std::string::npos;) {
      const std::size_t end = std::min(text.find_first_not_of(rest, at + 1), text.size());
      all.push_back({at, end - at});
      at = end;
    }
    return all;
  }

  void token(std::string& text) {
    static const std::string kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
    const auto all = tokens(text, kLetters + "$[]{}:->+*(", kLetters + "0123456789");
    if (all.empty()) return;
    const Span a = all[below(all.size())], b = all[below(all.size())];
    const std::string other = text.substr(b.at, b.length);
    text.replace(a.at, a.length, other);
  }

  void number(std::string& text) {
    static constexpr std::array kNumbers{"0",
                                         "-1",
                                         "1",
                                         "2",
                                         "7",
                                         "0.5",
                                         "-0.0",
                                         "1e-300",
                                         "1e-45",
                                         "1e12",
                                         "1e38",
                                         "1e39",
                                         "1e308",
                                         "1e999",
                                         ".nan",
                                         ".inf",
                                         "-.inf",
                                         "100000000",
                                         "2147483647",
                                         "2147483648",
                                         "-2147483648",
                                         "4294967296",
                                         "9007199254740992",
                                         "9007199254740993",
                                         "9223372036854775807",
                                         "99999999999999999999",
                                         "0x7fffffffffffffff",
                                         "null",
                                         "true",
                                         "$(i)",
                                         "$(1 / 0)",
                                         "$(n_in ** 99)",
                                         "[]",
                                         "{}"};
    const auto all = tokens(text, "0123456789", "0123456789.e");
    if (all.empty()) return;
    const Span a = all[below(all.size())];
    text.replace(a.at, a.length, kNumbers[below(kNumbers.size())]);
  }

  std::mt19937 rng_;
};

class MutatedModel : public test::InFolder {
 protected:
  void SetUp() override {
    register_builtin_components();
    for (const auto& file : fs::directory_iterator(kOriginals))
      fs::copy(file.path(), in(file.path().filename().string()));
    level_ = set_log_level(LogLevel::off);
  }
  void TearDown() override { set_log_level(level_); }

  /// Other mutations: --gtest_random_seed=N.
  static std::uint32_t seed() { return static_cast<std::uint32_t>(GTEST_FLAG_GET(random_seed)); }

  /// Loads the model and runs some of it; true if it was sound.
  bool load_and_run() {
    constexpr std::size_t kMemory = 2'000'000;
    constexpr int kPatience = 50;  // steps and statements
    Diagnostics diagnostics;
    const auto model = load_model(in("orientation.yaml"), {.memory_limit = kMemory}, diagnostics);
    EXPECT_EQ(model == nullptr, diagnostics.errors() > 0)
        << "refused without a word, or not refused";
    EXPECT_EQ(diagnostics.empty(), diagnostics.print().empty());
    if (model == nullptr) return false;
    int asked = 0;
    try {
      model->run({.interrupted = [&] { return ++asked > kPatience; }});
    } catch (const Error& error) {
      EXPECT_FALSE(error.problem().empty());
      return false;
    }
    return true;
  }

 private:
  LogLevel level_ = LogLevel::info;
};

TEST_F(MutatedModel, RunsAsItWasWritten) {
  EXPECT_TRUE(load_and_run());
}

TEST_F(MutatedModel, IsDiagnosedOrRuns) {
  const std::string original = test::bytes_of(kOriginals / "orientation.yaml");
  Mutator mutate{20240607U + seed()};
  int sound = 0;
  constexpr int kMutants = 2'000;
  for (int i = 0; i < kMutants; ++i) {
    const std::string mutant = mutate(original);
    SCOPED_TRACE(mutant);
    write("orientation.yaml", mutant);
    ASSERT_NO_THROW(sound += load_and_run() ? 1 : 0);
  }
  EXPECT_GT(sound, kMutants / 20) << "mutations that hit nothing but syntax test little";
  EXPECT_LT(sound, kMutants / 2);
}

TEST_F(MutatedModel, IsDiagnosedOrRunsIfANestedFileIsSpoilt) {
  const std::string original = test::bytes_of(kOriginals / "layer.yaml");
  Mutator mutate{20240608U + seed()};
  for (int i = 0; i < 500; ++i) {
    const std::string mutant = mutate(original);
    SCOPED_TRACE(mutant);
    write("layer.yaml", mutant);
    ASSERT_NO_THROW(load_and_run());
  }
}

TEST_F(MutatedModel, IsDiagnosedOrRunsIfItsDataAreSpoilt) {
  const std::string original = test::bytes_of(kOriginals / "patches.csv");
  Mutator mutate{20240609U + seed()};
  for (int i = 0; i < 300; ++i) {
    const std::string mutant = mutate(original);
    SCOPED_TRACE(mutant);
    write("patches.csv", mutant);
    ASSERT_NO_THROW(load_and_run());
  }
}

}  // namespace
}  // namespace plexus::model
