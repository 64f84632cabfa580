// Initialisers read from text.
#include <algorithm>
#include <cmath>
#include <type_traits>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "plexus/core/random/initialiser.h"
#include "plexus/core/random/initialiser_checks.h"

namespace plexus {
namespace {

using Options = InitialiserOptions;

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

double number_from(const InitialiserArgument& argument) {
  if (const auto* number = std::get_if<double>(&argument.value)) return *number;
  detail::reject(argument.where, fmt::format("{} is no number", argument.name), "give a number");
}

bool flag_from(const InitialiserArgument& argument) {
  if (const auto* flag = std::get_if<bool>(&argument.value)) return *flag;
  const auto* number = std::get_if<double>(&argument.value);
  if (number && (*number == 0 || *number == 1)) return *number == 1;
  detail::reject(argument.where, fmt::format("{} is neither true nor false", argument.name),
                 "give true or false");
}

std::int64_t index_from(double number, const InitialiserArgument& argument) {
  constexpr double kLargest = 1e15;
  if (number >= 0 && number <= kLargest && number == std::floor(number)) {
    return static_cast<std::int64_t>(number);
  }
  detail::reject(argument.where, fmt::format("{} holds {}", argument.name, number),
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
  detail::reject(argument.where, fmt::format("{} is neither a count nor a list", argument.name),
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

}  // namespace

Initialiser make_initialiser(std::string_view generator,
                             std::span<const InitialiserArgument> arguments, const Where& where) {
  const GeneratorInfo* info = find_generator(generator);
  if (info == nullptr) {
    detail::reject(where, fmt::format("no initialiser is named '{}'", generator),
                   did_you_mean(generator, names_of(generators())));
  }

  std::vector<std::optional<double>> given(info->arguments.size());
  Options options;
  for (auto it = arguments.begin(); it != arguments.end(); ++it) {
    const auto has_name = [&](const auto& other) { return other.name == it->name; };
    if (std::any_of(arguments.begin(), it, has_name)) {
      detail::reject(it->where, fmt::format("{} has '{}' twice", generator, it->name), "drop one");
    }
    const auto argument = std::ranges::find_if(info->arguments, has_name);
    const auto option = std::ranges::find_if(initialiser_options(), has_name);
    if (argument != info->arguments.end()) {
      const double value = number_from(*it);
      detail::require_finite(generator, it->name, value, it->where);
      given[static_cast<std::size_t>(argument - info->arguments.begin())] = value;
    } else if (option != initialiser_options().end()) {
      set_option(options, *option, *it);
      detail::check_options(options, it->where);
    } else {
      detail::reject(it->where,
                     fmt::format("{} has no argument or option '{}'", generator, it->name),
                     did_you_mean(it->name, names_for(*info)));
    }
  }

  std::vector<double> values;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const auto& argument = info->arguments[i];
    const auto value = given[i] ? given[i] : argument.default_value;
    if (!value) {
      detail::reject(where, fmt::format("{} lacks the argument '{}'", generator, argument.name),
                     fmt::format("add `{}`, a number: {}", argument.name, argument.doc));
    }
    values.push_back(*value);
  }
  detail::check_arguments(*info, values, where);
  return Initialiser(*info, std::move(values)).with(std::move(options));
}

}  // namespace plexus
