#include <functional>
#include <set>

#include <fmt/ranges.h>

#include "plexus/components/math/helpers.h"
#include "plexus/core/normalize.h"
#include "tests/components/math/tables.h"

namespace plexus::math {
namespace {

/// "lkwta;x=a;groups=3;k=1": a function and its arguments by name.
struct Call {
  std::string function;
  std::map<std::string, std::string, std::less<>> arguments;

  [[nodiscard]] bool has(std::string_view name) const { return arguments.contains(name); }
  [[nodiscard]] const std::string& text(std::string_view name) const {
    const auto found = arguments.find(name);
    if (found == arguments.end())
      throw std::invalid_argument(fmt::format("{} lacks the argument {}", function, name));
    return found->second;
  }
  [[nodiscard]] float number(std::string_view name) const { return std::stof(text(name)); }
  [[nodiscard]] int integer(std::string_view name) const { return std::stoi(text(name)); }
  [[nodiscard]] BlockShape block(std::string_view name) const {
    const std::string& extents = text(name);
    return {std::stoi(extents), std::stoi(extents.substr(extents.find('x') + 1))};
  }
};

Call parse_call(const std::string& text) {
  Call call;
  std::istringstream parts{text};
  std::getline(parts, call.function, ';');
  for (std::string part; std::getline(parts, part, ';');) {
    const auto equals = part.find('=');
    call.arguments[part.substr(0, equals)] = part.substr(equals + 1);
  }
  return call;
}

/// Arrays that are arguments of others.
bool is_input(const Call& call) {
  return call.function == "x" || call.function == "masks" || call.function == "map";
}

const std::set<std::string, std::less<>> kExact{"relu",          "d_relu",
                                                "d_lrelu",       "relu6",
                                                "d_relu6",       "identity",
                                                "heaviside",     "unit_threshold",
                                                "bkwta",         "d_clip",
                                                "threshold",     "binarize",
                                                "one_hot",       "d_identity",
                                                "d_bkwta",       "d_kwta",
                                                "d_lkwta",       "d_quantile_lkwta",
                                                "kwta",          "d_heaviside",
                                                "clamp_min",     "clip",
                                                "clamp_max",     "d_unit_threshold",
                                                "lkwta",         "quantile_lkwta",
                                                "eye_wrapped",   "create_block_matrix",
                                                "chebyshev_norm"};

Tolerance tolerance_of(const std::string& function) {
  if (kExact.contains(function)) return {};
  if (function == "sine" || function == "d_sine") return {1e-4, 1e-5, 1e-12};
  return {1e-5, 1e-6, 1e-12};
}

class ActivationTables : public testing::Test {
 protected:
  using Values = std::vector<float>;

  /// What `call` returns here; nothing for a function or activation that does not exist.
  std::optional<Values> result_of(const Call& call) {
    if (const auto helper = helpers_.find(call.function);
        helper != helpers_.end() && !(call.function == "bkwta" && !call.has("k")))
      return helper->second(call);

    const bool derivative = call.function.starts_with("d_");
    const std::string name = call.function.substr(derivative ? 2 : 0);
    const auto known = std::ranges::find(activations(), name, &Activation::name);
    if (known == activations().end() || call.arguments.size() != 1) return {};
    return same_shape(call, [&](ConstMatrixView x, MatrixView y) {
      (derivative ? known->df : known->f)(x.values, y.values, x.rows, x.cols);
    });
  }

  const Tensor& table(const std::string& name) const { return tables_.at(name); }
  ConstMatrixView input(const Call& call) const { return table("x;name=" + call.text("x")); }
  ConstMatrixView masks(const Call& call) const {
    return table("masks;groups=" + call.text("groups") +
                 ";width=" + std::to_string(input(call).cols));
  }

  template <class F>
  Values same_shape(const Call& call, const F& f) const {
    const auto x = input(call);
    Values y(static_cast<std::size_t>(x.size()));
    f(x, MatrixView{y.data(), x.rows, x.cols});
    return y;
  }
  template <class F>
  Values each(const Call& call, const F& f) const {
    Values y;
    for (const float x : input(call).flat()) y.push_back(f(x));
    return y;
  }
  Values dropped(const Call& call, bool want_mask) const {
    Values mask(static_cast<std::size_t>(input(call).size()));
    Values y = same_shape(call, [&](auto x, auto out) {
      drop_out(Key::from_seed(call.integer("seed")), x, call.number("rate"), out,
               {mask.data(), x.rows, x.cols});
    });
    return want_mask ? mask : y;
  }

  static Values values(const Tensor& tensor) {
    return {tensor.floats().begin(), tensor.floats().end()};
  }

  const std::map<std::string, Tensor> tables_ = golden_tables("activations");

