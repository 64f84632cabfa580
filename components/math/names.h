#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plexus/core/error.h"

namespace plexus::math {

/// One word that a user may write, and what it stands for.
template <class T>
struct Named {
  std::string_view name;
  T value;
};

/// The value of `name` in a table of words. Throws Error: config, with the nearest word, if it is
/// not there; `what` says what kind of thing was asked for ("integrator").
template <class T, std::size_t n>
T value_of(std::string_view what, std::string_view name, const Named<T> (&table)[n]) {
  for (const auto& row : table)
    if (row.name == name) return row.value;

  std::string known[n];
  for (std::size_t i = 0; i < n; ++i) known[i] = table[i].name;
  throw Error{Error::Kind::config,
              {},
              "unknown " + std::string{what} + " '" + std::string{name} + "'",
              did_you_mean(name, known)};
}

/// All words of a table, as parameters list them.
template <class T, std::size_t n>
std::vector<std::string> words_of(const Named<T> (&table)[n]) {
  std::vector<std::string> words;
  for (const auto& row : table) words.emplace_back(row.name);
  return words;
}

/// The first word for `value`: its canonical name, if the table lists that first.
template <class T, std::size_t n>
constexpr std::string_view name_of(T value, const Named<T> (&table)[n]) {
  for (const auto& row : table)
    if (row.value == value) return row.name;
  return {};
}

}  // namespace plexus::math
