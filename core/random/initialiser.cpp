#include "plexus/core/random/initialiser.h"

#include <algorithm>
#include <cassert>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "plexus/core/random/initialiser_checks.h"

namespace plexus {
namespace {

bool is_transposed(const Shape& a, const Shape& b) {
  return a.rank() == 2 && b.rank() == 2 && a[0] == b[1] && a[1] == b[0];
}

}  // namespace

Initialiser::Initialiser(const GeneratorInfo& generator, std::vector<double> arguments)
    : generator_(&generator), arguments_(std::move(arguments)) {
  assert(arguments_.size() == generator.arguments.size() && "the generator's arguments, all");
  detail::check_arguments(generator, arguments_, {});
}

Initialiser::Initialiser(const Tensor& literal) {
  const auto to_floats = [](const auto& values) {
    std::vector<float> floats(values.size());
    std::ranges::transform(values, floats.begin(), [](auto x) { return static_cast<float>(x); });
    return floats;
  };
  literal_ =
      std::make_shared<const Tensor>(Tensor{literal.shape, std::visit(to_floats, literal.values)});
}

Initialiser Initialiser::with(InitialiserOptions options) const {
  detail::check_options(options, {});
  Initialiser result = *this;
  result.options_ = std::move(options);
  return result;
}

Initialiser Initialiser::amin(double least) const {
  auto options = options_;
  options.amin = least;
  return with(std::move(options));
}

Initialiser Initialiser::amax(double greatest) const {
  auto options = options_;
  options.amax = greatest;
  return with(std::move(options));
}

Initialiser Initialiser::clip(double least, double greatest) const {
  return amin(least).amax(greatest);
}

Initialiser Initialiser::lower_triangle() const {
  auto options = options_;
  options.lower_triangle = true;
  return with(std::move(options));
}

Initialiser Initialiser::upper_triangle() const {
  auto options = options_;
  options.upper_triangle = true;
  return with(std::move(options));
}

Initialiser Initialiser::hollow() const {
  auto options = options_;
  options.hollow = true;
  return with(std::move(options));
}

Initialiser Initialiser::eye() const {
  auto options = options_;
  options.eye = true;
  return with(std::move(options));
}

Initialiser Initialiser::col_mask(Mask mask) const {
  auto options = options_;
  options.col_mask = std::move(mask);
  return with(std::move(options));
}

Initialiser Initialiser::row_mask(Mask mask) const {
  auto options = options_;
  options.row_mask = std::move(mask);
  return with(std::move(options));
}

Tensor Initialiser::draw(const Shape& shape, Key key) const {
  std::vector<float> values(shape.size());
  draw(shape, key, values);
  return {shape, std::move(values)};
}

void Initialiser::draw(const Shape& shape, Key key, std::span<float> out) const {
  assert(out.size() == shape.size() && "one place for each element");
  if (!*this)
    detail::reject({}, "there is no initialiser to draw from", "give one, e.g. init::uniform()");

  Key mask_key = key;
  if (literal_) {
    const auto values = literal_->floats();
    if (literal_->shape == shape) {
      std::ranges::copy(values, out.begin());
    } else if (values.size() == 1) {
      std::ranges::fill(out, values[0]);
    } else {
      throw Error(Error::Kind::shape, {},
                  fmt::format("got an array of shape {}, expected {}", to_string(literal_->shape),
                              to_string(shape)),
                  is_transposed(literal_->shape, shape)
                      ? "the array looks transposed"
                      : "give an array of that shape, or one number");
    }
  } else if (generator_->random) {
    const auto [value_key, masks] = split(key);
    mask_key = masks;
    generator_->fill(arguments_, shape, value_key, out);
  } else {
    generator_->fill(arguments_, shape, key, out);
  }
  detail::apply(options_, shape, mask_key, out);
}

bool operator==(const Initialiser& a, const Initialiser& b) {
  const bool same_literal =
      a.literal_ == b.literal_ || (a.literal_ && b.literal_ && *a.literal_ == *b.literal_);
  return a.generator_ == b.generator_ && a.arguments_ == b.arguments_ && same_literal &&
         a.options_ == b.options_;
}

namespace init {
namespace {

Initialiser generated(std::string_view name, std::vector<double> arguments) {
  return {*find_generator(name), std::move(arguments)};
}

}  // namespace

Initialiser constant(double value) {
  return generated("constant", {value});
}
Initialiser uniform(double low, double high) {
  return generated("uniform", {low, high});
}
Initialiser gaussian(double mean, double std) {
  return generated("gaussian", {mean, std});
}
Initialiser log_gaussian(double sigma) {
  return generated("log_gaussian", {sigma});
}
Initialiser fan_in_uniform() {
  return generated("fan_in_uniform", {});
}
Initialiser fan_in_gaussian() {
  return generated("fan_in_gaussian", {});
}
Initialiser diag_offdiag(double on_diag, double off_diag) {
  return generated("diag_offdiag", {on_diag, off_diag});
}
Initialiser literal(const Tensor& values) {
  return Initialiser(values);
}

}  // namespace init

}  // namespace plexus
