#include "plexus/compilers/model/interpolation.h"

#include <algorithm>
#include <utility>
#include <variant>

#include <fmt/format.h>

namespace plexus::model {
namespace {

/// Substitutes in one text. `verbatim` leaves what depends on the turn as it is written.
class Interpolator {
 public:
  Interpolator(const Scope& scope, Diagnostics& diagnostics, bool verbatim)
      : scope_(scope), diagnostics_(diagnostics), verbatim_(verbatim) {}

  Node visit(const Node& node) {
    switch (node.kind()) {
      case Node::Kind::text: return text(node);
      case Node::Kind::list: {
        std::vector<Node> items;
        items.reserve(node.items().size());
        for (const Node& item : node.items()) items.push_back(visit(item));
        return {node.place(), std::move(items)};
      }
      case Node::Kind::mapping: {
        std::vector<Node::Entry> entries;
        for (const Node::Entry& entry : node.entries())
          entries.push_back({entry.key, entry.place, visit(entry.value)});
        return {node.place(), std::move(entries)};
      }
      default: return node;
    }
  }

 private:
  Node text(const Node& node) {
    const std::string& text = node.text();
    if (const std::size_t brace = text.find("${"); brace != std::string::npos) {
      diagnostics_.error(node.place_at(brace, 2), "${ does not interpolate",
                         "write $(…), with parentheses");
      return Node::invalid(node.place());
    }
    if (text.find("$(") == std::string::npos) return node;

    std::vector<Template::Piece> pieces;
    std::string literal;  // the text so far, since the last formula that was kept
    std::vector<std::uint32_t> origin;
    const auto add = [&](std::string_view part, std::size_t from, bool moves) {
      for (std::size_t k = 0; k < part.size(); ++k)
        origin.push_back(static_cast<std::uint32_t>(moves ? from + k : from));
      literal += part;
    };
    bool good = true, deferred = false;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t begin = std::min(text.find("$(", at), text.size());
      add(std::string_view{text}.substr(at, begin - at), at, true);
      if (begin == text.size()) break;
      const std::size_t end = end_of_formula(text, begin);
      if (end == std::string_view::npos) {
        diagnostics_.error(node.place_at(begin, 2), "this $( is not closed", "a ) is missing");
        return Node::invalid(node.place());
      }
      const auto placer = [&](std::size_t offset, std::size_t length) {
        return node.place_at(begin + 2 + offset, length);
      };
      const std::string_view inner = std::string_view{text}.substr(begin + 2, end - begin - 2);
      const auto formula = Formula::parse(inner, placer, scope_, diagnostics_);
      at = end + 1;
      if (!formula) {
        good = false;
      } else if (!formula->depends_on_turn()) {
        const Scalar value = formula->at();
        if (begin == 0 && at == text.size()) return whole(node, value);
        add(format_scalar(value), begin, false);
      } else if (verbatim_) {
        add(std::string_view{text}.substr(begin, at - begin), begin, true);
      } else {
        deferred = true;
        if (!literal.empty()) pieces.emplace_back(std::exchange(literal, {}));
        pieces.emplace_back(*formula);
      }
    }
    if (!good) return Node::invalid(node.place());
    if (deferred) {
      if (!literal.empty()) pieces.emplace_back(std::move(literal));
      return {node.place(), std::make_shared<const Template>(std::move(pieces))};
    }
    Node out{node.place(), std::move(literal), node.written()};
    out.set_origin(std::move(origin));
    return out;
  }

  static Node whole(const Node& node, const Scalar& value) {
    Node out{node.place(), value, node.written()};
    if (out.is(Node::Kind::text)) out.set_origin(std::vector<std::uint32_t>(out.text().size(), 0));
    return out;
  }

  const Scope& scope_;
  Diagnostics& diagnostics_;
  bool verbatim_;
};

}  // namespace

std::string format_scalar(const Scalar& value) {
  switch (value.index()) {
    case 0: return "null";
    case 1: return std::get<bool>(value) ? "true" : "false";
    case 2: return fmt::format("{}", std::get<std::int64_t>(value));
    case 3: return fmt::format("{}", std::get<double>(value));
    default: return std::get<std::string>(value);
  }
}

Scalar Template::at(std::int64_t turn) const {
  if (const Formula* whole = formula()) return whole->at(turn);
  std::string out;
  for (const Piece& piece : pieces_) {
    const auto* inner = std::get_if<Formula>(&piece);
    out += inner ? format_scalar(inner->at(turn)) : std::get<std::string>(piece);
  }
  return out;
}

const Formula* Template::formula() const noexcept {
  return pieces_.size() == 1 ? std::get_if<Formula>(&pieces_.front()) : nullptr;
}

std::size_t end_of_formula(std::string_view text, std::size_t begin) {
  int depth = 0;
  for (std::size_t k = begin + 1; k < text.size(); ++k) {
    if (text[k] == '(') ++depth;
    if (text[k] == ')' && --depth == 0) return k;
  }
  return std::string_view::npos;
}

Node interpolate(const Node& node, const Scope& scope, Diagnostics& diagnostics) {
  return Interpolator(scope, diagnostics, false).visit(node);
}

Node interpolate_expression(const Node& node, const Scope& scope, Diagnostics& diagnostics) {
  return Interpolator(scope, diagnostics, true).visit(node);
}

}  // namespace plexus::model
