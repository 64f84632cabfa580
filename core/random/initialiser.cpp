#include "plexus/core/random/initialiser.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>

namespace plexus {
namespace {

using Options = InitialiserOptions;

[[noreturn]] void reject(const Where& where, std::string_view problem, std::string_view remedy) {
  throw Error(Error::Kind::config, where, problem, remedy);
}

void require_finite(std::string_view of, std::string_view name, double value, const Where& where) {
  if (std::abs(value) <= std::numeric_limits<float>::max()) return;
  reject(where, fmt::format("{}: {} is {}", of, name, value), "give a finite float32 number");
}

void check_arguments(const GeneratorInfo& generator, std::span<const double> arguments,
                     const Where& where) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    require_finite(generator.name, generator.arguments[i].name, arguments[i], where);
  }
  if (generator.name == "uniform" && arguments[0] > arguments[1]) {
    reject(where, fmt::format("uniform: low is {}, high is {}", arguments[0], arguments[1]),
           "give low <= high");
  }
}

void check_options(const Options& options, const Where& where) {
  if (options.amin) require_finite("initialiser", "amin", *options.amin, where);
  if (options.amax) require_finite("initialiser", "amax", *options.amax, where);
  if (options.lower_triangle && options.upper_triangle) {
    reject(where, "an initialiser cannot keep lower_triangle and upper_triangle both",
           "drop one; for the diagonal alone give eye");
  }
}

std::vector<std::string> names_of(std::span<const GeneratorInfo> infos) {
  std::vector<std::string> names;
  for (const auto& info : infos) names.emplace_back(info.name);
  return names;
}

/// The names that may stand in a generator's mapping.
std::vector<std::string> names_for(const GeneratorInfo& generator) {
  std::vector<std::string> names;
  for (const auto& argument : generator.arguments) names.emplace_back(argument.name);
  for (const auto& option : initialiser_options()) names.emplace_back(option.name);
  return names;
}

// Reading one value as what its place wants.

double number_from(const InitialiserArgument& argument) {
  if (const auto* number = std::get_if<double>(&argument.value)) return *number;
  reject(argument.where, fmt::format("{} is no number", argument.name), "give a number");
}

bool flag_from(const InitialiserArgument& argument) {
  if (const auto* flag = std::get_if<bool>(&argument.value)) return *flag;
  const auto* number = std::get_if<double>(&argument.value);
  if (number && (*number == 0 || *number == 1)) return *number == 1;
  reject(argument.where, fmt::format("{} is neither true nor false", argument.name),
         "give true or false");
}

std::int64_t index_from(double number, const InitialiserArgument& argument) {
  constexpr double kLargest = 1e15;
  if (number >= 0 && number <= kLargest && number == std::floor(number)) {
    return static_cast<std::int64_t>(number);
  }
  reject(argument.where, fmt::format("{} holds {}", argument.name, number),
         "give a count, or a list of indices from 0");
}

Mask mask_from(const InitialiserArgument& argument) {
  if (const auto* count = std::get_if<double>(&argument.value)) {
    return Mask(index_from(*count, argument));
  }
  if (const auto* list = std::get_if<std::vector<double>>(&argument.value)) {
    std::vector<std::int64_t> kept;
    for (const double index : *list) kept.push_back(index_from(index, argument));
    return Mask(std::move(kept));
  }
  reject(argument.where, fmt::format("{} is neither a count nor a list", argument.name),
         "give a count, or a list of indices from 0");
}

void set_option(Options& options, const OptionInfo& info, const InitialiserArgument& argument) {
  std::visit(
      [&](auto member) {
        using Value = std::remove_reference_t<decltype(options.*member)>;
        if constexpr (std::is_same_v<Value, bool>) {
          options.*member = flag_from(argument);
        } else if constexpr (std::is_same_v<Value, std::optional<double>>) {
          options.*member = number_from(argument);
        } else {
          options.*member = mask_from(argument);
        }
      },
      info.member);
}

// Writing.

std::string text_of(const Mask& mask) {
  return mask.count ? fmt::format("{}", *mask.count)
                    : fmt::format("[{}]", fmt::join(mask.kept, ", "));
}

