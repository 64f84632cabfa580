#pragma once

namespace plexus::cli {

/// While it lives, the first Ctrl-C is only noted; a second one ends the program at once.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  [[nodiscard]] static bool asked() noexcept;
};

}  // namespace plexus::cli
