#include <bit>
#include <cmath>

#include <gmock/gmock.h>

#include "plexus/core/eigen.h"
#include "plexus/core/log.h"
#include "plexus/core/operator.h"
#include "plexus/plexus.h"
#include "tests/support/components.h"
#include "tests/support/error_of.h"

namespace plexus::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Operators : public testing::Test {
 protected:
  Operators() : before_(set_log_level(LogLevel::error)) {
    a.x.set({1.5F, -2, 0.25F, 3, -1, 0.1F});
    b.x.set({-4, 0.5F, 0.3F, 2, 7, -0.2F});
    c.x.set({0.7F, 0, -1, 1, 0, 2});
  }
  ~Operators() override { set_log_level(before_); }

  /// What a compartment wired from the expression reads, as an Eigen array.
  Array wired(const Expression& e) {
    auto& k = circuit_.add<Snk>("k" + std::to_string(next_++), {.n_units = 3, .batch_size = 2});
    e >> k.in;
    const Tensor direct = circuit_.evaluate(e);
    EXPECT_EQ(direct.shape, k.in.shape());
    EXPECT_EQ(floats(direct), floats(k.in));
    return k.in.read();
  }
  static bool same(const Array& x, const Array& y) {
    return x.rows() == y.rows() && x.cols() == y.cols() && (x == y).all();
  }

  Context circuit_{"v", {.seed = 1}};
  Src& a = circuit_.add<Src>("a", {.n_units = 3, .batch_size = 2});
  Src& b = circuit_.add<Src>("b", {.n_units = 3, .batch_size = 2});
  Src& c = circuit_.add<Src>("c", {.n_units = 3, .batch_size = 2});

 private:
  int next_ = 0;
  LogLevel before_;
};

TEST_F(Operators, FoldFromTheLeftInFloat32) {  // K4
  EXPECT_TRUE(same(wired(a.x + b.x + c.x), (a.x.read() + b.x.read()) + c.x.read()));
  EXPECT_TRUE(same(wired(a.x * b.x * c.x), (a.x.read() * b.x.read()) * c.x.read()));
  EXPECT_TRUE(
      same(wired((a.x + b.x) * b.x * a.x), ((a.x.read() + b.x.read()) * b.x.read()) * a.x.read()));
  EXPECT_TRUE(same(wired(a.x + (b.x + c.x)), a.x.read() + (b.x.read() + c.x.read())));
}

TEST_F(Operators, OfOneOperandAreThatOperand) {
  EXPECT_TRUE(same(wired(apply("Summation", {a.x})), a.x.read()));
  EXPECT_TRUE(same(wired(apply("Product", {a.x})), a.x.read()));
}

TEST_F(Operators, TakeNumbersOnEitherSide) {  // F5
  EXPECT_TRUE(same(wired(5.0F - a.x), 5.0F - a.x.read()));
  EXPECT_TRUE(same(wired(a.x - 5.0F), a.x.read() - 5.0F));
  EXPECT_TRUE(same(wired(2.0F * a.x), 2.0F * a.x.read()));
  EXPECT_TRUE(same(wired(a.x + 1.0F), a.x.read() + 1.0F));
}

TEST_F(Operators, EqualTheirEigenExpressions) {  // A6
  const Array A = a.x.read(), B_ = b.x.read();
  EXPECT_TRUE(same(wired(-a.x), -A));
  EXPECT_TRUE(same(wired(a.x - b.x), A - B_));
  EXPECT_TRUE(same(wired(apply("Scale", {a.x}, {0.3})), A * 0.3F));
  EXPECT_TRUE(same(wired(apply("Affine", {a.x}, {0.3, -1})), A * 0.3F + -1.0F));
  EXPECT_TRUE(same(wired(apply("Mean", {a.x, b.x})), (A + B_) / 2.0F));
  EXPECT_TRUE(same(wired(apply("Max", {a.x, b.x})), A.max(B_)));
  EXPECT_TRUE(same(wired(apply("Clip", {a.x}, {-1, 1})), A.max(-1.0F).min(1.0F)));
  EXPECT_TRUE(same(wired(function([](float x) { return std::exp(x); }, a.x)),
                   A.unaryExpr([](float x) { return std::exp(x); })));
  Array joined(2, 3);
  joined << A.rightCols(1), B_.leftCols(2);
  EXPECT_TRUE(same(
      wired(apply("Concatenate", {apply("Slice", {a.x}, {2, 1}), apply("Slice", {b.x}, {0, 2})})),
      joined));
}

TEST_F(Operators, TransposeMatrices) {
  auto& W = circuit_.add<Cable>("W", {.n_pre = 2, .n_post = 3});
  auto& E = circuit_.add<Cable>("E", {.n_pre = 3, .n_post = 2});
  W.weights.set({1, 2, 3, 4, 5, 6});

  transpose(W.weights) >> E.weights;

  EXPECT_THAT(floats(E.weights), ElementsAre(1, 4, 2, 5, 3, 6));
}

TEST_F(Operators, DelayShiftsByStepsFromZero) {
  auto& s = circuit_.add<Src>("s", {.v = 0, .gain = 1});
  auto& p = circuit_.process("p") >> s.advance;
  auto& k = circuit_.add<Snk>("k", {});
  apply("Delay", {s.x}, {2}) >> k.in;
  p.watch(k.in, s.x);
  p.watch(apply("Delay", {s.x}, {3}), {.name = "three"});

  const Recording r = p.scan(6, {.dt = 1});

  EXPECT_THAT(floats(r["s.x"]), ElementsAre(1, 2, 3, 4, 5, 6));
  EXPECT_THAT(floats(r["k.in"]), ElementsAre(0, 0, 1, 2, 3, 4));
  EXPECT_THAT(floats(r["three"]), ElementsAre(0, 0, 0, 1, 2, 3));
}

