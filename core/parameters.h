#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "plexus/core/shape.h"
#include "plexus/core/tensor.h"

namespace plexus {

class Initialiser;

/// A word with numbers, as ("elastic_net", (0.1, 0.5)); in YAML `[elastic_net, [0.1, 0.5]]`.
struct Tagged {
  std::string name;
  std::vector<float> values;
  friend bool operator==(const Tagged&, const Tagged&) = default;
};

/// A pair of numbers; in YAML `[0.5, -0.25]`.
struct Pair {
  float first = 0, second = 0;
  friend bool operator==(const Pair&, const Pair&) = default;
};

/// Marks a parameter that has no default: `float tau_w = required;`.
struct Required {
  constexpr operator float() const { return std::numeric_limits<float>::quiet_NaN(); }
  constexpr operator int() const { return std::numeric_limits<int>::min(); }
};
inline constexpr Required required;

/// A number, or an array of them where each unit may have
/// its own: `Numbers tau_m = required;`, `.tau_m = 20`.
struct Numbers : Tensor {
  Numbers(float value)
      : Tensor{{}, std::vector<float>{value}} {}            // NOLINT(google-explicit-constructor)
  Numbers(Required) : Tensor{{0}, std::vector<float>{}} {}  // NOLINT(google-explicit-constructor)
  Numbers(Tensor given) : Tensor(std::move(given)) {}       // NOLINT(google-explicit-constructor)
};

/// The numbers that have a meaning. NaN and infinities never do.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_open = false, high_open = false;
  [[nodiscard]] bool contains(double value) const noexcept;
  /// "> 0", ">= 0", "between 0 and 1"; empty when every finite number is valid.
  [[nodiscard]] std::string text() const;
};
inline constexpr Range any_number{};
inline constexpr Range positive{0, std::numeric_limits<double>::infinity(), true, false};
inline constexpr Range non_negative{0, std::numeric_limits<double>::infinity(), false, false};

struct Unit {
  const char* symbol = "";
};
namespace unit {
inline constexpr Unit none{""}, ms{"ms"}, mV{"mV"}, mA{"mA"}, MOhm{"MΩ"}, Hz{"Hz"};
}

/// The words that a text parameter takes.
struct OneOf {
  std::vector<std::string> words;
};
/// Names that ngc-learn once had for the parameter: accepted with a warning.
struct Alias {
  std::string name;
};
/// A typical value, for the remedy "add e.g. `tau_theta: 20`".
struct Example {
  std::string text;
};

/// One declared parameter of one component's Params, with a pointer to its value there.
struct Parameter {
  using Target =
      std::variant<int*, float*, bool*, std::string*, std::optional<float>*, Shape*, Pair*, Tagged*,
                   Tensor*, std::optional<Tensor>*, std::vector<Tensor>*, Initialiser*>;
  std::string name;
  Target target;
  std::string doc;
  Range range;
  Unit unit;
  std::vector<std::string> words;
  std::vector<std::string> aliases;
  std::string example;

  /// True while the value is still `required` (for a shape: while it has no axes and must have).
  [[nodiscard]] bool missing() const;
  /// True for a text that may be `none`, which model files may also write as null.
  [[nodiscard]] bool takes_none() const;
  /// What a value must be: "a number > 0, in ms", "one of euler, rk2", "a list of two numbers".
  [[nodiscard]] std::string expectation() const;
  /// The present value in YAML's form.
  [[nodiscard]] std::string value_text() const;
  /// The JSON Schema type word: "number", "integer",
  /// "boolean", "string", "array", "initialiser", "values".
  [[nodiscard]] const char* kind() const;
};

/// A problem with one parameter: what is wrong, what to do.
struct ParameterProblem {
  std::string parameter, problem, remedy;
};

/// The visitor that `Params::describe` feeds: the one place where a parameter is declared. Reading,
/// checking, help, schema and saving follow from it.
///
///     void describe(Parameters& d) {
///       d("tau_w", tau_w, "time constant of the efficacies W", positive, unit::ms);
///     }
///
/// Parameters "coeffs.c0" and "coeffs.c1" form a group: model files give it as a mapping, `coeffs:
/// {c0: 1, c1: 2}`.
class Parameters {
 public:
  template <class T, class... Details>
  void operator()(const char* name, T& member, const char* doc, const Details&... details) {
    Parameter& p = add(name, &member, doc);
    (apply(p, details), ...);
  }

  /// A name that ngc-learn once took and gave no meaning any more: accepted with a warning, and
  /// dropped.
  void retired(const char* name) { retired_.emplace_back(name); }

  [[nodiscard]] const std::vector<Parameter>& all() const noexcept { return all_; }
  [[nodiscard]] const std::vector<std::string>& retired() const noexcept { return retired_; }
  [[nodiscard]] Parameter* find(const std::string& name);
  [[nodiscard]] std::vector<std::string> names() const;
  /// All values out of range or missing, in order of
  /// declaration. `type` and `component` name them in the text.
  [[nodiscard]] std::vector<ParameterProblem> problems(const std::string& type,
                                                       const std::string& component) const;

 private:
  Parameter& add(const char* name, Parameter::Target target, const char* doc);
  static void apply(Parameter& p, const Range& range) { p.range = range; }
  static void apply(Parameter& p, const Unit& unit) { p.unit = unit; }
  static void apply(Parameter& p, const OneOf& one_of) { p.words = one_of.words; }
  static void apply(Parameter& p, const Alias& alias) { p.aliases.push_back(alias.name); }
  static void apply(Parameter& p, const Example& example) { p.example = example.text; }

  std::vector<Parameter> all_;
  std::vector<std::string> retired_;
};

}  // namespace plexus
