#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "plexus/core/kernels/target.h"

namespace plexus {

class Compartment;
class Component;
struct Call;
struct Step;

/// How a method touches a compartment. From these declarations follow schedules, checks and
/// kernels.
enum class Access : std::uint8_t {
  read,
  update,   // read, then written
  write,    // written without being read
  look,     // written, only for looking at: the equations never read it
  publish,  // written where it is not wired; makes no edge where it is
  clear,    // set to its initial value where it is not wired; makes no edge where it is
};

struct Use {
  Compartment* compartment;
  Access access;
};

template <Access A, std::size_t N>
struct Uses {
  std::array<Compartment*, N> compartments;
};

template <class... C>
auto reads(C&... c) {
  return Uses<Access::read, sizeof...(C)>{{&c...}};
}
template <class... C>
auto updates(C&... c) {
  return Uses<Access::update, sizeof...(C)>{{&c...}};
}
template <class... C>
auto writes(C&... c) {
  return Uses<Access::write, sizeof...(C)>{{&c...}};
}
template <class... C>
auto looks(C&... c) {
  return Uses<Access::look, sizeof...(C)>{{&c...}};
}
template <class... C>
auto publishes(C&... c) {
  return Uses<Access::publish, sizeof...(C)>{{&c...}};
}

/// A decision that is made when the circuit is built, so that no branch is left in the loop: the
/// text gets a `std::integral_constant`. `when(w_bound > 0)` gives true or false,
/// `choose<5>(integrator)` one of five.
template <class T, int N>
struct Switch {
  T value;
};
inline Switch<bool, 2> when(bool condition) {
  return {condition};
}
template <int N, class T>
Switch<T, N> choose(T value) {
  return {value};
}

/// One side of an outer product: a compartment, (B, n), as it is or with `scale * x + shift`.
struct Factor {
  Compartment* compartment;
  float scale = 1, shift = 0;
  Factor(Compartment& c) : compartment(&c) {}  // NOLINT(google-explicit-constructor)
};
inline Factor scaled(Compartment& c, float scale) {
  Factor f{c};
  f.scale = scale;
  return f;
}
inline Factor shifted(Compartment& c, float shift) {
  Factor f{c};
  f.shift = shift;
  return f;
}
/// The same number for every unit of a side.
inline Factor constant(Compartment& side, float value) {
  Factor f{side};
  f.scale = 0;
  f.shift = value;
  return f;
}

/// Σ_batch x_i y_j: what a synapse sees of its two sides.
struct Outer {
  Factor pre, post;
};
inline Outer outer(Factor pre, Factor post) {
  return {pre, post};
}

/// Uniform numbers in [0, 1), one a unit, drawn from a key that each step advances.
struct Draws {
  Compartment* key;
};
inline Draws draws(Compartment& key) {
  return {&key};
}
/// The same for a text that does no more with its number u than `u < p`: where p leaves no doubt,
/// none is drawn.
struct Chances {
  Compartment* key;
};
inline Chances chances(Compartment& key) {
  return {&key};
}

/// A kernel runs one stage over its arrays.
using Kernel = void (*)(const Call&, const Step&);

/// The loops that can run a stage. All give the same bits in whatever a loop computes.
struct Loops {
  using Sets = detail::ForEachSet<Kernel>;
  Sets full;    // as declared
  Sets quiet;   // without what is only looked at; none where nothing is, or nothing else
  Sets merged;  // of a synapse: quiet, and each row of W goes on into the product y = x W that
                // follows
  Sets active;  // of a synapse: quiet, over the rows and columns of units that spike
  /// True if the text leaves what it updates as it is: of a unit, whatever that is; of a synapse,
  /// where all its outer products are 0. Tried out on the call's own constants and read values, bit
  /// for bit.
  bool (*still)(const Call&, const Step&) = nullptr;
  bool timed = false;  // the text looks at the step's time
};

/// One equation of a method, as data: what it is, what it touches, and the loop that runs it.
struct Stage {
  enum class Kind : std::uint8_t { unit, post, synapse, product, whole, clear };
  Kind kind = Kind::whole;
  Component* owner = nullptr;  // filled by the Method that declares the stage
  std::vector<Use> uses = {};  // in the order of the text's arguments
  std::vector<Outer> outers = {};
  const void* constants = nullptr;
  Loops loops = {};
  bool draws = false;       // the first use is the key
  bool transposed = false;  // of a product
};

namespace detail {

template <Access... A>
struct Accesses {};

enum class Draw : std::uint8_t { none, number, threshold };

/// The kernels of a text, defined in core/kernels/text.h, which the sources of components include.
template <class Text, class K, class A, auto... S>
struct Kernels {
  template <Draw kDraw>
  static Loops unit();
  static Loops post();
  template <int kOuters>
  static Loops synapse();
};

// A component's header declares stages with its texts still incomplete; they are complete in its
// source alone, where its constructor is. So what names a kernel is a matter of each source file:
// `static`, down to the stages. Elsewhere nothing is instantiated, whatever else is included there.

template <class, class>
struct Concat;
template <Access... A, Access... Then>
struct Concat<Accesses<A...>, Accesses<Then...>> {
  using type = Accesses<A..., Then...>;
};

template <Access A, class Indices>
struct Repeat;
template <Access A, std::size_t... I>
struct Repeat<A, std::index_sequence<I...>> {
  using type = Accesses<((void)I, A)...>;
};

// What the arguments of each_unit and its like contribute: accesses, or a switch.
template <class A>
struct Gathered {
  using accesses = A;
};

/// Picks the instance of the loops for the switches' values.
template <class Maker, auto... S>
static Loops pick() {
  if constexpr (requires { sizeof(typename Maker::OfText); })
    return Maker::template get<S...>();
  else
    return {};
}
template <class Maker, auto... S, class T, int N, class... Rest>
static Loops pick(Switch<T, N> first, Rest... rest) {
  Loops loops;
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    ((static_cast<std::size_t>(first.value) == I
          ? void(loops = pick<Maker, S..., static_cast<T>(I)>(rest...))
          : void()),
     ...);
  }
  (std::make_index_sequence<static_cast<std::size_t>(N)>{});
  return loops;
}

template <class T>
struct IsSwitch : std::false_type {};
template <class T, int N>
struct IsSwitch<Switch<T, N>> : std::true_type {};

template <class A>
struct AccessList {  // accumulates Uses<...> into one Accesses<...>
  template <Access X, std::size_t N>
  auto operator+(const Uses<X, N>&) const {
    return AccessList<
        typename Concat<A, typename Repeat<X, std::make_index_sequence<N>>::type>::type>{};
  }
  template <class T, int N>
  auto operator+(const Switch<T, N>&) const {
    return *this;
  }
  auto operator+(const Draws&) const { return *this; }
  auto operator+(const Chances&) const { return *this; }
  auto operator+(const Outer&) const { return *this; }
  using type = A;
};

inline void put(Stage&, const auto&) {}
template <Access A, std::size_t N>
void put(Stage& stage, const Uses<A, N>& uses) {
  for (Compartment* c : uses.compartments) stage.uses.push_back({c, A});
}
inline void put(Stage& stage, const Draws& draws) {
  stage.draws = true;
  stage.uses.insert(stage.uses.begin(), {draws.key, Access::update});
}
inline void put(Stage& stage, const Chances& chances) {
  put(stage, Draws{chances.key});
}
inline void put(Stage& stage, const Outer& outer) {
  stage.outers.push_back(outer);
}

/// Calls pick with the switches among the parts.
template <class Maker, class... Parts>
static Loops pick_from(const Parts&... parts) {
  const auto switches = std::tuple_cat([&](const auto& part) {
    if constexpr (IsSwitch<std::decay_t<decltype(part)>>::value)
      return std::tuple{part};
    else
      return std::tuple<>{};
  }(parts)...);
  return std::apply([](auto... s) { return pick<Maker>(s...); }, switches);
}

template <class Text, class K, Draw kDraw>
struct UnitMaker {
  template <class A>
  struct With {
    using OfText = Text;
    template <auto... S>
    static Loops get() {
      return Kernels<Text, K, A, S...>::template unit<kDraw>();
    }
  };
};
template <class Text, class K>
struct PostMaker {
  template <class A>
  struct With {
    using OfText = Text;
    template <auto... S>
    static Loops get() {
      return Kernels<Text, K, A, S...>::post();
    }
  };
};
template <class Text, class K, int kOuters>
struct SynapseMaker {
  template <class A>
  struct With {
    using OfText = Text;
    template <auto... S>
    static Loops get() {
      return Kernels<Text, K, A, S...>::template synapse<kOuters>();
    }
  };
};

template <class... Parts>
using AccessesOf =
    typename decltype((AccessList<Accesses<>>{} + ... + std::declval<Parts>()))::type;

template <class Maker, class... Parts, class K>
static Stage make_stage(Stage::Kind kind, const K& constants, const Parts&... parts) {
  Stage stage{.kind = kind};
  stage.constants = &constants;
  (put(stage, parts), ...);
  stage.loops = pick_from<typename Maker::template With<AccessesOf<Parts...>>>(parts...);
  return stage;
}

template <auto Function>
struct Whole;
template <class C, void (C::*Function)(const Step&)>
struct Whole<Function> {
  static void run(const Call& call, const Step& step);  // defined in core/plan.h
};

}  // namespace detail

