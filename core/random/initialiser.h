#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "plexus/core/error.h"
#include "plexus/core/random/generators.h"
#include "plexus/core/random/initialiser_options.h"
#include "plexus/core/random/key.h"
#include "plexus/core/shape.h"
#include "plexus/core/tensor.h"

namespace plexus {

/// How an array gets its first values: a generator with arguments and options, or a literal array.
/// A value; cheap to copy. Made by the functions of plexus::init, or from text by
/// make_initialiser.
///
///     init::uniform(-0.3, 0.3).hollow().draw({5, 5}, Key::from_seed(42))
///
/// Equal initialisers draw equal bits from equal shapes and keys.
class Initialiser {
 public:
  /// None: nothing to draw from.
  Initialiser() = default;

  /// A generator of the table, with all its arguments in the table's order.
  /// Throws Error (config) if an argument is no finite float32, or low is above high.
  Initialiser(const GeneratorInfo& generator, std::vector<double> arguments);

  /// An array of the shape to fill, or one number to fill any shape with. Integers become float32.
  explicit Initialiser(const Tensor& literal);

  [[nodiscard]] explicit operator bool() const noexcept { return generator_ || literal_; }

  /// Options; each gives a copy that has it.
  [[nodiscard]] Initialiser amin(double least) const;
  [[nodiscard]] Initialiser amax(double greatest) const;
  [[nodiscard]] Initialiser clip(double least, double greatest) const;
  [[nodiscard]] Initialiser lower_triangle() const;
  [[nodiscard]] Initialiser upper_triangle() const;
  [[nodiscard]] Initialiser hollow() const;
  [[nodiscard]] Initialiser eye() const;
  [[nodiscard]] Initialiser col_mask(Mask mask) const;
  [[nodiscard]] Initialiser row_mask(Mask mask) const;
  /// All options at once.
  /// Throws Error (config) if both triangles are asked for, or a bound is no finite float32.
  [[nodiscard]] Initialiser with(InitialiserOptions options) const;

  /// Draws an array.
  /// Throws Error: shape, if the shape does not suit the generator, the literal or an option;
  /// config, if there is no initialiser.
  [[nodiscard]] Tensor draw(const Shape& shape, Key key) const;

  /// Draws into `out`, which holds shape.size() elements, row by row. Throws as above; `out` is
  /// then unspecified.
  void draw(const Shape& shape, Key key, std::span<float> out) const;

  /// The generator, or null for literals and none.
  [[nodiscard]] const GeneratorInfo* generator() const noexcept { return generator_; }
  /// Its arguments, in the table's order.
  [[nodiscard]] std::span<const double> arguments() const noexcept { return arguments_; }
  [[nodiscard]] const InitialiserOptions& options() const noexcept { return options_; }
  /// The array of a literal, or null.
  [[nodiscard]] const Tensor* literal() const noexcept { return literal_.get(); }

  friend bool operator==(const Initialiser& a, const Initialiser& b);

 private:
  const GeneratorInfo* generator_ = nullptr;  // into the table
  std::vector<double> arguments_;
  std::shared_ptr<const Tensor> literal_;
  InitialiserOptions options_;
};

/// One `name: value` of an initialiser as it was read: an argument or an option.
struct InitialiserArgument {
  std::string name;
  std::variant<double, bool, std::vector<double>> value;
  Where where;
};

/// The initialiser `{generator: {name: value, ...}}`.
/// Throws Error (config), at the place of what is wrong, for an unknown name (with the nearest
/// known one), a missing argument, one given twice, or a value of the wrong kind.
Initialiser make_initialiser(std::string_view generator,
                             std::span<const InitialiserArgument> arguments,
                             const Where& where = {});

/// As model files have it: "{uniform: {low: 0, high: 1, hollow: true}}"; literals as nested lists;
/// "null" for none.
std::string to_string(const Initialiser& initialiser);

/// Initialisers to write in C++, named as in model files.
namespace init {

[[nodiscard]] Initialiser constant(double value);
[[nodiscard]] Initialiser uniform(double low = 0, double high = 1);
[[nodiscard]] Initialiser gaussian(double mean = 0, double std = 1);
[[nodiscard]] Initialiser log_gaussian(double sigma = 1);
[[nodiscard]] Initialiser fan_in_uniform();
[[nodiscard]] Initialiser fan_in_gaussian();
[[nodiscard]] Initialiser diag_offdiag(double on_diag, double off_diag);
[[nodiscard]] Initialiser literal(const Tensor& values);

}  // namespace init
}  // namespace plexus
