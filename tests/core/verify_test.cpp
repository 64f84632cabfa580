#include "plexus/core/verify.h"

#include <cmath>

#include <gmock/gmock.h>

#include "plexus/core/eigen.h"
#include "plexus/core/log.h"
#include "tests/support/components.h"
#include "tests/support/error_of.h"

namespace plexus::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// Each behaviour declares one thing and does another.
struct Honest {
  static void work(auto& self, const Step&) { self.a.write() = self.in.read() + 1; }
  template <auto Work>
  static Stage declare(auto& self) {
    return whole<Work>(reads(self.in), writes(self.a));
  }
};
struct WritesWhatItDeclaresAsRead {
  static void work(auto& self, const Step&) { self.a.write() = self.b.write() = 1; }
  template <auto Work>
  static Stage declare(auto& self) {
    return whole<Work>(reads(self.b), writes(self.a));
  }
};
struct ReadsWhatItOnlyWrites {
  static void work(auto& self, const Step&) { self.a.write() += 1; }
  template <auto Work>
  static Stage declare(auto& self) {
    return whole<Work>(writes(self.a));
  }
};
struct WritesInPart {
  static void work(auto& self, const Step&) { self.a.own_values()[0] = 1; }
  template <auto Work>
  static Stage declare(auto& self) {
    return whole<Work>(writes(self.a));
  }
};
struct ReadsUndeclared {
  static void work(auto& self, const Step&) { self.a.write() = self.b.read(); }
  template <auto Work>
  static Stage declare(auto& self) {
    return whole<Work>(writes(self.a));
  }
};
struct DrawsUndeclared {
  static void work(auto& self, const Step&) {
    self.a.write() = static_cast<float>(self.key.key().k0 % 7);
  }
  template <auto Work>
  static Stage declare(auto& self) {
    return whole<Work>(writes(self.a));
  }
};

class Verification : public testing::Test {
 protected:
  Verification() : before_(set_log_level(LogLevel::error)) {
    install_compilers();
    circuit_.verify_accesses(true);
  }
  ~Verification() override { set_log_level(before_); }

  /// What a run of the behaviour is blamed for; the state is as before if it is.
  template <class Behaviour>
  std::string blame() {
    auto& probe = circuit_.add<Probe<Behaviour>>("p", {});
    probe.a.set(5);
    probe.b.set(6);
    const Snapshot before = circuit_.snapshot();
    const std::string text = error_of([&] { probe.advance.run({.dt = 1}); });
    if (!text.empty()) {
      EXPECT_EQ(circuit_.snapshot().words, before.words);
    }
    return text;
  }
  Context circuit_{"v", {.seed = 1}};

 private:
  LogLevel before_;
};

TEST_F(Verification, PassesWhatIsDeclared) {
  EXPECT_EQ(blame<Honest>(), "");
}

TEST_F(Verification, FindsWhatIsDeclaredAsReadAndWritten) {
  EXPECT_THAT(blame<WritesWhatItDeclaresAsRead>(),
              AllOf(HasSubstr("v: p.advance changes p.b, which it does not declare"),
                    HasSubstr("correct the method's declaration")));
}

TEST_F(Verification, FindsWhatIsDeclaredAsWrittenAndRead) {
  EXPECT_THAT(blame<ReadsWhatItOnlyWrites>(),
              HasSubstr("reads a value that it declares as only written, or leaves part of it "
                        "unwritten: p.a depends on it"));
  circuit_.remove("p");
  EXPECT_THAT(blame<WritesInPart>(), HasSubstr("reads a value that it declares as only written"));
}

TEST_F(Verification, FindsUndeclaredReadsOfWholeMethods) {
  EXPECT_THAT(blame<ReadsUndeclared>(),
              HasSubstr("v: p.advance looks at p.b, which it does not declare"));
  circuit_.remove("p");
  EXPECT_THAT(blame<DrawsUndeclared>(),
              HasSubstr("p.advance looks at p.key, which it does not declare"));
}

TEST_F(Verification, IsQuietOnceSwitchedOff) {
  circuit_.verify_accesses(false);
  EXPECT_EQ(blame<ReadsUndeclared>(), "");
}

TEST_F(Verification, LeavesTheGuardDownAfterABlame) {
  blame<ReadsUndeclared>();
  EXPECT_EQ(circuit_.compartment("p.b").values()[0], 6);
}

TEST_F(Verification, GivesTheSameNumbersAsARunWithoutIt) {
  const auto outcome = [](bool verifies) {
    Context circuit("v", {.seed = 1});
    circuit.verify_accesses(verifies);
    auto& s = circuit.add<Src>("s", {.n_units = 2});
    auto& W = circuit.add<Cable>("W", {.n_pre = 2, .n_post = 2, .weight = 0.5F});
    auto& d = circuit.add<Dice>("d", {.n_units = 2});
    s.x >> W.inputs;
    s.x >> W.pre;
    (W.outputs + d.x) >> W.post;
    (circuit.process("p") >> s.advance >> W.advance >> d.advance >> W.learn).scan(5, {.dt = 0.5});
    return circuit.values();
  };
  EXPECT_EQ(outcome(true), outcome(false));
}

TEST_F(Verification, AllowsAnInputThatIsWiredFromWhatTheMethodWrites) {
  auto& r = circuit_.add<Relay>("r", {});
  r.out >> r.in;
  r.out.set(3);

  r.advance.run();

  EXPECT_EQ(r.out.scalar(), 3);
}

}  // namespace
}  // namespace plexus::test
