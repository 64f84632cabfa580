// What depends on the turn of a loop, in a turn.
#include <fmt/format.h>

#include "plexus/compilers/model/reading/reader.h"
#include "plexus/compilers/model/syntax.h"

namespace plexus::model {
namespace {

[[noreturn]] void refuse(const Place& place, const std::string& problem) {
  throw Error(Error::Kind::config,
              {place.source ? place.source->file() : "", place.line, place.column, {}}, problem);
}

}  // namespace

template <>
std::int64_t Integer::at(std::int64_t turn) const {
  if (!formula) return fixed;
  const Node value{place, formula->at(turn)};
  const auto whole = value.whole();
  if (!whole || *whole < least || *whole > detail::kMostCounted)
    refuse(place, fmt::format("{} is {} in turn i = {}; expected an integer >= {}", what,
                              value.summary(), turn, least));
  return *whole;
}

template <>
double Real::at(std::int64_t turn) const {
  if (!formula) return fixed;
  const Node value{place, formula->at(turn)};
  if (!value.is_number() || !detail::is_finite_float(value.real()) ||
      (above && static_cast<double>(static_cast<float>(value.real())) <= least))
    refuse(place, fmt::format("{} is {} in turn i = {}; expected {}{}", what, value.summary(), turn,
                              detail::a_number(value), above ? fmt::format(" > {}", least) : ""));
  return value.real();
}

std::string Log::at(std::int64_t turn) const {
  return format_scalar(text.at(turn).scalar());
}

}  // namespace plexus::model
