#include "plexus/compilers/graph/draw.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plexus/compilers/graph/graphviz.h"
#include "plexus/core/compartment.h"
#include "plexus/core/component.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "plexus/core/io/atomic_file.h"
#include "plexus/core/method.h"
#include "plexus/core/registry.h"

namespace plexus {
namespace {

/// The colours of families, the more special first. What no line names is grey.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kColours{{
    {"neurons/spiking", "#cdebc5"},
    {"neurons/graded", "#cfe3f7"},
    {"neurons", "#cfe3f7"},
    {"synapses/hebbian", "#fbd3a4"},
    {"synapses/modulated", "#f7c1a8"},
    {"synapses/competit", "#f6d3c4"},
    {"synapses", "#fdebd0"},
    {"traces", "#e3d6f0"},
    {"encoders", "#fdf3b4"},
    {"input_encoders", "#fdf3b4"},
    {"kernels", "#e3d6f0"},
}};

std::string_view colour_of(std::string_view family) {
  for (const auto& [prefix, colour] : kColours)
    if (family.starts_with(prefix)) return colour;
  return "#e8e8e8";
}

/// Text inside a label in Graphviz's HTML, or inside quotes.
std::string html(std::string_view text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  return out;
}
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

/// The component that is drawn for this one: the outermost that it is a part of.
const Component& drawn(const Component& component) {
  const Component* c = &component;
  while (c->parent() != nullptr) c = c->parent();
  return *c;
}

/// "weights"; of a part "Wl_cell.weights".
std::string name_within(const Compartment& compartment) {
  std::string name = compartment.name();
  for (const Component* c = &compartment.owner(); c->parent() != nullptr; c = c->parent())
    name = c->name() + "." + name;
  return name;
}

/// "64 → 25" for weights, "3×3×1×8" for kernels, "25" for units, with the batch where there is one.
std::string extents_of(const Component& component) {
  std::vector<std::int64_t> extents;
  std::string_view between = "×";
  if (const Compartment* weights = component.find_compartment("weights")) {
    extents.assign(weights->shape().begin(), weights->shape().end());
    if (extents.size() == 2) between = " → ";
  } else {
    const auto of_units = std::ranges::find_if(component.compartments(), [](const Compartment* c) {
      return !c->dims().empty() && c->dims().front().batch && c->role() != Role::internal;
    });
    if (of_units == component.compartments().end()) return {};
    extents.assign((*of_units)->shape().begin() + 1, (*of_units)->shape().end());
  }
  std::string text = fmt::format("{}", fmt::join(extents, between));
  if (component.batch_size() > 1) text += fmt::format("  (batch {})", component.batch_size());
  return text;
}

/// What a small node shows: a sign where mathematics has one, else the name; then numbers.
std::string symbol_of(const Operation& operation) {
  static const std::map<std::string, std::string, std::less<>> kSigns{{"Summation", "+"},
                                                                      {"Product", "×"},
                                                                      {"Negate", "−"},
                                                                      {"Subtract", "a − b"},
                                                                      {"Transpose", "transpose"}};
  const auto sign = kSigns.find(operation.type->name);
  std::string text = sign == kSigns.end() ? operation.type->name : sign->second;
  std::vector<std::string> numbers;
  for (const Operation::Operand& operand : operation.operands)
    if (operand.compartment == nullptr && operand.operation < 0)
      numbers.push_back(fmt::format("{}", operand.number));
  for (std::size_t i = 0; i < operation.arguments.size(); ++i)
    numbers.push_back(
        fmt::format("{}={}", operation.type->arguments[i].name, operation.arguments[i]));
  if (!numbers.empty()) text += fmt::format(" {}", fmt::join(numbers, ", "));
  return text;
}

/// True if it matters which operand is which.
bool has_places(const OperatorType& type) {
  return type.max_operands > 1 && type.name != "Summation" && type.name != "Product" &&
         type.name != "Mean" && type.name != "Max";
}

/// Writes a circuit's graph in Graphviz's language.
class Dot {
 public:
  Dot(Context& circuit, const DrawOptions& options) : circuit_(circuit) {
    if (!options.process.empty()) number(options.process);
  }

  std::string text() {
    out_ = fmt::format(
        "digraph {} {{\n"
        "  graph [rankdir=LR, nodesep=0.3, ranksep=0.55, fontname=\"Helvetica\", fontsize=13,\n"
        "         labelloc=t, labeljust=l, label={}];\n"
        "  node [shape=box, style=\"rounded,filled\", color=\"#555555\", fontname=\"Helvetica\",\n"
        "        fontsize=12, margin=\"0.12,0.06\", height=0.3];\n"
        "  edge [color=\"#555555\", fontname=\"Helvetica\", fontsize=9, fontcolor=\"#333333\",\n"
        "        arrowsize=0.7];\n\n",
        in_quotes(circuit_.name()), in_quotes(title_));
    nodes(circuit_, 1);
    out_ += '\n';
    for (const auto& wire : circuit_.wires()) draw_wire(*wire);
    for (const Edge& edge : edges_)
      out_ += fmt::format(
          "  {} -> {} [label=<{}>{}];\n", edge.from, edge.to, edge.label,
          edge.delayed ? ", style=dashed, color=\"#b03060\", fontcolor=\"#b03060\"" : "");
    return out_ + "}\n";
  }

 private:
  struct Edge {
    std::string from, to, label;
    bool delayed;
  };

  void number(const std::string& name) {
    Process* process = circuit_.find_process(name);
    if (process == nullptr) {
      std::vector<std::string> known;
      for (const auto& one : circuit_.processes()) known.push_back(one->name());
      throw Error(Error::Kind::config, {}, fmt::format("there is no process '{}'", name),
                  did_you_mean(name, known));
    }
    const Plan& plan = process->plan();
    for (std::size_t i = 0; i < plan.order.size(); ++i)
      calls_[&drawn(plan.order[i]->owner())].push_back(
          fmt::format("{}  {}", i + 1, plan.order[i]->name()));
    title_ = fmt::format("{}: process {}", circuit_.name(), name);
  }

