#include "plexus/core/operator.h"

#include <algorithm>
#include <cctype>
#include <map>

#include <fmt/format.h>

#include "plexus/core/error.h"
#include "plexus/core/operators/builtin.h"

namespace plexus {
namespace {

std::map<std::string, OperatorType>& table() {
  static std::map<std::string, OperatorType> types = [] {
    std::map<std::string, OperatorType> builtin;
    for (OperatorType& type : builtin_operators()) builtin.emplace(type.name, std::move(type));
    return builtin;
  }();
  return types;
}

}  // namespace

void register_operator(OperatorType type) {
  const std::string name = type.name;
  if (!table().emplace(name, std::move(type)).second)
    throw Error(Error::Kind::config, {},
                fmt::format("an operator '{}' is registered already", name),
                "give this one another name");
}

const OperatorType* find_operator(const std::string& name) {
  const auto found = table().find(name);
  if (found != table().end()) return &found->second;
  std::string capital = name;
  if (!capital.empty())
    capital[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(capital[0])));
  const auto again = table().find(capital);
  return again == table().end() ? nullptr : &again->second;
}

std::vector<const OperatorType*> operators() {
  std::vector<const OperatorType*> all;
  for (const auto& [name, type] : table()) all.push_back(&type);
  return all;
}

Shape broadcast(std::span<const Shape> shapes) {
  std::size_t rank = 0;
  for (const Shape& s : shapes) rank = std::max(rank, s.rank());
  Shape out;
  for (std::size_t axis = 0; axis < rank; ++axis) {
    std::int64_t extent = 1;
    for (const Shape& s : shapes) {
      if (axis + s.rank() < rank) continue;
      const std::int64_t n = s[axis + s.rank() - rank];
      if (n == 1 || n == extent) continue;
      if (extent != 1)
        throw Error(Error::Kind::shape, {},
                    fmt::format("operands of shapes {} and {} do not fit",
                                to_string(shapes.front()), to_string(s)));
      extent = n;
    }
    out.push_back(extent);
  }
  return out;
}

}  // namespace plexus
