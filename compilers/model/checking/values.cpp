// Statements that set values, and whether those fit.
#include "plexus/compilers/model/values.h"

#include <algorithm>

#include <fmt/format.h>

#include "plexus/compilers/model/checking/protocol_checker.h"
#include "plexus/compilers/model/clamp_source.h"

namespace plexus::model::detail {

void ProtocolChecker::statement(const Statement&, const ClampOnce& once) {
  for (const Clamp& clamp : once.clamps) check(clamp, nullptr);
}

void ProtocolChecker::statement(const Statement&, const Normalize& normalize) {
  for (const auto& matrix : normalize.matrices) {
    const Compartment* c = builder_.compartment(matrix.compartment);
    if (c == nullptr) continue;
    unwired(*c, matrix.compartment, "normalised");
    if (c->shape().rank() != 2)
      error(matrix.compartment.place,
            fmt::format("{} has shape {}; only a matrix can be normalised", matrix.compartment.text,
                        to_string(c->shape())));
  }
}

void ProtocolChecker::statement(const Statement&, const Assign& assign) {
  for (const auto& one : assign.assignments) {
    const Compartment* c = builder_.compartment(one.compartment);
    const auto value = expression(one.value);
    if (c == nullptr || !value) continue;
    unwired(*c, one.compartment, "set");
    if (!is_float(*c, one.compartment, "set")) continue;
    try {
      const Shape shape = context_.evaluate(*value).shape;
      if (fit(shape, c->shape(), false) == Fit::none)
        error(one.compartment.place,
              fmt::format("cannot set {} {} to {} {}", one.compartment.text, to_string(c->shape()),
                          one.value.to_string(), to_string(shape)));
    } catch (const Error& problem) {
      error(one.value.place, problem.problem(), problem.remedy());
    }
  }
}

void ProtocolChecker::statement(const Statement&, const Log&) {}

/// The value of an expression for shapes' sake; empty
/// where it has none in turn 0, as it may in others.
std::optional<plexus::Expression> ProtocolChecker::expression(const Expression& syntax) {
  try {
    return builder_.expression(syntax, 0);
  } catch (const Error&) {
    return std::nullopt;
  }
}

bool ProtocolChecker::is_float(const Compartment& c, const Path& path, const char* verb) {
  if (c.options().dtype == DType::float32) return true;
  error(path.place,
        fmt::format("{} holds {} and cannot be {}", path.text, to_string(c.options().dtype), verb),
        c.role() == plexus::Role::key
            ? fmt::format("a component's `key: …` chooses its random stream")
            : "");
  return false;
}

void ProtocolChecker::unwired(const Compartment& c, const Path& path, const char* verb) {
  if (!c.targeted()) return;
  error(path.place,
        fmt::format(
            "{} cannot be {}: it is wired from {}{}", path.text, verb, c.wire()->source.text(),
            c.wire()->where.line > 0 ? fmt::format(" (line {})", c.wire()->where.line) : ""),
        fmt::format("clamp {} instead, or drop the wire", c.wire()->source.text()));
}

void ProtocolChecker::check(const Clamp& clamp, const Run* run) {
  const Compartment* c = builder_.compartment(clamp.compartment);
  if (c == nullptr) return;
  unwired(*c, clamp.compartment, "clamped");
  if (!is_float(*c, clamp.compartment, "clamped")) return;
  std::optional<Shape> shape;
  std::string from;
  if (clamp.source == Clamp::Source::data) {
    const Shape* data = data_.shape(clamp.data);
    if (data == nullptr) return;
    const auto walked = std::find_if(walked_.rbegin(), walked_.rend(),
                                     [&](const Walked& w) { return w.name == clamp.data; });
    if (walked != walked_.rend()) {
      if (!walked->batch) return;
      if (clamp.steps_axis && data->rank() < 2) {
        error(clamp.value.place(),
              fmt::format("'{}' {} has no axis of steps", clamp.data, to_string(*data)));
        return;
      }
      shape = batch_shape(*data, *walked->batch, clamp.steps_axis.has_value());
      from = fmt::format("a batch of '{}' {}", clamp.data, to_string(*shape));
    } else {
      shape = *data;
      from = fmt::format("'{}' {}", clamp.data, to_string(*shape));
    }
  } else if (clamp.source == Clamp::Source::list && !clamp.value.has_deferred()) {
    const auto tensor =
        Values(diagnostics_, *model_.source).tensor(clamp.value, clamp.compartment.text);
    if (!tensor) return;
    shape = tensor->shape;
    from = fmt::format("a list of shape {}", to_string(*shape));
  } else if (clamp.source == Clamp::Source::initialiser && !clamp.value.has_deferred()) {
    const auto initialiser =
        Values(diagnostics_, *model_.source).initialiser(clamp.value, clamp.compartment.text);
    if (!initialiser) return;
    if (const Tensor* literal = initialiser->literal()) {
      shape = literal->shape;
      from = fmt::format("an array {}", to_string(*shape));
    } else {
      try {
        (void)initialiser->draw(c->shape(), Key{});
      } catch (const Error& problem) {
        error(clamp.value.place(), fmt::format("{}: {}", clamp.compartment.text, problem.problem()),
              problem.remedy());
      }
      return;
    }
  }
  if (!shape) return;
  const Fit how = fit(*shape, c->shape(), run != nullptr);
  if (how == Fit::none) {
    error(clamp.compartment.place,
          fmt::format("cannot clamp {} {} to {}", clamp.compartment.text, to_string(c->shape()),
                      from),
          misfit_remedy(*c, *shape, clamp, run != nullptr));
  } else if (how == Fit::stepped && !run->broken && !run->steps.varies() &&
             (*shape)[0] != run->steps.at()) {
    error(clamp.compartment.place,
          fmt::format("{} has {} rows for {} steps", from, (*shape)[0], run->steps.at()),
          fmt::format("write `steps: {}`, or cut the array", (*shape)[0]));
  }
}

std::string ProtocolChecker::misfit_remedy(const Compartment& c, const Shape& given,
                                           const Clamp& clamp, bool may_step) {
  const Shape& own = c.shape();
  const bool batched = own.rank() > 0 && !c.dims().empty() && c.dims()[0].batch;
  if (batched && clamp.source == Clamp::Source::data && given.rank() == own.rank() &&
      given[0] != own[0] && given.cols() == own.cols())
    return fmt::format("give {} `batch_size: {}`, or walk the data in batches of {}",
                       c.owner().label(), given[0], own[0]);
  return may_step ? "give one value a unit and sample, or a leading axis with one row a step"
                  : "give one value a unit and sample; a list is not repeated over a batch, a "
                    "single number is";
}

}  // namespace plexus::model::detail
