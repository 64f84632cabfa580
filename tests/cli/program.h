// Runs the built program as users do, and looks at its exit status, stdout and stderr.
#pragma once

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <pty.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/core/io/files.h"

namespace plexus::test {

/// What a run of the program left. The status of one that a signal ended is -1.
struct Outcome {
  int status = -1;
  std::string out, err;
};

using Environment = std::vector<std::pair<std::string, std::string>>;

/// A test in an empty folder, which is the program's current directory.
class ProgramTest : public InFolder {
 protected:
  static fs::path golden(std::string_view name) {
    return fs::path(PLEXUS_SOURCE_DIR) / "tests/golden" / name;
  }

  /// The program while it runs, with stderr on a terminal if so wanted.
  class Running {
   public:
    Running(const fs::path& folder, const std::vector<std::string>& arguments, bool on_terminal,
            const Environment& environment)
        : out_(folder / ".stdout"), err_(folder / ".stderr") {
      int slave = -1;
      if (on_terminal && openpty(&terminal_, &slave, nullptr, nullptr, nullptr) != 0)
        ADD_FAILURE() << "this machine gives no pseudo-terminal: is /dev/pts mounted?";
      posix_spawn_file_actions_t actions;
      posix_spawn_file_actions_init(&actions);
      posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
      posix_spawn_file_actions_addopen(&actions, 1, out_.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                       0600);
      if (on_terminal)
        posix_spawn_file_actions_adddup2(&actions, slave, 2);
      else
        posix_spawn_file_actions_addopen(&actions, 2, err_.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                         0600);
      std::vector<std::string> words{PLEXUS_PROGRAM};
      words.insert(words.end(), arguments.begin(), arguments.end());
      std::vector<std::string> variables;
      for (char** variable = environ; *variable != nullptr; ++variable)
        if (!std::string_view(*variable).starts_with("NO_COLOR="))
          variables.emplace_back(*variable);
      for (const auto& [name, value] : environment) variables.push_back(name + "=" + value);
      if (posix_spawn(&child_, PLEXUS_PROGRAM, &actions, nullptr, pointers(words).data(),
                      pointers(variables).data()) != 0)
        child_ = -1;
      posix_spawn_file_actions_destroy(&actions);
      if (slave >= 0) close(slave);
    }
    ~Running() {
      if (child_ > 0) (void)finish();
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    /// True once stderr holds the text; false if it has not come after half a minute.
    bool waits_for(std::string_view text) {
      using namespace std::chrono_literals;
      const auto until = std::chrono::steady_clock::now() + 30s;
      while (said().find(text) == std::string::npos) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(2ms);
      }
      return true;
    }
    void interrupt() const { kill(child_, SIGINT); }

    Outcome finish() {
      int status = 0;
      waitpid(child_, &status, 0);
      child_ = -1;
      Outcome outcome{WIFEXITED(status) ? WEXITSTATUS(status) : -1, bytes_of(out_), said()};
      fs::remove(out_);
      fs::remove(err_);
      if (terminal_ >= 0) close(terminal_);
      return outcome;
    }

   private:
    static std::vector<char*> pointers(std::vector<std::string>& words) {
      std::vector<char*> all;
      for (std::string& word : words) all.push_back(word.data());
      all.push_back(nullptr);
      return all;
    }

    /// All that was said on stderr so far.
    const std::string& said() {
      if (terminal_ < 0) {
        said_ = bytes_of(err_);
        return said_;
      }
      fcntl(terminal_, F_SETFL, O_NONBLOCK);
      char buffer[4096];
      for (ssize_t n = 0; (n = read(terminal_, buffer, sizeof buffer)) > 0;)
        said_.append(buffer, static_cast<std::size_t>(n));
      return said_;
    }

    pid_t child_ = -1;
    int terminal_ = -1;
    fs::path out_, err_;
    std::string said_;
  };

  [[nodiscard]] Outcome plexus(const std::vector<std::string>& arguments,
                               const Environment& environment = {}) const {
    return Running(in(""), arguments, false, environment).finish();
  }
  [[nodiscard]] Outcome plexus_on_terminal(const std::vector<std::string>& arguments,
                                           const Environment& environment = {}) const {
    return Running(in(""), arguments, true, environment).finish();
  }
};

}  // namespace plexus::test