  static std::string id(const Component& component) { return in_quotes(component.path()); }

  void nodes(const Context& context, std::size_t depth) {
    const std::string indent(2 * depth, ' ');
    for (const auto& component : context.components()) node(*component, indent);
    for (const Context* nested : context.contexts()) {
      if (nested->parent() != &context) continue;
      out_ += fmt::format(
          "{0}subgraph {1} {{\n{0}  graph [label={2}, style=\"rounded,filled\", color=\"#999999\", "
          "fillcolor=\"{3}\"];\n",
          indent, in_quotes("cluster_" + nested->path()), in_quotes(nested->name()),
          depth % 2 != 0 ? "#f6f6f6" : "#ffffff");
      nodes(*nested, depth + 1);
      out_ += indent + "}\n";
    }
  }

  void node(const Component& component, const std::string& indent) {
    const auto row = [](std::string_view text, int size, std::string_view more = "") {
      return fmt::format("<tr><td{}><font point-size=\"{}\">{}</font></td></tr>", more, size, text);
    };
    std::string rows = row(fmt::format("<b>{}</b>", html(component.name())), 12);
    rows += row(html(component.type().name), 9);
    if (const std::string extents = extents_of(component); !extents.empty())
      rows += row(html(extents), 9);
    for (const Component* part : component.parts())
      rows += row(fmt::format("{}: {} {}", html(part->name()), html(part->type().name),
                              html(extents_of(*part))),
                  8, fmt::format(" border=\"1\" bgcolor=\"{}\"", colour_of(part->type().family)));
    if (const auto calls = calls_.find(&component); calls != calls_.end())
      for (const std::string& call : calls->second) row_of_call(rows, call);
    out_ += fmt::format(
        "{}{} [fillcolor=\"{}\"{}, tooltip={}, label=<<table border=\"0\" cellspacing=\"1\" "
        "cellpadding=\"0\">{}</table>>];\n",
        indent, id(component), colour_of(component.type().family),
        component.type().family.starts_with("synapses") ? ", style=filled" : "",
        in_quotes(std::string(component.type().summary())), rows);
  }

  static void row_of_call(std::string& rows, const std::string& call) {
    rows += fmt::format(
        "<tr><td align=\"left\"><font point-size=\"9\" color=\"#a02020\">{}</font></td></tr>",
        html(call));
  }

  /// Wires between the same two components share one edge, a line of its label each.
  void edge(const std::string& from, const std::string& to, const std::string& label,
            bool delayed) {
    const auto same = std::ranges::find_if(edges_, [&](const Edge& e) {
      return e.from == from && e.to == to && e.delayed == delayed;
    });
    if (same == edges_.end())
      edges_.push_back({from, to, label, delayed});
    else
      same->label += "<br/>" + label;
  }

  void draw_wire(const Wire& wire) {
    const std::string to = id(drawn(wire.destination->owner()));
    const std::string into = html(name_within(*wire.destination));
    if (wire.operations.empty()) {
      if (const Compartment* source = wire.source.compartment())
        edge(id(drawn(source->owner())), to, html(name_within(*source)) + " → " + into,
             wire.delayed);
      return;
    }
    const auto operation_id = [&](std::size_t i) {
      return in_quotes(fmt::format("{}/{}", wire.destination->path(), i));
    };
    for (std::size_t i = 0; i < wire.operations.size(); ++i) {
      const Operation& operation = wire.operations[i];
      out_ += fmt::format(
          "  {} [shape=box, style=\"rounded,filled\", fillcolor=\"#ffffff\", fontsize=10, "
          "margin=\"0.05,0.02\", width=0.25, height=0.22, label={}, tooltip={}];\n",
          operation_id(i), in_quotes(symbol_of(operation)), in_quotes(wire.text()));
      for (std::size_t k = 0; k < operation.operands.size(); ++k) {
        const Operation::Operand& operand = operation.operands[k];
        const std::string place =
            has_places(*operation.type) ? std::string(1, static_cast<char>('a' + k)) + ": " : "";
        if (operand.compartment != nullptr)
          edge(id(drawn(operand.compartment->owner())), operation_id(i),
               place + html(name_within(*operand.compartment)), false);
        else if (operand.operation >= 0)
          edge(operation_id(static_cast<std::size_t>(operand.operation)), operation_id(i), place,
               false);
      }
    }
    edge(operation_id(wire.operations.size() - 1), to, into, wire.delayed);
  }

  Context& circuit_;
  std::string title_ = circuit_.name();
  std::map<const Component*, std::vector<std::string>> calls_;
  std::vector<Edge> edges_;
  std::string out_;
};

}  // namespace

std::string to_dot(Context& circuit, const DrawOptions& options) {
  return Dot(circuit, options).text();
}

void draw(Context& circuit, const std::filesystem::path& file, const DrawOptions& options) {
  const std::string suffix = file.extension().string();
  const auto write = [&](const std::string& text) {
    replace_file(file, std::as_bytes(std::span(text)));
  };
  if (suffix == ".dot") return write(to_dot(circuit, options));
  if (suffix == ".json") return write(to_json(circuit));
  if (suffix == ".svg" || suffix == ".png")
    return detail::render_dot(to_dot(circuit, options), suffix.substr(1), file);
  throw Error(Error::Kind::config, {},
              fmt::format("{}: no picture can be written to a file with this name", file.string()),
              "name it .svg, .png, .dot or .json");
}

}  // namespace plexus
