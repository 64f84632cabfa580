#include "plexus/core/threads.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include <fmt/format.h>

#if defined(__linux__)
#include <pthread.h>
#include <sched.h>
#endif

#include "plexus/core/error.h"
#include "plexus/core/flush.h"

namespace plexus {
namespace {

constexpr int kMostThreads = 256;
constexpr int kSpins = 20'000;  // of 10 to 50 ns: longer than what lies between two shared steps

void pause() {
#if defined(__SSE__)
  _mm_pause();
#else
  std::this_thread::yield();
#endif
}

/// Waits until `done()`. A thread that waits for long lets others have its processor.
template <class Done>
void spin(const Done& done) {
  for (int i = 0; !done(); ++i)
    if (i < kSpins)
      pause();
    else
      std::this_thread::yield();
}

#if defined(__linux__)
/// The processors that the calling thread may use.
class Processors {
 public:
  Processors() {
    CPU_ZERO(&allowed_);
    if (pthread_getaffinity_np(pthread_self(), sizeof allowed_, &allowed_) != 0) return;
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu)
      if (CPU_ISSET(cpu, &allowed_)) all_.push_back(cpu);
  }
  [[nodiscard]] std::size_t count() const { return all_.size(); }
  /// Leaves the calling thread one of them, or all.
  void pin(std::size_t i) const {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(all_[i], &one);
    pthread_setaffinity_np(pthread_self(), sizeof one, &one);
  }
  void unpin() const { pthread_setaffinity_np(pthread_self(), sizeof allowed_, &allowed_); }

 private:
  cpu_set_t allowed_{};
  std::vector<int> all_;
};
#else
/// Nothing is known of them.
struct Processors {
  [[nodiscard]] std::size_t count() const { return 0; }
  void pin(std::size_t) const {}
  void unpin() const {}
};
#endif

/// Threads that wait for work of the one that made them. A job is announced by a number that grows,
/// and is done when each of them has counted itself off.
class Team {
 public:
  explicit Team(int threads)
      : size_(static_cast<std::size_t>(threads)), pins_(processors_.count() >= size_) {
    if (pins_) processors_.pin(0);
    for (std::size_t me = 1; me < size_; ++me)
      workers_.emplace_back([this, me] {
        if (pins_) processors_.pin(me);
        work(me);
      });
  }
  ~Team() {
    job_ = {};
    announce();
    for (std::thread& worker : workers_) worker.join();
    if (pins_) processors_.unpin();
  }
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;

  [[nodiscard]] std::size_t size() const noexcept { return size_; }

  struct Job {
    void (*part)(const void*, std::size_t) = nullptr;
    const void* context = nullptr;
    std::size_t parts = 0;
  };

  void run(const Job& job) {
    job_ = job;
    busy_.store(size_ - 1, std::memory_order_relaxed);
    announce();
    do_share(0);
    spin([&] { return busy_.load(std::memory_order_acquire) == 0; });
  }

  std::mutex in_use;

 private:
  void announce() {
    number_.fetch_add(1, std::memory_order_release);
    number_.notify_all();
  }

  /// Parts that lie side by side go to one thread.
  void do_share(std::size_t me) const {
    const std::size_t end = job_.parts * (me + 1) / size_;
    for (std::size_t i = job_.parts * me / size_; i < end; ++i) job_.part(job_.context, i);
  }

  void work(std::size_t me) {
    const FlushDenormals flush;
    for (std::uint32_t seen = 0;;) {
      for (int i = 0; i < kSpins && number_.load(std::memory_order_relaxed) == seen; ++i) pause();
      number_.wait(seen, std::memory_order_acquire);
      ++seen;
      if (job_.part == nullptr) return;
      do_share(me);
      busy_.fetch_sub(1, std::memory_order_release);
    }
  }

  Processors processors_;
  std::size_t size_;
  bool pins_;
  Job job_;
  alignas(64) std::atomic<std::uint32_t> number_{0};
  alignas(64) std::atomic<std::size_t> busy_{0};
  std::vector<std::thread> workers_;
};

std::unique_ptr<Team>& team() {
  static std::unique_ptr<Team> team;
  return team;
}

}  // namespace

void use_threads(int n) {
  if (n < 1 || n > kMostThreads)
    throw Error(Error::Kind::config, {},
                fmt::format("{} threads; expected 1 to {}", n, kMostThreads));
  if (n == threads()) return;
  team().reset();
  if (n > 1) team() = std::make_unique<Team>(n);
}

int threads() {
  return team() ? static_cast<int>(team()->size()) : 1;
}

namespace detail {

void share(std::size_t parts, void (*part)(const void*, std::size_t), const void* context) {
  if (Team* const all = team().get(); all != nullptr && all->in_use.try_lock()) {
    all->run({part, context, parts});
    all->in_use.unlock();
    return;
  }
  for (std::size_t i = 0; i < parts; ++i) part(context, i);
}

}  // namespace detail
}  // namespace plexus
