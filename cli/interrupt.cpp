#include "plexus/cli/interrupt.h"

#include <atomic>
#include <csignal>

namespace plexus::cli {
namespace {

std::atomic<bool> noted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "signal handlers may set it");

void note(int /*signal*/) {
  noted = true;
}

}  // namespace

Interrupt::Interrupt() {
  struct sigaction action {};
  action.sa_handler = note;
  action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
}

Interrupt::~Interrupt() {
  std::signal(SIGINT, SIG_DFL);
}

bool Interrupt::asked() noexcept {
  return noted;
}

}  // namespace plexus::cli
