#include "plexus/core/parameters.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plexus/core/error.h"
#include "plexus/core/overloaded.h"
#include "plexus/core/random/initialiser.h"

namespace plexus {
namespace {

using detail::Overloaded;

std::string number_text(double value) {
  return value == std::floor(value) && std::abs(value) < 1e9 ? fmt::format("{:.0f}", value)
                                                             : fmt::format("{:g}", value);
}

std::vector<double> numbers_in(const Tensor& tensor) {
  return std::visit([](const auto& v) { return std::vector<double>(v.begin(), v.end()); },
                    tensor.values);
}

/// The array that a parameter holds, if any.
const Tensor* tensor_of(const Parameter& p) {
  if (const auto* values = std::get_if<Tensor*>(&p.target)) return *values;
  const auto* values = std::get_if<std::optional<Tensor>*>(&p.target);
  return values != nullptr && **values ? &***values : nullptr;
}

/// The numbers of a parameter that its range speaks of.
std::vector<double> numbers_of(const Parameter& p) {
  return std::visit(
      Overloaded{
          [](const int* v) { return std::vector<double>{static_cast<double>(*v)}; },
          [](const float* v) { return std::vector<double>{static_cast<double>(*v)}; },
          [](const std::optional<float>* v) {
            return *v ? std::vector<double>{static_cast<double>(**v)} : std::vector<double>{};
          },
          [](const Shape* v) {
            std::vector<double> n;
            for (const auto extent : *v) n.push_back(static_cast<double>(extent));
            return n;
          },
          [](const Pair* v) {
            return std::vector<double>{static_cast<double>(v->first),
                                       static_cast<double>(v->second)};
          },
          [](const Tagged* v) { return std::vector<double>(v->values.begin(), v->values.end()); },
          [](const Tensor* v) { return numbers_in(*v); },
          [](const std::optional<Tensor>* v) {
            return *v ? numbers_in(**v) : std::vector<double>{};
          },
          [](const auto*) { return std::vector<double>{}; }},
      p.target);
}

const std::string* word_of(const Parameter& p) {
  if (const auto* text = std::get_if<std::string*>(&p.target)) return *text;
  if (const auto* tagged = std::get_if<Tagged*>(&p.target)) return &(*tagged)->name;
  return nullptr;
}

}  // namespace

bool Range::contains(double value) const noexcept {
  if (!std::isfinite(value)) return false;
  return (low_open ? value > low : value >= low) && (high_open ? value < high : value <= high);
}

std::string Range::text() const {
  const bool has_low = std::isfinite(low), has_high = std::isfinite(high);
  if (has_low && has_high)
    return fmt::format("{} {} and {} {}", low_open ? ">" : ">=", number_text(low),
                       high_open ? "<" : "<=", number_text(high));
  if (has_low) return fmt::format("{} {}", low_open ? ">" : ">=", number_text(low));
  if (has_high) return fmt::format("{} {}", high_open ? "<" : "<=", number_text(high));
  return {};
}

bool Parameter::missing() const {
  return std::visit(Overloaded{[](const int* v) { return *v == static_cast<int>(required); },
                               [](const float* v) { return std::isnan(*v); },
                               [](const Tensor* v) { return v->size() == 0; },
                               [](const auto*) { return false; }},
                    target) ||
         ((name == "shape" || name == "x_shape") && std::holds_alternative<Shape*>(target) &&
          example != "optional" && std::get<Shape*>(target)->rank() == 0);
}

bool Parameter::takes_none() const {
  return std::holds_alternative<std::string*>(target) &&
         std::ranges::find(words, "none") != words.end();
}

const char* Parameter::kind() const {
  return std::visit(
      Overloaded{[](const int*) { return "integer"; }, [](const bool*) { return "boolean"; },
                 [](const float*) { return "number"; },
                 [](const std::optional<float>*) { return "number or null"; },
                 [](const std::string*) { return "text"; }, [](const Shape*) { return "shape"; },
                 [](const Pair*) { return "pair"; }, [](const Tagged*) { return "tagged"; },
                 [](const Tensor*) { return "values"; },
                 [](const std::optional<Tensor>*) { return "values or null"; },
                 [](const std::vector<Tensor>*) { return "list of values"; },
                 [](const Initialiser*) { return "initialiser"; }},
      target);
}

std::string Parameter::expectation() const {
  const std::string bound = range.text().empty() ? "" : " " + range.text();
  const std::string in = *unit.symbol != 0 ? fmt::format(", in {}", unit.symbol) : "";
  const std::string one_of = words.empty() ? "" : fmt::format("one of {}", fmt::join(words, ", "));
  return std::visit(
      Overloaded{
          [&](const int*) { return fmt::format("an integer{}{}", bound, in); },
          [&](const float*) {
            return fmt::format("{}{}{}", bound.empty() ? "a finite number" : "a number", bound, in);
          },
          [&](const bool*) { return std::string("true or false"); },
          [&](const std::string*) { return one_of.empty() ? "a text" : one_of; },
          [&](const std::optional<float>*) {
            return fmt::format("a number{}{}, or null", bound, in);
          },
          [&](const Shape*) { return fmt::format("a list of integers{}", bound); },
          [&](const Pair*) { return fmt::format("a list of two numbers{}", in); },
          [&](const Tagged*) {
            return fmt::format("[NAME, NUMBER], NAME being {}", one_of.empty() ? "a word" : one_of);
          },
          [&](const Tensor*) {
            return fmt::format("a number{0}, or an array of numbers{0}{1}", bound, in);
          },
          [&](const std::optional<Tensor>*) {
            return fmt::format("an array of numbers{}{}, or null", bound, in);
          },
          [&](const std::vector<Tensor>*) { return std::string("a list of arrays, or null"); },
          [&](const Initialiser*) {
            return std::string("an initialiser, such as {uniform: {low: 0, high: 1}}");
          }},
      target);
}

std::string Parameter::value_text() const {
  return std::visit(
      Overloaded{[](const int* v) { return fmt::format("{}", *v); },
                 [](const float* v) { return fmt::format("{}", *v); },
                 [](const bool* v) { return fmt::format("{}", *v); },
                 [](const std::string* v) { return *v; },
                 [](const std::optional<float>* v) { return *v ? fmt::format("{}", **v) : "null"; },
                 [](const Shape* v) {
                   return v->rank() == 0
                              ? std::string("null")
                              : fmt::format("[{}]", fmt::join(v->begin(), v->end(), ", "));
                 },
                 [](const Pair* v) { return fmt::format("[{}, {}]", v->first, v->second); },
                 [](const Tagged* v) {
                   return v->values.size() == 1
                              ? fmt::format("[{}, {}]", v->name, v->values[0])
                              : fmt::format("[{}, [{}]]", v->name, fmt::join(v->values, ", "));
                 },
                 [](const Tensor* v) {
                   return v->size() == 1 ? fmt::format("{}", numbers_in(*v)[0])
                                         : "array " + plexus::to_string(v->shape);
                 },
                 [](const std::optional<Tensor>* v) {
                   return *v ? "array " + plexus::to_string((*v)->shape) : std::string("null");
                 },
                 [](const std::vector<Tensor>* v) {
                   std::vector<std::string> shapes;
                   for (const Tensor& array : *v)
                     shapes.push_back("array " + plexus::to_string(array.shape));
                   return v->empty() ? std::string("null")
                                     : fmt::format("[{}]", fmt::join(shapes, ", "));
                 },
                 [](const Initialiser* v) { return *v ? to_string(*v) : std::string("null"); }},
      target);
}

Parameter& Parameters::add(const char* name, Parameter::Target target, const char* doc) {
  all_.push_back({name, target, doc, any_number, unit::none, {}, {}, {}});
  return all_.back();
}

Parameter* Parameters::find(const std::string& name) {
  const auto found = std::ranges::find(all_, name, &Parameter::name);
  return found == all_.end() ? nullptr : &*found;
}

std::vector<std::string> Parameters::names() const {
  std::vector<std::string> names;
  for (const Parameter& p : all_) names.push_back(p.name);
  return names;
}

std::vector<ParameterProblem> Parameters::problems(const std::string& type,
                                                   const std::string& component) const {
  std::vector<ParameterProblem> problems;
  for (const Parameter& p : all_) {
    if (p.missing()) {
      const std::string example = p.example.empty() ? "1" : p.example;
      const std::string in = *p.unit.symbol != 0 ? fmt::format(" ({})", p.unit.symbol) : "";
      problems.push_back(
          {p.name,
           fmt::format("{} '{}' lacks the required parameter '{}'", type, component, p.name),
           fmt::format("add e.g. `{}: {}`{}: the {}", p.name, example, in, p.doc)});
      continue;
    }
    const Tensor* tensor = tensor_of(p);
    if (tensor != nullptr && tensor->dtype() != DType::float32) {
      problems.push_back({p.name,
                          fmt::format("{}.{} holds {} values, expected float32", component, p.name,
                                      plexus::to_string(tensor->dtype())),
                          "convert the values first"});
      continue;
    }
    for (const double value : numbers_of(p)) {
      if (p.range.contains(value)) continue;
      const std::string given = tensor != nullptr && tensor->size() > 1
                                    ? fmt::format("holds {}", value)
                                    : fmt::format("is {}", p.value_text());
      problems.push_back(
          {p.name, fmt::format("{}.{} {}; expected {}", component, p.name, given, p.expectation()),
           fmt::format("it is the {}", p.doc)});
      break;
    }
    const std::string* word = word_of(p);
    if (word != nullptr && !p.words.empty() && std::ranges::find(p.words, *word) == p.words.end())
      problems.push_back(
          {p.name,
           fmt::format("{}.{} is '{}'; expected {}", component, p.name, *word, p.expectation()),
           did_you_mean(*word, p.words)});
  }
  return problems;
}

}  // namespace plexus
