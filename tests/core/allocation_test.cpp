// A step allocates nothing: counted, for every way in which memory is got.

#include <atomic>
#include <cstddef>
#include <cstdlib>

#include <gtest/gtest.h>

#include "plexus/components/synapses/hebbian/bcm_synapse.h"
#include "plexus/core/log.h"
#include "tests/support/components.h"
#include "tests/support/specimen.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PLEXUS_COUNTS_ALLOCATIONS 0  // sanitizers bring an allocator of their own
#else
#define PLEXUS_COUNTS_ALLOCATIONS 1
#endif

namespace {
std::atomic<bool> counting{false};
std::atomic<long> allocations{0};
[[maybe_unused]] void note() {
  if (counting.load(std::memory_order_relaxed)) allocations.fetch_add(1, std::memory_order_relaxed);
}
}  // namespace

#if PLEXUS_COUNTS_ALLOCATIONS
// In front of the C library's: operator new, Eigen and everything else come through here.
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void* malloc(std::size_t size) {
  note();
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
  note();
  return __libc_calloc(count, size);
}
void* realloc(void* block, std::size_t size) {
  note();
  return __libc_realloc(block, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  note();
  return __libc_memalign(alignment, size);
}
}
#endif

namespace plexus::test {
namespace {

class Allocations : public testing::Test {
 protected:
  Allocations() : before_(set_log_level(LogLevel::error)) { install_compilers(); }
  ~Allocations() override { set_log_level(before_); }
  void SetUp() override {
    if (!PLEXUS_COUNTS_ALLOCATIONS) GTEST_SKIP() << "sanitizers bring an allocator of their own";
  }

  /// How many more allocations a scan of 1,000 steps makes than one of 20.
  static long of_steps(Process& process, const Keywords& keywords = {.dt = 1}) {
    const auto count = [&](std::int64_t steps) {
      Recording recording;
      process.scan_into(recording, 20, keywords, {});  // the plan is made, the names are known
      allocations = 0;
      counting = true;
      process.scan_into(recording, steps, keywords, {});
      counting = false;
      return allocations.load();
    };
    return count(1000) - count(20);
  }
  Context circuit_{"v", {.seed = 1}};

 private:
  LogLevel before_;
};

TEST_F(Allocations, AreCounted) {
  allocations = 0;
  counting = true;
  std::vector<int> some(100);
  counting = false;
  EXPECT_GE(allocations.load(), 1) << some.size();
}

TEST_F(Allocations, AStepOfEveryKindOfStageMakesNone) {
  circuit_.verify_accesses(false);
  auto& s = circuit_.add<Src>("s", {.n_units = 40, .batch_size = 3});
  auto& d = circuit_.add<Dice>("d", {.n_units = 40, .batch_size = 3});
  auto& W = circuit_.add<BCMSynapse>("W", {.shape = {40, 30},
                                           .p_release_mean = 0.5F,
                                           .batch_size = 3,
                                           .tau_w = 40,
                                           .tau_theta = 20,
                                           .theta0 = 1,
                                           .w_bound = 1});
  auto& k = circuit_.add<Snk>("k", {.n_units = 30, .batch_size = 3});
  auto& o = circuit_.add<Owner>("o", {});
  (s.x * d.x + Expression(0.5F)) >> W.inputs;
  delayed(d.x) >> W.pre;
  apply("Delay", {W.outputs}, {3}) >> W.post;
  (W.outputs - 1.0F) >> k.in;
  auto& p = circuit_.process("p") >> s.advance >> d.advance >> W.advance_state >> k.advance >>
            W.evolve >> o.advance;
  p.watch(k.out, W.theta, W.dWeights);
  p.watch(k.out + k.in, {.name = "sum", .every = 3, .after = &W.advance_state});

  EXPECT_EQ(of_steps(p), 0);
}

TEST_F(Allocations, AStepOfACutCommandMakesNone) {
  circuit_.verify_accesses(false);
  auto &a = circuit_.add<Relay>("a", {}), &b = circuit_.add<Relay>("b", {});
  a.out >> b.in;
  (b.out + b.sum) >> a.in;
  EXPECT_EQ(of_steps(circuit_.command("go", {.methods = {"advance", "relax", "reset"}})), 0);
}

class AllocationsOfEveryComponent : public Allocations,
                                    public testing::WithParamInterface<std::string> {};

TEST_P(AllocationsOfEveryComponent, AreNoneInAStepOfAllItsMethods) {
  circuit_.verify_accesses(false);
  Component& x = add_specimen(circuit_, GetParam());
  Process& p = circuit_.process("p");
  for (Method* m : x.methods()) p >> *m;

  EXPECT_EQ(of_steps(p, all_keywords(x)), 0);
}
INSTANTIATE_TEST_SUITE_P(Registry, AllocationsOfEveryComponent, testing::ValuesIn(builtin_types()),
                         [](const auto& type) { return type.param; });

TEST_F(Allocations, AChainOfTenSmallComponentsMakesNone) {
  circuit_.verify_accesses(false);
  Process& p = circuit_.process("p");
  Relay* last = nullptr;
  for (int i = 0; i < 10; ++i) {
    Relay& next = circuit_.add<Relay>("r" + std::to_string(i), {.n_units = 8});
    if (last != nullptr) last->out >> next.in;
    p >> next.advance;
    last = &next;
  }
  EXPECT_EQ(of_steps(p), 0);
}

TEST_F(Allocations, ManyShortScansIntoOneRecordingStayFew) {
  auto& s = circuit_.add<Src>("s", {});
  auto& p = circuit_.process("p") >> s.advance;
  p.watch(s.x);
  Recording recording;
  p.scan_into(recording, 1, {.dt = 1}, {});
  std::size_t growths = 0;
  std::size_t capacity = recording.find("s.x")->words.capacity();
  for (int i = 0; i < 4000; ++i) {
    p.scan_into(recording, 1, {.dt = 1}, {});
    if (recording.find("s.x")->words.capacity() != capacity) ++growths;
    capacity = recording.find("s.x")->words.capacity();
  }
  EXPECT_LE(growths, 13U);
}

}  // namespace
}  // namespace plexus::test