/// ", name: value" for each option that is set.
void append_options(const Options& options, std::vector<std::string>& parts) {
  for (const auto& info : initialiser_options()) {
    std::visit(
        [&](auto member) {
          const auto& value = options.*member;
          using Value = std::remove_cvref_t<decltype(value)>;
          if constexpr (std::is_same_v<Value, bool>) {
            if (value) parts.push_back(fmt::format("{}: true", info.name));
          } else if constexpr (std::is_same_v<Value, std::optional<double>>) {
            if (value) parts.push_back(fmt::format("{}: {}", info.name, *value));
          } else {
            if (value) parts.push_back(fmt::format("{}: {}", info.name, text_of(*value)));
          }
        },
        info.member);
  }
}

std::string text_of(float value) {
  if (std::isnan(value)) return ".nan";
  if (std::isinf(value)) return value > 0 ? ".inf" : "-.inf";
  return fmt::format("{}", value);
}

/// The elements from `axis` on as nested lists; `at` is the next element.
std::string nested_lists(const Shape& shape, std::span<const float> values, std::size_t axis,
                         std::size_t& at) {
  if (axis == shape.rank()) return text_of(values[at++]);
  std::string text = "[";
  for (std::int64_t i = 0; i < shape[axis]; ++i) {
    if (i > 0) text += ", ";
    text += nested_lists(shape, values, axis + 1, at);
  }
  return text + "]";
}

bool is_transposed(const Shape& a, const Shape& b) {
  return a.rank() == 2 && b.rank() == 2 && a[0] == b[1] && a[1] == b[0];
}

}  // namespace

Initialiser::Initialiser(const GeneratorInfo& generator, std::vector<double> arguments)
    : generator_(&generator), arguments_(std::move(arguments)) {
  assert(arguments_.size() == generator.arguments.size() && "the generator's arguments, all");
  check_arguments(generator, arguments_, {});
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
  check_options(options, {});
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
  if (!*this) reject({}, "there is no initialiser to draw from", "give one, e.g. init::uniform()");

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

Initialiser make_initialiser(std::string_view generator,
                             std::span<const InitialiserArgument> arguments, const Where& where) {
  const GeneratorInfo* info = find_generator(generator);
  if (info == nullptr) {
    reject(where, fmt::format("no initialiser is named '{}'", generator),
           did_you_mean(generator, names_of(generators())));
  }

  std::vector<std::optional<double>> given(info->arguments.size());
  Options options;
  for (auto it = arguments.begin(); it != arguments.end(); ++it) {
    const auto has_name = [&](const auto& other) { return other.name == it->name; };
    if (std::any_of(arguments.begin(), it, has_name)) {
      reject(it->where, fmt::format("{} has '{}' twice", generator, it->name), "drop one");
    }
    const auto argument = std::ranges::find_if(info->arguments, has_name);
    const auto option = std::ranges::find_if(initialiser_options(), has_name);
    if (argument != info->arguments.end()) {
      const double value = number_from(*it);
      require_finite(generator, it->name, value, it->where);
      given[static_cast<std::size_t>(argument - info->arguments.begin())] = value;
    } else if (option != initialiser_options().end()) {
      set_option(options, *option, *it);
      check_options(options, it->where);
    } else {
      reject(it->where, fmt::format("{} has no argument or option '{}'", generator, it->name),
             did_you_mean(it->name, names_for(*info)));
    }
  }

  std::vector<double> values;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const auto& argument = info->arguments[i];
    const auto value = given[i] ? given[i] : argument.default_value;
    if (!value) {
      reject(where, fmt::format("{} lacks the argument '{}'", generator, argument.name),
             fmt::format("add `{}`, a number: {}", argument.name, argument.doc));
    }
    values.push_back(*value);
  }
  check_arguments(*info, values, where);
  return Initialiser(*info, std::move(values)).with(std::move(options));
}

std::string to_string(const Initialiser& initialiser) {
  if (!initialiser) return "null";
  if (const Tensor* literal = initialiser.literal()) {
    std::size_t at = 0;
    return nested_lists(literal->shape, literal->floats(), 0, at);
  }
  const GeneratorInfo& generator = *initialiser.generator();
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < generator.arguments.size(); ++i) {
    parts.push_back(fmt::format("{}: {}", generator.arguments[i].name, initialiser.arguments()[i]));
  }
  append_options(initialiser.options(), parts);
  return fmt::format("{{{}: {{{}}}}}", generator.name, fmt::join(parts, ", "));
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