/// An equation unit by unit: `Text::at(k, switches…, values of unit j…)`, the values in declared
/// order. With `draws(key)` or `chances(key)` the text gets a uniform number before them.
template <class Text, class K, class... Parts>
static Stage each_unit(const K& k, const Parts&... parts) {
  constexpr detail::Draw kDraw = (std::is_same_v<Parts, Chances> || ...) ? detail::Draw::threshold
                                 : (std::is_same_v<Parts, Draws> || ...) ? detail::Draw::number
                                                                         : detail::Draw::none;
  return detail::make_stage<detail::UnitMaker<Text, K, kDraw>, Parts...>(Stage::Kind::unit, k,
                                                                         parts...);
}

/// As each_unit, with `mean` as the first value: `mean(y * y)` is the mean over the batch.
template <class Text, class K, class... Parts>
static Stage each_post(const K& k, const Parts&... parts) {
  return detail::make_stage<detail::PostMaker<Text, K>, Parts...>(Stage::Kind::post, k, parts...);
}

/// An equation synapse by synapse: `Text::at(k, switches…, outer products…, values of W_ij…)`.
template <class Text, class K, class... Parts>
static Stage each_synapse(const K& k, const Parts&... parts) {
  constexpr int kOuters = (0 + ... + (std::is_same_v<Parts, Outer> ? 1 : 0));
  return detail::make_stage<detail::SynapseMaker<Text, K, kOuters>, Parts...>(Stage::Kind::synapse,
                                                                              k, parts...);
}

/// y = x W, or x (W ⊙ mask): (B, n) (n, m) -> (B, m). Per column one chain, rows ascending.
Stage product(Compartment& x, Compartment& W, Compartment& y);
Stage product(Compartment& x, Compartment& W, Compartment& mask, Compartment& y);
/// y = x Wᵀ: (B, m) (n, m) -> (B, n).
Stage product_transposed(Compartment& x, Compartment& W, Compartment& y);

/// A member function over Eigen maps or spans, for what is not an equation unit by unit.
template <auto Function, class... Parts>
Stage whole(const Parts&... parts) {
  Stage stage{.kind = Stage::Kind::whole};
  (detail::put(stage, parts), ...);
  stage.loops.full.of.fill(&detail::Whole<Function>::run);
  return stage;
}

/// Sets compartments to their initial values where they are not wired: what a reset does.
template <class... C>
Stage clears(C&... compartments) {
  Stage stage{.kind = Stage::Kind::clear};
  (stage.uses.push_back({&compartments, Access::clear}), ...);
  return stage;
}

}  // namespace plexus