  // clang-format off
  const std::map<std::string, std::function<Values(const Call&)>> helpers_{
      {"bkwta", [&](const Call& c) { return same_shape(c, [&](auto x, auto y) { bkwta(x, c.integer("k"), y); }); }},
      {"softmax", [&](const Call& c) { return same_shape(c, [&](auto x, auto y) { softmax(x, c.number("tau"), y); }); }},
      {"d_softmax", [&](const Call& c) { return values(d_softmax(input(c), c.number("tau"))); }},
      {"swish", [&](const Call& c) { return each(c, [&](float x) { return swish(x, c.number("beta")); }); }},
      {"d_swish", [&](const Call& c) { return each(c, [&](float x) { return d_swish(x, c.number("beta")); }); }},
      {"clamp_min", [&](const Call& c) { return each(c, [&](float x) { return clamp_min(x, c.number("min")); }); }},
      {"clamp_max", [&](const Call& c) { return each(c, [&](float x) { return clamp_max(x, c.number("max")); }); }},
      {"clip", [&](const Call& c) { return each(c, [&](float x) { return clip(x, c.number("min"), c.number("max")); }); }},
      {"d_clip", [&](const Call& c) { return each(c, [&](float x) { return d_clip(x, c.number("min"), c.number("max")); }); }},
      {"threshold", [&](const Call& c) { return each(c, [&](float x) { return threshold(x, c.number("thr")); }); }},
      {"threshold_soft", [&](const Call& c) { return each(c, [&](float x) { return threshold_soft(x, c.number("lmbda")); }); }},
      {"binarize", [&](const Call& c) { return each(c, [&](float x) { return binarize(x, c.number("threshold")); }); }},
      {"inverse_tanh", [&](const Call& c) { return each(c, [&](float x) { return inverse_tanh(x); }); }},
      {"inverse_logistic", [&](const Call& c) { return each(c, [&](float x) { return inverse_logistic(x, c.number("clip")); }); }},
      {"inverse_sigmoid", [&](const Call& c) { return each(c, [&](float x) { return inverse_sigmoid(x, c.number("clip")); }); }},
      {"one_hot", [&](const Call& c) { return same_shape(c, [&](auto x, auto y) { one_hot(x, y); }); }},
      {"chebyshev_norm", [&](const Call& c) { return chebyshev_norm(input(c), c.integer("axis")); }},
      {"layer_normalize", [&](const Call& c) { return same_shape(c, [&](auto x, auto y) { layer_normalize(x, c.number("shift"), c.number("scale"), y); }); }},
      {"tensorstats", [&](const Call& c) {
         const auto s = tensorstats(input(c).flat()).value();
         return Values{static_cast<float>(s.mean), static_cast<float>(s.std), static_cast<float>(s.mag), static_cast<float>(s.min), static_cast<float>(s.max)};
       }},
      {"normalize_matrix", [&](const Call& c) { return same_shape(c, [&](auto x, auto y) {
         std::ranges::copy(x.flat(), y.values);
         normalize(y.flat(), y.rows, y.cols, c.number("wnorm"), c.integer("order"), c.integer("axis"));
       }); }},
      {"normalize_block_matrix", [&](const Call& c) { return same_shape(c, [&](auto x, auto y) {
         std::ranges::copy(x.flat(), y.values);
         normalize_block_matrix(y, c.block("block"), c.number("order"), c.integer("axis"), c.number("norm"));
       }); }},
      {"create_block_matrix", [&](const Call& c) { return values(create_block_matrix(table("map"), c.block("group"), c.number("alpha_inh"), c.number("alpha_exc"))); }},
      {"eye_wrapped", [&](const Call& c) {
         Values diagonal;
         for (int i = 1; i <= c.integer("n"); ++i) diagonal.push_back(static_cast<float>(i));
         return values(eye_wrapped(c.integer("k"), diagonal));
       }},
      {"kwta", [&](const Call& c) { return same_shape(c, [&](auto x, auto y) { kwta(x, masks(c), c.integer("k"), y); }); }},
      {"d_kwta", [&](const Call& c) { return same_shape(c, [&](auto x, auto y) { d_kwta(x, masks(c), c.integer("k"), y); }); }},
      {"lkwta", [&](const Call& c) { return same_shape(c, [&](auto x, auto y) { lkwta(x, masks(c), c.integer("k"), c.has("clip") ? c.number("clip") : -1, y); }); }},
      {"d_lkwta", [&](const Call& c) { return same_shape(c, [&](auto x, auto y) { d_lkwta(x, masks(c), c.integer("k"), y); }); }},
      {"quantile_lkwta", [&](const Call& c) { return same_shape(c, [&](auto x, auto y) { quantile_lkwta(x, masks(c), c.integer("k"), y); }); }},
      {"d_quantile_lkwta", [&](const Call& c) { return same_shape(c, [&](auto x, auto y) { d_quantile_lkwta(x, masks(c), c.integer("k"), y); }); }},
      {"group_mean", [&](const Call& c) { return same_shape(c, [&](auto x, auto y) { group_mean(x, masks(c), y); }); }},
      {"drop_out", [&](const Call& c) { return dropped(c, false); }},
      {"drop_out_mask", [&](const Call& c) { return dropped(c, true); }},
      {"sample_values_by_group", [&](const Call& c) { return same_shape(c, [&](auto x, auto y) {
         sample_values_by_group(Key::from_seed(c.integer("seed")), x, c.integer("groups"), y);
       }); }},
  };
  // clang-format on
};

TEST_F(ActivationTables, AreWhatOurFunctionsReturn) {
  std::size_t n_compared = 0;
  for (const auto& [name, expected] : tables_) {
    SCOPED_TRACE(name);
    const Call call = parse_call(name);
    if (is_input(call)) continue;

    const auto actual = result_of(call);

    ASSERT_TRUE(actual.has_value()) << "no function of ours answers to this name";
    EXPECT_TRUE(agrees(*actual, expected.floats(), tolerance_of(call.function)));
    ++n_compared;
  }
  EXPECT_GT(n_compared, 250U);
}

TEST_F(ActivationTables, HoldEveryActivation) {
  for (const auto& known : activations()) {
    const std::string input = known.elementwise ? ";x=grid" : ";x=a";
    const std::string extra = known.name == "softmax" ? ";tau=0" : "";
    EXPECT_TRUE(tables_.contains(std::string{known.name} + input + extra)) << known.name;
  }
}

}  // namespace
}  // namespace plexus::math
