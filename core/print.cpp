// The present values of a component.
#include <algorithm>
#include <ostream>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plexus/core/component.h"
#include "plexus/core/context.h"
#include "plexus/core/describe.h"
#include "plexus/core/table.h"

namespace plexus {

std::string print(const Component& component) {
  std::vector<std::vector<std::string>> rows;
  for (Compartment* c : component.compartments()) {
    if (c->role() == Role::internal) continue;
    std::vector<std::string> row{c->name(), to_string(c->shape())};
    if (c->options().dtype != DType::float32) {
      row.push_back(fmt::format("{}", fmt::join(c->own_words(), " ")));
    } else if (c->shape().size() > 0) {
      const auto values = c->values();
      double sum = 0;
      float least = values[0], most = values[0];
      for (const float v : values) {
        sum += static_cast<double>(v);
        least = std::min(least, v);
        most = std::max(most, v);
      }
      row.push_back(fmt::format("min {:.6g}", least));
      row.push_back(fmt::format("max {:.6g}", most));
      row.push_back(fmt::format("mean {:.6g}", sum / static_cast<double>(values.size())));
      if (c->targeted()) row.push_back("<- " + c->wire()->source.text());
    }
    rows.push_back(std::move(row));
  }
  return fmt::format("[{}] {}\n{}", component.type().name, component.path(),
                     detail::aligned(rows, {}, "  "));
}

std::ostream& operator<<(std::ostream& out, const Component& component) {
  return out << print(component);
}

}  // namespace plexus