TEST_F(Operators, ADelayOfADelayedWireDoesNotDependOnWhichCameFirst) {
  std::vector<std::vector<float>> seen;
  for (const bool delay_first : {true, false}) {
    Context circuit("w", {.seed = 1});
    auto& s = circuit.add<Src>("s", {.v = 0, .gain = 1});
    auto &k = circuit.add<Snk>("k", {}), &l = circuit.add<Snk>("l", {});
    if (delay_first) apply("Delay", {k.in}, {1}) >> l.in;
    delayed(s.x) >> k.in;
    if (!delay_first) apply("Delay", {k.in}, {1}) >> l.in;
    auto& p = circuit.process("p") >> s.advance;
    p.watch(l.in);
    seen.push_back(floats(p.scan(5, {.dt = 1})["l.in"]));
  }
  EXPECT_EQ(seen[0], seen[1]);
  EXPECT_THAT(seen[0], ElementsAre(0, 0, 1, 2, 3));
}

TEST_F(Operators, HoldKeepsWhatTheGateLetThrough) {
  auto &s = circuit_.add<Src>("s", {.v = 0, .gain = 1}),
       &gate = circuit_.add<Src>("gate", {.v = 0});
  auto& k = circuit_.add<Snk>("k", {});
  apply("Hold", {s.x, gate.x}) >> k.in;
  auto& p = circuit_.process("p") >> s.advance;
  p.watch(k.in);
  const float open[] = {0, 1, 0, 0, 1, 0};

  const Recording r = p.scan(6, {.dt = 1}, {.feeds = {{&gate.x, open, 1}}});

  EXPECT_THAT(floats(r["k.in"]), ElementsAre(0, 2, 2, 2, 5, 5));
}

TEST_F(Operators, AreKnownOnceRegistered) {  // users' own
  static const bool registered = [] {
    register_operator(
        {.name = "Halve",
         .doc = "a / 2",
         .shape = [](std::span<const Shape> s, std::span<const double>) { return s[0]; },
         .evaluate =
             [](const OperatorCall& call) {
               for (std::size_t i = 0; i < call.output.shape.size(); ++i)
                 call.output.values[i] = call.inputs[0].values[i] / 2;
             }});
    return true;
  }();
  EXPECT_TRUE(registered);

  EXPECT_TRUE(same(wired(apply("halve", {a.x})), a.x.read() / 2.0F));
  EXPECT_THAT(error_of([] { register_operator({.name = "Halve"}); }),
              HasSubstr("an operator 'Halve' is registered already"));
}

TEST_F(Operators, FeedAnyInputAndBlockNoOtherStep) {  // F12
  auto& k = circuit_.add<SnkU>("k", {.n_units = 3, .batch_size = 2});
  (a.x + b.x) >> k.in;

  circuit_.process("p").then(k.advance).run({.t = 0, .dt = 1});  // k.reset could not run

  EXPECT_EQ(k.out.read()(0, 0), -25);
}

TEST_F(Operators, RefuseOperandsThatDoNotFit) {
  auto& wide = circuit_.add<Src>("wide", {.n_units = 4, .batch_size = 2});
  EXPECT_THAT(error_of([&] { (a.x + wide.x) >> b.x; }),
              HasSubstr("operands of shapes (2, 3) and (2, 4) do not fit"));
  EXPECT_THAT(error_of([&] { (a.x + a.key) >> b.x; }),
              HasSubstr("a.key is no operand: it holds uint32"));
  EXPECT_THAT(error_of([&] {
                apply("Slice", {a.x}, {2, 5}) >> b.x;
              }),
              HasSubstr("Slice takes columns 2 to 6 of 3"));
  EXPECT_THAT(error_of([&] {
                apply("Slice", {a.x}, {0.5, 1}) >> b.x;
              }),
              HasSubstr("Slice's first is 0.5; expected an integer from 0 to"));
  EXPECT_THAT(error_of([&] { apply("Delay", {a.x}, {0}) >> b.x; }),
              HasSubstr("Delay's n is 0; expected an integer from 1 to"));
  EXPECT_THAT(error_of([&] { apply("Scale", {a.x}); }), HasSubstr("Scale needs the number 'k'"));
  EXPECT_THAT(error_of([&] {
                apply("Scale", {a.x}, {1, 2});
              }),
              HasSubstr("Scale takes 1 number besides its operands, not 2"));
  EXPECT_THAT(error_of([&] { apply("Subtract", {a.x}); }),
              HasSubstr("Subtract takes 2 operands, not 1"));
  EXPECT_THAT(error_of([&] { apply("Summation", {}); }),
              HasSubstr("Summation takes 1 or more operands, not 0"));
  EXPECT_THAT(error_of([&] { apply("Sumation", {a.x}); }), HasSubstr("did you mean 'Summation'?"));
  EXPECT_THAT(error_of([&] { apply("Function", {a.x}); }), HasSubstr("Function needs a function"));
  EXPECT_FALSE(b.x.targeted());
}

TEST_F(Operators, AreEvaluatedAfreshAtEachReadWithinAStep) {
  auto& s = circuit_.add<Src>("s", {.v = 1, .gain = 1});
  auto &k = circuit_.add<Snk>("k", {}), &l = circuit_.add<Snk>("l", {});
  (s.x + s.x) >> k.in;
  (k.in * s.x) >> l.in;
  auto& p = circuit_.process("p") >> k.advance >> s.advance >> l.advance >> s.advance >> k.advance;

  p.run({.t = 0, .dt = 1});

  EXPECT_EQ(l.out.scalar(), 80);  // (2 + 2) 2
  EXPECT_EQ(k.out.scalar(), 60);
}

}  // namespace
}  // namespace plexus::test
