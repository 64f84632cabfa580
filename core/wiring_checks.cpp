// Wires that Context refuses: cycles and misfits.
#include <utility>

#include <fmt/format.h>

#include "plexus/core/context.h"

namespace plexus {

void Context::refuse_cycle(const Expression& source, const Compartment& destination) const {
  // Depth first from the source towards what feeds it; the path is kept for the message.
  std::vector<const Compartment*> path;
  const auto visit = [&](auto&& self, const Compartment& c) -> bool {
    path.push_back(&c);
    if (&c == &destination) return true;
    if (c.wire() != nullptr && !c.wire()->delayed)
      for (const Compartment* next : c.wire()->source.present_compartments())
        if (self(self, *next)) return true;
    path.pop_back();
    return false;
  };
  for (const Compartment* start : source.present_compartments()) {
    path.clear();
    if (!visit(visit, *start)) continue;
    std::string hops = destination.label();
    for (const Compartment* c : path) hops += " <- " + c->label();
    throw Error(Error::Kind::wiring, {.path = destination.path()},
                fmt::format("cannot wire {} >> {}: {} would feed itself: {}", source.text(),
                            destination.label(), destination.label(), hops),
                source.compartment() == &destination
                    ? "leave it out: unwired, a compartment keeps its own value"
                    : "mark the wire delayed, so that it gives the value of the step before");
  }
}

void Context::refuse_misfit(const Expression& source, const Shape& from, const Compartment& to,
                            const Shape& into) const {
  const Compartment* plain = source.compartment();
  const DType from_type = plain != nullptr ? plain->options().dtype : DType::float32;
  if (from_type != to.options().dtype)
    throw Error(Error::Kind::shape, {.path = to.path()},
                fmt::format("cannot wire {} ({}) >> {} ({}): the types differ", source.text(),
                            to_string(from_type), to.label(), to_string(to.options().dtype)),
                "wire compartments of one type");
  if (from == into) return;
  const bool same_rank = from.rank() == into.rank();
  const bool same_rows = same_rank && from.rows() == into.rows();
  const bool same_cols = same_rank && from.cols() == into.cols();
  const bool batched = into.rank() == 2 && !to.dims().empty() && to.dims()[0].batch;
  const bool transposed = from.rank() == 2 && same_rank && from[0] == into[1] && from[1] == into[0];
  const auto [what, remedy] =
      same_rows && batched
          ? std::pair{"widths",
                      std::string("give both the same number of units, or Slice or Concatenate")}
      : same_cols && batched
          ? std::pair{"batch sizes", std::string("give both the same batch_size")}
          : std::pair{"shapes", transposed
                                    ? fmt::format("the array looks transposed: transpose({}) >> {}",
                                                  source.text(), to.label())
                                    : std::string("give both the same shape")};
  throw Error(Error::Kind::shape, {.path = to.path()},
              fmt::format("cannot wire {} {} >> {} {}: the {} differ", source.text(),
                          to_string(from), to.label(), to_string(into), what),
              remedy);
}

}  // namespace plexus
